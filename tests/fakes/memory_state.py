"""Everything a plant remembers, in dictionaries of values that never change."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Self

from server.domain.events import Entry
from server.domain.feed import Cursor
from server.domain.floor import MemoryFloor
from server.domain.names import AccountName, StationName, WorkCenterName
from server.domain.plant import Account, Box
from server.services.ports import PrintJob


@dataclass(frozen=True, slots=True)
class Device:
    """What is known of the device that stands for a station."""

    enrolled_at: datetime | None = None
    tokens: frozenset[str] = frozenset()
    seen_version: int = 0
    seen_at: datetime | None = None
    contact_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spooled:
    """A print job, who is at it since when, and what came of it."""

    job: PrintJob
    claimed_at: datetime | None = None
    pdf: bytes | None = None


@dataclass(slots=True)
class MemoryState:
    """The floor that the journal amounts to, the journal, and what is no fact of the floor."""

    floor: MemoryFloor = field(default_factory=MemoryFloor)
    entries: list[Entry] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    lists: dict[WorkCenterName, tuple[int, int]] = field(default_factory=dict)
    """The version and the feed of each dispatch list that ever changed."""
    devices: dict[StationName, Device] = field(default_factory=dict)
    boxes: dict[StationName, Box] = field(default_factory=dict)
    cursors: dict[tuple[StationName, str], Cursor] = field(default_factory=dict)
    enrolments: dict[StationName, tuple[str, datetime]] = field(default_factory=dict)
    accounts: dict[AccountName, tuple[Account, str | None]] = field(default_factory=dict)
    jobs: dict[int, Spooled] = field(default_factory=dict)
    last_serial: int = 1_000_000

    def copy(self) -> Self:
        """Return a state that can change without changing this one."""
        parts = {
            one.name: getattr(self, one.name).copy()
            for one in fields(self)
            if one.name not in {"floor", "last_serial"}
        }
        floor = MemoryFloor(*(getattr(self.floor, one.name).copy() for one in fields(self.floor)))
        return replace(self, floor=floor, **parts)
