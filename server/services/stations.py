"""Stations: setting them up, enrolling a device with a one-time code, and what they have seen."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.domain.errors import EnrolmentFailed, Invalid
from server.domain.events import StationEnrolled, StationKept, StationRevoked
from server.domain.names import StationName, WorkCenterName
from server.domain.plant import Account, Actor, Box, BoxDevice, Station
from server.domain.symbols import NAME
from server.services.ports import Books, Inquiries, Plant
from server.services.rights import Right, require

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for another one."""
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A one-time code that makes a device a station."""

    station: StationName
    code: str
    until: datetime


def add_station(plant: Plant, by: Account, name: str, work_center: WorkCenterName) -> None:
    """Set up a station, or move one to another work center."""
    actor = require(by, Right.STATIONS)
    if not re.fullmatch(NAME, name):
        raise Invalid([{"field": "name", "value": name, "expected": "station-name"}])

    def work(books: Books) -> None:
        books.work_center(work_center)
        books.record(StationKept(StationName(name), work_center), actor, plant.now())

    plant.change(work)


def enrolment_code(plant: Plant, by: Account, station: StationName) -> EnrolmentCode:
    """Return a new one-time code for a station; an earlier one stops working."""
    require(by, Right.STATIONS)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    until = plant.now() + plant.rules.enrolment_time

    def work(books: Books) -> None:
        books.station(station)
        books.keep_enrolment(station, fingerprint(code), until)

    plant.change(work)
    return EnrolmentCode(station, code, until)


def enrol(plant: Plant, station: StationName, code: str) -> str:
    """Return the token of a device that knows the station's one-time code.

    A station may have several devices, such as a screen and the box beside a scanner: a new one
    does not shut out the others.
    """
    token = secrets.token_urlsafe(32)
    now = plant.now()

    def work(books: Books) -> None:
        if not books.redeem_enrolment(station, fingerprint(compact(code)), now):
            raise EnrolmentFailed
        books.keep_token(station, fingerprint(token), now)
        books.record(StationEnrolled(station), Actor(station=station), now)

    plant.change(work)
    return token


def revoke(plant: Plant, by: Account, station: StationName) -> None:
    """Take the right to speak for a station away from every device that has it."""
    actor = require(by, Right.STATIONS)

    def work(books: Books) -> None:
        books.station(station)
        books.drop_tokens(station)
        books.record(StationRevoked(station), actor, plant.now())

    plant.change(work)


def station_of(plant: Plant, token: str) -> Station | None:
    """Return the station that a device's token speaks for, if it is a good one."""
    if not token:
        return None
    digest = fingerprint(token)
    return plant.store.read(lambda books: books.station_with_token(digest))


def note_seen(plant: Plant, station: StationName, version: int) -> datetime:
    """Keep that a station has shown a version of its list; return when."""
    at = plant.now()
    plant.change(lambda books: books.note_seen(station, version, at))
    return at


@dataclass(frozen=True, slots=True)
class BoxSaid:
    """How a box says that it is."""

    at: datetime
    """By its own clock."""
    round_trip: timedelta
    """How long its message before took there and back."""
    unsent: int
    oldest_at: datetime | None
    devices: tuple[BoxDevice, ...]
    version: str


def note_box(plant: Plant, station: StationName, said: BoxSaid) -> Box:
    """Keep how the box of a station is, and how far its clock is off; return it."""
    now = plant.now()
    # It took about half of a round trip to come here; by so much the guess may be wrong.
    half = said.round_trip / 2
    box = Box(
        at=now,
        unsent=said.unsent,
        oldest_at=said.oldest_at,
        devices=said.devices,
        version=said.version,
        clock_ahead_s=(said.at + half - now).total_seconds(),
        clock_unsure_s=half.total_seconds(),
    )
    plant.change(lambda books: books.note_box(station, box))
    return box


def boxes(plant: Plant, by: Account) -> Mapping[StationName, Box]:
    """Return how the boxes of stations last said that they are."""
    require(by, Right.INQUIRE)
    return plant.store.read(lambda books: books.boxes())


def note_contact(plant: Plant, station: StationName) -> datetime:
    """Keep that a station has just connected or left; return when."""
    at = plant.now()
    plant.change(lambda books: books.note_contact(station, at))
    return at


def stations(plant: Plant, by: Account) -> tuple[Station, ...]:
    """Return every station."""
    require(by, Right.INQUIRE)

    def work(books: Inquiries) -> tuple[Station, ...]:
        return books.stations()

    return plant.store.read(work)


def compact(typed: str) -> str:
    """Return a code as it was drawn, however its groups were typed."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def fingerprint(secret: str) -> str:
    """Return a digest of a random secret; it has enough entropy to need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
