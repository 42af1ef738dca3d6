"""The plant as it is set up: work centers, operators, stations and what these last said."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from server.domain.errors import UnknownBadge, UnknownStation, UnknownWorkCenter
from server.domain.feed import Cursor
from server.domain.names import BadgeNumber, StationName, WorkCenterName
from server.domain.plant import Box, Operator, Station, WorkCenter
from server.store.asked import Asked
from server.store.codec import box_from, box_text
from server.store.schema import (
    enrolment,
    operator,
    station,
    station_box,
    station_feed,
    station_token,
    work_center,
)
from server.store.session import Clause, Statement, upsert

_STATIONS = select(*station.c)
_WORK_CENTERS = select(*work_center.c)

WORK_CENTER = Statement(_WORK_CENTERS.where(work_center.c.name == bindparam("name")))
WORK_CENTERS = Statement(_WORK_CENTERS.order_by(work_center.c.department, work_center.c.name))
OPERATOR = Statement(
    select(*operator.c).where(operator.c.badge == bindparam("badge"), text("active"))
)
OPERATORS = Statement(select(*operator.c).order_by(operator.c.name, operator.c.badge))
STATION = Statement(_STATIONS.where(station.c.name == bindparam("name")))
STATIONS = Statement(_STATIONS.order_by(station.c.name))
STATION_WITH_TOKEN = Statement(
    _STATIONS.join(station_token, station_token.c.station == station.c.name).where(
        station_token.c.token_hash == bindparam("token")
    )
)

KEEP_WORK_CENTER = upsert(work_center)
KEEP_OPERATOR = upsert(operator)
KEEP_ENROLMENT = upsert(enrolment)
KEEP_BOX = upsert(station_box)
BOXES = Statement(select(station_box.c.station, station_box.c.said))
KEEP_CURSOR = upsert(station_feed)
CURSOR = Statement(
    select(station_feed.c.have, station_feed.c.have_id).where(
        station_feed.c.station == bindparam("station"), station_feed.c.epoch == bindparam("epoch")
    )
)
REDEEM_ENROLMENT = Statement(
    delete(enrolment)
    .where(enrolment.c.station == bindparam("station"))
    .where(enrolment.c.code_hash == bindparam("code_hash"))
    .where(enrolment.c.until >= bindparam("at"))
)


def _place(insert: sqlite.Insert | postgresql.Insert) -> Clause:
    named = insert.values(name=bindparam("name"), work_center=bindparam("work_center"))
    return named.on_conflict_do_update(
        index_elements=["name"], set_={"work_center": insert.excluded.work_center}
    )


def _note(*columns: str) -> Statement:
    noted: dict[str, BindParameter[Any]] = {column: bindparam(column) for column in columns}
    return Statement(update(station).where(station.c.name == bindparam("station")).values(noted))


PLACE_STATION = Statement(
    {"sqlite": _place(sqlite.insert(station)), "postgresql": _place(postgresql.insert(station))}
)
SIGN_IN = _note("badge", "badge_at")
KEEP_TOKEN = Statement(
    insert(station_token).values(token_hash=bindparam("token_hash"), station=bindparam("station"))
)
DROP_TOKENS = Statement(
    delete(station_token).where(station_token.c.station == bindparam("station"))
)
NOTE_ENROLLED = _note("enrolled_at")
NOTE_SEEN = _note("seen_version", "seen_at")
NOTE_CONTACT = _note("contact_at")


class PlantAsked(Asked):
    """What can be asked about the plant as it is set up."""

    def work_centers(self) -> tuple[WorkCenter, ...]:
        """Return every work center, by department and name."""
        return tuple(WorkCenter(*record) for record in self._session.all(WORK_CENTERS))

    def work_center(self, name: WorkCenterName) -> WorkCenter:
        """Return a work center; raise UnknownWorkCenter."""
        record = self._session.first(WORK_CENTER, name=name)
        if record is None:
            raise UnknownWorkCenter(name)
        return WorkCenter(*record)

    def station(self, name: StationName) -> Station:
        """Return a station; raise UnknownStation."""
        record = self._session.first(STATION, name=name)
        if record is None:
            raise UnknownStation(name)
        return Station(*record)

    def stations(self) -> tuple[Station, ...]:
        """Return every station by name."""
        return tuple(Station(*record) for record in self._session.all(STATIONS))

    def station_with_token(self, token_hash: str) -> Station | None:
        """Return the station that holds a token, given the token's hash."""
        record = self._session.first(STATION_WITH_TOKEN, token=token_hash)
        return Station(*record) if record else None

    def boxes(self) -> dict[StationName, Box]:
        """Return how the boxes of stations last said that they are."""
        return {station: box_from(said) for station, said in self._session.all(BOXES)}

    def cursor(self, station: StationName, epoch: str) -> Cursor:
        """Return how far the feed of a station's box has come in an epoch."""
        record = self._session.first(CURSOR, station=station, epoch=epoch)
        return Cursor(*record) if record else Cursor()

    def operator(self, badge: BadgeNumber) -> Operator:
        """Return the active operator with a badge; raise UnknownBadge."""
        record = self._session.first(OPERATOR, badge=badge)
        if record is None:
            raise UnknownBadge(badge)
        return Operator(*record)

    def operators(self) -> tuple[Operator, ...]:
        """Return every operator by name."""
        return tuple(Operator(*record) for record in self._session.all(OPERATORS))


class PlantKept(PlantAsked):
    """The plant within a unit of work."""

    def keep_work_center(self, work_center: WorkCenter) -> None:
        """Keep a new or changed work center."""
        self._session.run(
            KEEP_WORK_CENTER,
            name=work_center.name,
            description=work_center.description,
            department=work_center.department,
            frozen=work_center.frozen,
        )

    def keep_operator(self, operator: Operator) -> None:
        """Keep a new or changed operator."""
        self._session.run(
            KEEP_OPERATOR,
            badge=operator.badge,
            name=operator.name,
            contractor=operator.contractor,
            active=operator.active,
            shift=operator.shift,
        )

    def place_station(self, station: StationName, work_center: WorkCenterName) -> None:
        """Keep a new station, or move one; raise UnknownWorkCenter."""
        self._session.run(
            PLACE_STATION, name=station, work_center=self.work_center(work_center).name
        )

    def sign_in(self, station: StationName, badge: BadgeNumber | None, at: datetime | None) -> None:
        """Keep who is signed in for the next action at a station; None for nobody."""
        there = badge if badge and at else None
        self._session.run(SIGN_IN, station=station, badge=there, badge_at=at if there else None)

    def keep_enrolment(self, station: StationName, code_hash: str, until: datetime) -> None:
        """Keep the one-time code of a station instead of any other; raise UnknownStation."""
        known = self.station(station).name
        self._session.run(KEEP_ENROLMENT, station=known, code_hash=code_hash, until=until)

    def redeem_enrolment(self, station: StationName, code_hash: str, at: datetime) -> bool:
        """Use up an enrolment code; tell whether it was right and not too old."""
        used = self._session.run(REDEEM_ENROLMENT, station=station, code_hash=code_hash, at=at)
        return used == 1

    def keep_token(self, station: StationName, token_hash: str, at: datetime) -> None:
        """Keep the token of one more device of a station."""
        self._session.run(KEEP_TOKEN, station=station, token_hash=token_hash)
        self._session.run(NOTE_ENROLLED, station=station, enrolled_at=at)

    def drop_tokens(self, station: StationName) -> None:
        """Forget the tokens of every device of a station."""
        self._session.run(DROP_TOKENS, station=station)
        self._session.run(NOTE_ENROLLED, station=station, enrolled_at=None)

    def keep_cursor(self, station: StationName, epoch: str, cursor: Cursor, at: datetime) -> None:
        """Keep how far the feed of a station's box has come in an epoch."""
        self._session.run(
            KEEP_CURSOR,
            station=station,
            epoch=epoch,
            have=cursor.have,
            have_id=cursor.have_id,
            at=at,
        )

    def note_box(self, station: StationName, box: Box) -> None:
        """Keep how the box of a station is."""
        self._session.run(KEEP_BOX, station=station, said=box_text(box))

    def note_seen(self, station: StationName, version: int, at: datetime) -> None:
        """Keep which version of its list a station has shown, and when; not a fact."""
        self._session.run(NOTE_SEEN, station=station, seen_version=version, seen_at=at)

    def note_contact(self, station: StationName, at: datetime) -> None:
        """Keep when a station was last connected; not a fact."""
        self._session.run(NOTE_CONTACT, station=station, contact_at=at)
