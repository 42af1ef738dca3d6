"""The namespace of the stations: scans and reports in, answers and deltas out.

Thousands of messages come in a second, so a handler gets no Flask request around it: a station is
known by its connection, and nothing here needs more.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from flask_socketio import Namespace
from socketio.exceptions import ConnectionRefusedError as ConnectionDenied
from werkzeug.http import parse_cookie

from server.domain.errors import Invalid, NotAllowed, Refusal
from server.domain.feed import Cursor
from server.domain.names import StationName
from server.services.ports import StoreAway
from server.web.checked import checked
from server.web.codec import Json
from server.web.feed_messages import HELLO, PUSH, STATUS, decoded
from server.web.station import COOKIE, StationHost, tokens_of
from server.web.station_messages import (
    REPORT,
    SCAN,
    SEEN,
    UNDO,
    ReportMessage,
    ScanMessage,
    UndoMessage,
)
from server.web.wires import Wires, list_room, station_room

logger = logging.getLogger(__name__)

NAMESPACE = "/station"
TRUSTED_S = 60.0
"""How long a connection is believed to be its station before its token is looked up again."""


@dataclass(slots=True)
class Device:
    """One connection of a station, and what proved it."""

    station: StationName
    tokens: tuple[str, ...]
    checked_s: float


Handler = Callable[[StationName, str, object], object]
Message = ScanMessage | ReportMessage | UndoMessage


class StationNamespace(Namespace):
    """Lets stations speak with their host."""

    def __init__(
        self,
        host: StationHost,
        wires: Wires,
        work: AbstractContextManager[None],
        *,
        alone: bool = True,
    ) -> None:
        super().__init__(NAMESPACE)
        self._host = host
        self._wires = wires
        self._work = work
        self._alone = alone
        self._devices: dict[str, Device] = {}
        self._count: Counter[StationName] = Counter()
        self.messages: Mapping[str, Handler] = {
            "snapshot": self._snapshot,
            "scan": self._scan,
            "report": self._report,
            "undo": self._undo,
            "hello": self._hello,
            "push": self._push,
            "status": self._status,
            "seen": self._seen,
        }

    def trigger_event(self, event: str, sid: str, *args: Any) -> object:  # noqa: ANN401 - JSON
        """Answer one message of a station; a refusal is an answer too."""
        if event == "connect" and sid not in self._devices:
            self._let_in(sid, *args)
            return None
        if event == "disconnect" and not self._wires.is_connected(sid, NAMESPACE):
            self._let_go(sid)
            return None
        payload = args[0] if args else {}
        try:
            with self._work:
                return self._answer(event, sid, payload)
        except Refusal as refusal:
            logger.info("station refused event=%s code=%s", event, refusal.code)
            return _refused(payload, refusal.code, refusal.details)
        except StoreAway as away:
            logger.warning("station message failed event=%s why=%s", event, away)
            return _refused(payload, "store-away", {})
        except Exception:  # The one place where a bug must not cost the station its connection.
            logger.exception("station message failed event=%s", event)
            return _refused(payload, "failed", {})

    def connected(self) -> frozenset[StationName]:
        """Return the stations that are connected to this process."""
        return frozenset(self._count)

    def devices(self) -> tuple[Device, ...]:
        """Return every connection of a station to this process."""
        return tuple(self._devices.values())

    def drop(self, station: str) -> None:
        """Disconnect every device of a station from this process."""
        for sid in [s for s, device in self._devices.items() if device.station == station]:
            self._wires.disconnect(sid, NAMESPACE)

    def recheck(self) -> None:
        """Disconnect every device whose token is worth nothing any longer."""
        for sid, device in list(self._devices.items()):
            if not self._is_trusted(device):
                self._wires.disconnect(sid, NAMESPACE)

    def _let_in(self, sid: str, environ: Mapping[str, Any], auth: object = None) -> None:
        try:
            self._connect(sid, environ, auth)
        except StoreAway as away:
            logger.warning("station cannot connect why=%s", away)
            # It is told nothing: a client that was refused would not come back by itself.
            self._wires.break_off(sid, NAMESPACE)
            raise ConnectionDenied("store-away") from away

    def _let_go(self, sid: str) -> None:
        try:
            self._disconnect(sid)
        except StoreAway as away:
            logger.warning("station left unseen why=%s", away)

    def _connect(self, sid: str, environ: Mapping[str, Any], auth: object) -> None:
        said = auth if isinstance(auth, Mapping) else {}
        wanted = str(said.get("station", ""))
        cookie = parse_cookie(environ.get("HTTP_COOKIE", "")).get(COOKIE, "")
        tokens = (*tokens_of(cookie), *tokens_of(str(said.get("token", ""))))
        station = self._host.station_of(tokens, wanted)
        if station is None:
            raise ConnectionDenied(NotAllowed.code)
        self._devices[sid] = Device(station, tokens, time.monotonic())
        self._count[station] += 1
        self._enter(sid, station_room(station))
        self._enter(sid, list_room(self._host.work_center(station)))
        self._host.connected(station, here=True)

    def _disconnect(self, sid: str) -> None:
        device = self._devices.pop(sid, None)
        if device is None:
            return
        self._count[device.station] -= 1
        if not self._count[device.station]:
            del self._count[device.station]
            self._host.connected(device.station, here=False)

    def _enter(self, sid: str, room: str) -> None:
        self._wires.enter(sid, room, NAMESPACE)

    def _answer(self, event: str, sid: str, payload: object) -> object:
        handler = self.messages.get(event)
        if handler is None:
            expected = f"one-of:{', '.join(self.messages)}"
            raise Invalid([{"field": "message", "value": event, "expected": expected}])
        answer = handler(self._station(sid), sid, payload)
        logger.debug("station answered event=%s sid=%s", event, sid)
        return answer

    def _station(self, sid: str) -> StationName:
        """Return which station speaks; raise NotAllowed when it may no longer."""
        device = self._devices.get(sid)
        if device is None:
            raise NotAllowed("station")
        now = time.monotonic()
        if now - device.checked_s > TRUSTED_S:
            if not self._is_trusted(device):
                self._wires.disconnect(sid, NAMESPACE)
                raise NotAllowed("station")
            device.checked_s = now
        return device.station

    def _is_trusted(self, device: Device) -> bool:
        return self._host.station_of(device.tokens, device.station) == device.station

    def _snapshot(self, station: StationName, sid: str, payload: object) -> object:
        del sid, payload
        return self._host.snapshot(station)

    def _scan(self, station: StationName, sid: str, payload: object) -> object:
        message = checked(SCAN, payload)
        return self._told(station, sid, self._host.scan(station, message), message)

    def _report(self, station: StationName, sid: str, payload: object) -> object:
        message = checked(REPORT, payload)
        return self._told(station, sid, self._host.report(station, message), message)

    def _undo(self, station: StationName, sid: str, payload: object) -> object:
        message = checked(UNDO, payload)
        return self._told(station, sid, self._host.undo(station, message), message)

    def _hello(self, station: StationName, sid: str, payload: object) -> object:
        message = checked(HELLO, payload)
        logger.info("box says hello station=%s version=%s sid=%s", station, message.version, sid)
        return _cursor(self._host.cursor(station, message.epoch))

    def _push(self, station: StationName, sid: str, payload: object) -> object:
        message = checked(PUSH, payload)
        pushed = self._host.push(station, message)
        events = {event.id: event for event in message.events}
        for one, answer in pushed.fresh:
            if said := decoded(events[one]):
                self._told(station, sid, answer, said)
        return {**_cursor(pushed.cursor), "answers": pushed.answers}

    def _status(self, station: StationName, sid: str, payload: object) -> object:
        del sid
        self._host.status(station, checked(STATUS, payload))
        return {"ok": True}

    def _seen(self, station: StationName, sid: str, payload: object) -> object:
        del sid
        self._host.seen(station, checked(SEEN, payload).version)
        return {"ok": True}

    def _told(self, station: StationName, sid: str, answer: object, message: Message) -> object:
        """Show an answer on the station's other connections too, and return it."""
        if message.at is not None:
            # Nobody waits for what was kept hours ago: whoever kept it says what came of it.
            made = message.at.isoformat()
            logger.info("kept fact arrives station=%s id=%s made=%s", station, message.id, made)
        elif not self._alone or self._count[station] > 1:
            room = station_room(station)
            said = _insistable(answer, message) if isinstance(message, ScanMessage) else answer
            self._wires.tell("answer", said, NAMESPACE, room, skip=sid)
        return answer


def _cursor(cursor: Cursor) -> dict[str, Any]:
    return {"have": cursor.have, "have_id": cursor.have_id}


def _insistable(answer: object, scan: ScanMessage) -> dict[str, Any]:
    """Return an answer with the code that was read, where another screen may insist on it."""
    said: dict[str, Any] = Json.loads(Json.dumps(answer))
    if said["may_insist"]:
        said["scan"] = {"text": scan.text, "typed": scan.typed}
    return said


def _refused(payload: object, code: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return a refusal in the shape of an answer, so that a page shows it like any other."""
    return {
        "id": payload.get("id", "") if isinstance(payload, dict) else "",
        "verdict": "refused",
        "code": code,
        "number": "",
        "details": details,
        "flags": [],
        "may_insist": False,
        "panel": None,
        "undo_until": None,
        "operator": None,
    }
