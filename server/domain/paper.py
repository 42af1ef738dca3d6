"""Paper: every printed copy is a sheet with its own number and a fingerprint of what it says."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.names import OrderNumber, Serial, WorkCenterName
from server.domain.orders import WorkOrder

LAST_LINE = 99
"""The line codes of one sheet carry two digits: a traveler has at most this many operations."""


class DocumentKind(StrEnum):
    """The documents Floorline prints."""

    TRAVELER = "traveler"
    DISPATCH_LIST = "dispatch-list"
    BADGES = "badges"
    STATION_LABELS = "station-labels"
    TRY_IT = "try-it"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One scannable line of a sheet: its number there, and the operation it stands for."""

    line: int
    order: OrderNumber
    operation: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed copy of a document."""

    serial: Serial
    kind: DocumentKind
    fingerprint: str
    issued_at: datetime
    issued_by: str
    order: OrderNumber | None = None
    work_center: WorkCenterName | None = None
    print_number: int = 1
    reason: str = ""
    """Why it was printed: `release`, `reprint` and the words of the person, …"""
    lines: tuple[SheetLine, ...] = ()
    superseded_at: datetime | None = None
    superseded_why: str = ""
    replaced_by: Serial | None = None

    @property
    def is_current(self) -> bool:
        """Tell whether the sheet still says what is true."""
        return self.superseded_at is None


def traveler_lines(order: WorkOrder) -> tuple[SheetLine, ...]:
    """Return the scannable lines of an order's traveler: line n is the n-th operation."""
    return tuple(
        SheetLine(line, order.number, operation.number)
        for line, operation in enumerate(order.operations, start=1)
    )


def traveler_fingerprint(order: WorkOrder) -> str:
    """Return a digest of what a traveler says of the making: equal paper has equal digests.

    Priority, hurry and holds are printed too, yet they are of the moment: screens know better,
    and no operator has to be stopped for them.
    """
    plan = order.plan
    says = {
        "order": plan.number,
        "part": [plan.part, plan.revision, plan.description],
        "quantity": plan.quantity,
        "due": plan.due.isoformat(),
        "planned_release": plan.planned_release.isoformat(),
        "operations": [
            [
                o.number,
                o.work_center,
                list(o.step.alternates),
                o.step.description,
                round(float(o.step.setup_minutes), 3),
                round(float(o.step.run_minutes), 4),
            ]
            for o in order.operations
        ],
    }
    canonical = json.dumps(says, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]
