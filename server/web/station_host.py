"""The central server as the host of its stations: what they say goes to the services."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from server.domain.errors import UnknownStation
from server.domain.feed import Cursor
from server.domain.names import StationName
from server.domain.operations import Quantities
from server.domain.plant import Box, BoxDevice
from server.services import feed, inquire, report, scan, stations
from server.services.answers import Answer
from server.services.inquire import StationView
from server.services.ports import Plant
from server.web import wire
from server.web.attempts import Attempts
from server.web.codec import Json
from server.web.feed_messages import FeedEvent, Pushed, PushMessage, StatusMessage, decoded
from server.web.station_messages import ReportMessage, ScanMessage, UndoMessage

MOST_CODES = 20
"""How many wrong codes one address may try before it has to wait."""

Rearm = Callable[[StationName], None]
"""Makes the enrolment code of a station good again."""


class Desk(Protocol):
    """Who wants to know what the stations do."""

    def station_came(self, station: StationName, moment: object, *, here: bool) -> None:
        """Take note that a station has connected or left."""
        ...

    def box_said(self, station: StationName, box: Box) -> None:
        """Take note of how a station's box is."""
        ...

    def station_saw(self, station: StationName, seen: Mapping[str, Any]) -> None:
        """Take note that a station's screen has shown a version of its list."""
        ...


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons an operator can choose from."""

    scrap: tuple[str, ...]
    rework: tuple[str, ...]
    pause: tuple[str, ...]


class ServerStationHost:
    """Speaks to stations for a plant."""

    def __init__(self, plant: Plant, desk: Desk, reasons: Reasons) -> None:
        self._plant = plant
        self._desk = desk
        self._reasons = reasons
        self._attempts = Attempts()

    @property
    def is_demo(self) -> bool:
        """Tell whether the plant is made up."""
        return self._plant.rules.demo

    @property
    def zone(self) -> str:
        """Return the plant's time zone."""
        return self._plant.rules.zone.key

    def exists(self, station: StationName) -> bool:
        """Tell whether there is a station of that name."""
        try:
            self._plant.store.read(lambda books: books.station(station))
        except UnknownStation:
            return False
        return True

    def station_of(self, tokens: Sequence[str], wanted: str) -> StationName | None:
        """Return the station a device speaks for: the one wanted, or its newest when none is."""
        found = [stations.station_of(self._plant, token) for token in tokens]
        names = [station.name for station in found if station is not None]
        if wanted:
            return StationName(wanted) if wanted in names else None
        return names[-1] if names else None

    def enrol(self, station: StationName, code: str, address: str) -> str:
        """Return the token of a device at an address that knows the one-time code."""
        with self._attempts.attempt({address: MOST_CODES}, self._plant.now()):
            return stations.enrol(self._plant, station, code)

    def snapshot(self, station: StationName) -> object:
        """Return everything the station's screen needs."""
        view = inquire.station_view(self._plant, station)
        return _snapshot(view, self._plant, self._reasons)

    def work_center(self, station: StationName) -> str:
        """Return the work center whose list the station shows."""
        return self._plant.store.read(lambda books: books.station(station).work_center)

    def scan(self, station: StationName, message: ScanMessage) -> Answer:
        """Return the answer to a scan."""
        return scan.scan(self._plant, station, _scan(message))

    def report(self, station: StationName, message: ReportMessage) -> Answer:
        """Return the answer to a report."""
        return report.report(self._plant, station, _report(message))

    def undo(self, station: StationName, message: UndoMessage) -> Answer:
        """Return the answer to taking a report back."""
        return report.undo(self._plant, station, report.Undo(message.id, message.undone))

    def cursor(self, station: StationName, epoch: str) -> Cursor:
        """Return how far the feed of the station's box has come in an epoch."""
        return feed.cursor(self._plant, station, epoch)

    def push(self, station: StationName, message: PushMessage) -> Pushed:
        """Take what follows in the feed of the station's box; nothing of it is turned away."""
        taken = feed.take(self._plant, station, message.epoch, [_sent(e) for e in message.events])
        fresh = tuple((answer.id, answer) for answer in taken.fresh)
        return Pushed(taken.cursor, taken.answers, fresh)

    def status(self, station: StationName, message: StatusMessage) -> None:
        """Take note of how the station's box is, and tell the desk."""
        said = stations.BoxSaid(
            at=message.at,
            round_trip=timedelta(milliseconds=message.round_trip_ms),
            unsent=message.unsent,
            oldest_at=message.oldest_at,
            devices=tuple(BoxDevice(one.name, one.listens) for one in message.devices),
            version=message.version,
        )
        self._desk.box_said(station, stations.note_box(self._plant, station, said))

    def seen(self, station: StationName, version: int) -> None:
        """Take note that the screen has shown a version of its list."""
        at = stations.note_seen(self._plant, station, version)
        seen = {"work_center": self.work_center(station), "version": version, "at": at}
        self._desk.station_saw(station, seen)

    def connected(self, station: StationName, *, here: bool) -> None:
        """Take note that a device of the station has come or gone."""
        at = stations.note_contact(self._plant, station)
        self._desk.station_came(station, at, here=here)


class DemoStationHost(ServerStationHost):
    """The same for the demo, whose enrolment code works as often as a visitor likes."""

    def __init__(self, plant: Plant, desk: Desk, reasons: Reasons, rearm: Rearm) -> None:
        super().__init__(plant, desk, reasons)
        self._rearm = rearm

    def enrol(self, station: StationName, code: str, address: str) -> str:
        """Return the token of a device at an address, and make the code good again."""
        token = super().enrol(station, code, address)
        self._rearm(station)
        return token


def _sent(event: FeedEvent) -> feed.Sent:
    """Return an event of a feed as the services know it."""
    text = Json.dumps({"kind": event.kind, "message": event.message})
    return feed.Sent(event.seq, event.prev, _meant(event, text), text)


def _meant(event: FeedEvent, text: str) -> feed.Message:
    match decoded(event):
        case ScanMessage() as message:
            return _scan(message)
        case ReportMessage() as message:
            return _report(message)
        case UndoMessage() as message:
            return report.Undo(message.id, message.undone)
        case None:
            return feed.Raw(event.id, text)


def _scan(message: ScanMessage) -> scan.Scan:
    return scan.Scan(
        id=message.id,
        text=message.text,
        typed=message.typed,
        insists=message.insists,
        operator=message.operator,
        late=message.at is not None,
    )


def _report(message: ReportMessage) -> report.Report:
    return report.Report(
        id=message.id,
        operation=message.operation,
        verb=message.verb,
        pieces=Quantities(message.good, message.scrap, message.rework),
        scrap_reason=message.scrap_reason,
        rework_reason=message.rework_reason,
        pause_reason=message.pause_reason,
        badge=message.badge,
        closes_short=message.closes_short,
        insists=message.insists,
        operator=message.operator,
    )


def _snapshot(view: StationView, plant: Plant, reasons: Reasons) -> dict[str, Any]:
    rules = plant.rules
    return {
        "station": view.station.name,
        "work_center": view.work_center.name,
        "description": view.work_center.description,
        "now": view.now,
        "rev": view.rev,
        "version": view.listed.version,
        "feed": view.listed.feed,
        "rows": [wire.row(row) for row in view.listed.rows],
        "operator": view.operator,
        "people": {operator.badge: operator.name for operator in view.operators},
        "reasons": reasons,
        "plant": rules.plant_name,
        "demo": rules.demo,
        "undo_seconds": int(rules.undo_time.total_seconds()),
        "badge_seconds": int(rules.badge_time.total_seconds()),
    }
