"""The plant as it is set up: departments, work centers, stations, people and accounts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.names import AccountName, BadgeNumber, StationName, WorkCenterName


@dataclass(frozen=True, slots=True)
class WorkCenter:
    """People or machines planned as one, and the rules of their dispatch list."""

    name: WorkCenterName
    description: str = ""
    department: str = ""
    frozen: int = 1
    """How many waiting operations at the top of the list a resequence may not move."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A person of the floor, known by a badge."""

    badge: BadgeNumber
    name: str
    contractor: bool = False
    active: bool = True
    shift: str = ""
    """The shift the operator usually works, if the plant says so."""


@dataclass(frozen=True, slots=True)
class Station:
    """The place of one kiosk, and what it last said."""

    name: StationName
    work_center: WorkCenterName
    enrolled_at: datetime | None = None
    badge: BadgeNumber | None = None
    """Who signed in for the next action."""
    badge_at: datetime | None = None
    seen_version: int = 0
    """The version of the dispatch list that its screen has shown."""
    seen_at: datetime | None = None
    contact_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoxDevice:
    """A scanner or badge reader of a station's box."""

    name: str
    listens: bool


@dataclass(frozen=True, slots=True)
class Box:
    """How the box of a station last said that it is."""

    at: datetime
    """When it said so, by the server's clock."""
    unsent: int
    oldest_at: datetime | None
    """When its oldest unsent scan was read, by its own clock."""
    devices: tuple[BoxDevice, ...]
    version: str
    clock_ahead_s: float
    """By how many seconds its clock is ahead of the server's."""
    clock_unsure_s: float
    """By how many seconds that may be wrong, either way."""


class Role(StrEnum):
    """What an account may do."""

    DISPATCHER = "dispatcher"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in at the desk."""

    name: AccountName
    role: Role
    display_name: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something, and from where."""

    account: AccountName | None = None
    station: StationName | None = None
    badge: BadgeNumber | None = None

    @property
    def name(self) -> str:
        """Return the shortest name for lists: the account, the badge, or the system itself."""
        return self.account or self.badge or self.station or "system"


SYSTEM = Actor()
"""Floorline itself: imports by a timer, the demo."""
