"""Tells the screens what has been committed: the port Announcer over Socket.IO."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask_socketio import SocketIO

from server.domain.events import AccountKept, Event, StationKept, StationRevoked, order_of
from server.domain.floor import name_of
from server.domain.names import StationName
from server.domain.plant import Box
from server.services.ports import Change
from server.web import sockets_desk, sockets_station, wire
from server.web.codec import TextPacket
from server.web.follower import Heard
from server.web.wires import DESK, Wires, channel_of, list_room, station_room

logger = logging.getLogger(__name__)

Drop = Callable[[str], None]
"""Disconnects the devices of a station."""


class SocketAnnouncer:
    """Pushes changes to the rooms of the screens concerned."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self.drop: Drop = _nobody
        """Set once there are connections that could be dropped."""
        self.recheck: Callable[[], None] = _nothing
        """Ends the desk's connections of accounts that may sign in no more; set as `drop` is."""
        self.heard = Heard()
        """What the screens of this process have been told."""

    def tell(self, change: Change) -> None:
        """Push a change to every screen concerned; each list's delta is made once."""
        self.heard.note(change.rev, len(change.entries))
        for delta in change.lists:
            told = wire.delta(delta)
            room = list_room(delta.work_center)
            self._wires.tell("delta", told, sockets_station.NAMESPACE, room)
            self._wires.tell("delta", told, sockets_desk.NAMESPACE, room)
        self._wires.tell("changed", _changed(change), sockets_desk.NAMESPACE, DESK)
        for entry in change.entries:
            self._drop_if_gone(entry.event)

    def station_came(self, station: StationName, moment: object, *, here: bool) -> None:
        """Tell the desk that a station has connected or left."""
        told = {"station": station, "connected": here, "at": moment}
        self._wires.tell("station", told, sockets_desk.NAMESPACE, DESK)

    def box_said(self, station: StationName, box: Box) -> None:
        """Tell the desk how a station's box is."""
        told = {"station": station, "box": box}
        self._wires.tell("box", told, sockets_desk.NAMESPACE, DESK)

    def station_saw(self, station: StationName, seen: Mapping[str, Any]) -> None:
        """Tell the desk that a station's screen has shown a version of its list."""
        told = {"station": station, **seen}
        self._wires.tell("seen", told, sockets_desk.NAMESPACE, DESK)

    def printed(self, job: int, state: str) -> None:
        """Tell the desk that a print job is ready, or has failed."""
        self._wires.tell("print", {"job": job, "state": state}, sockets_desk.NAMESPACE, DESK)

    def overhear(self) -> None:
        """Note what other processes tell our screens through the message queue."""

        def note(changed: Mapping[str, Any]) -> None:
            self.heard.note(changed["rev"], changed["facts"])

        self._wires.overhear("changed", note)

    def start_over(self) -> None:
        """Let every screen connect anew, because nobody knows what it has missed."""
        self._wires.hang_up()

    def _drop_if_gone(self, event: Event) -> None:
        if isinstance(event, StationRevoked):
            notice = {"code": "revoked", "details": {}}
            self._wires.tell(
                "notice", notice, sockets_station.NAMESPACE, station_room(event.station)
            )
            self.drop(event.station)
        elif isinstance(event, StationKept):
            # It may stand at another work center now: it comes back and asks what it shows there.
            self.drop(event.station)
        elif isinstance(event, AccountKept):
            self.recheck()


def through_queue(url: str) -> SocketAnnouncer:
    """Return an announcer for a process that serves nothing, but reaches those that do."""
    untyped: Any = SocketIO
    queue = {"message_queue": url, "channel": channel_of(url)}
    return SocketAnnouncer(Wires(untyped(**queue, serializer=TextPacket)))


def _nobody(station: str) -> None:
    del station


def _nothing() -> None:
    """Do nothing: nobody is connected to this process."""


def _changed(change: Change) -> dict[str, Any]:
    """Return the hint that lets the desk refresh what it shows."""
    numbers = (order_of(entry.event) for entry in change.entries)
    return {
        "rev": change.rev,
        "facts": len(change.entries),
        "orders": list(dict.fromkeys(number for number in numbers if number)),
        "work_centers": [delta.work_center for delta in change.lists],
        "kinds": list(dict.fromkeys(name_of(entry.event) for entry in change.entries)),
    }
