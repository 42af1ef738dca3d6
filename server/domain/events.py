"""What has happened: the facts of the journal, each named in the past tense.

The state of the plant is these facts applied in order (`floor.apply`), and nothing else.
A correction is a reversing fact (`ReportUndone`), never an edit.
"""

from dataclasses import dataclass, field
from datetime import datetime

from server.domain.names import (
    AccountName,
    BadgeNumber,
    OperationId,
    OrderNumber,
    Serial,
    StationName,
    WorkCenterName,
)
from server.domain.operations import OperationState, Quantities
from server.domain.orders import Plan
from server.domain.paper import Sheet
from server.domain.plant import Actor, Operator, Role, WorkCenter

# The plant itself ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WorkCenterKept:
    """A work center was set up or changed."""

    work_center: WorkCenter


@dataclass(frozen=True, slots=True)
class OperatorKept:
    """An operator and the badge were set up or changed."""

    operator: Operator


@dataclass(frozen=True, slots=True)
class StationKept:
    """A station was set up, or moved to another work center."""

    station: StationName
    work_center: WorkCenterName


@dataclass(frozen=True, slots=True)
class StationEnrolled:
    """A device took the place of a station; its secret is not part of the fact."""

    station: StationName


@dataclass(frozen=True, slots=True)
class StationRevoked:
    """The device of a station lost its right to speak for it."""

    station: StationName


@dataclass(frozen=True, slots=True)
class AccountKept:
    """An account was created or changed; its password is not part of the fact."""

    account: AccountName
    role: Role
    active: bool = True


# Orders --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrderPlanned:
    """Planning brought a new work order."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class OrderReplanned:
    """Planning changed a work order; `changed` names what."""

    plan: Plan
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A failed release check that somebody let pass, and why."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderReleased:
    """A dispatcher authorised production."""

    order: OrderNumber
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderHeld:
    """A dispatcher stopped an order."""

    order: OrderNumber
    why: str


@dataclass(frozen=True, slots=True)
class OrderFreed:
    """A dispatcher took the hold away."""

    order: OrderNumber


@dataclass(frozen=True, slots=True)
class ListResequenced:
    """A dispatcher changed the order of a dispatch list."""

    work_center: WorkCenterName
    rule: str
    """`hand` for moves by a person, `undo`, or the name of the dispatch rule."""
    before: tuple[OperationId, ...]
    after: tuple[OperationId, ...]
    moved: tuple[OperationId, ...]
    version: int
    """The version of the list it was made on."""


# The floor's reports -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """How an operation stood before a report, so that the report can be undone."""

    state: OperationState
    crew: tuple[BadgeNumber, ...]
    done: Quantities
    work_center: WorkCenterName
    started_at: datetime | None
    completed_at: datetime | None
    alternates: tuple[WorkCenterName, ...] = ()


@dataclass(frozen=True, slots=True)
class BadgeRead:
    """An operator signed in for the next action at a station."""

    badge: BadgeNumber
    signs_in: bool = True
    """A badge that a station kept while it was cut off says who was there, not who is."""


@dataclass(frozen=True, slots=True)
class TravelerRead:
    """A traveler line was scanned and the finish panel opened; nothing else changed."""

    operation: OperationId
    sheet: Serial | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScanRefused:
    """A scan or touch was not taken; why, and what it said, are kept."""

    text: str
    code: str
    operation: OperationId | None = None
    sheet: Serial | None = None
    flags: tuple[str, ...] = ()
    details: dict[str, str | int | None] = field(default_factory=dict, hash=False)
    """The data of the refusal, so that its sentence can be said again."""


@dataclass(frozen=True, slots=True)
class OperationStarted:
    """An operator began (or began again) to work on an operation."""

    operation: OperationId
    badge: BadgeNumber
    work_center: WorkCenterName
    before: Before
    sheet: Serial | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrewJoined:
    """One more operator works on a running operation."""

    operation: OperationId
    badge: BadgeNumber
    before: Before


@dataclass(frozen=True, slots=True)
class CrewLeft:
    """An operator stopped working on an operation; the last one to leave suspends it."""

    operation: OperationId
    badge: BadgeNumber
    before: Before
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OperationPaused:
    """Work on an operation stopped for a reason; the whole crew is off it."""

    operation: OperationId
    badge: BadgeNumber | None
    reason: str
    before: Before


@dataclass(frozen=True, slots=True)
class QuantityReported:
    """Pieces were reported on an operation; with `completes` it is finished."""

    operation: OperationId
    badge: BadgeNumber | None
    quantities: Quantities
    completes: bool
    before: Before
    scrap_reason: str = ""
    rework_reason: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportUndone:
    """An operator took the last report back within the seconds allowed."""

    operation: OperationId
    undone: str
    """The id of the report that was taken back."""
    before: Before


# Paper ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetIssued:
    """A copy of a document was made."""

    sheet: Sheet


@dataclass(frozen=True, slots=True)
class SheetSuperseded:
    """A sheet no longer says what is true."""

    serial: Serial
    why: str
    replaced_by: Serial | None = None
    order: OrderNumber | None = None
    """The order that the sheet is of, when it is of one."""


PlantEvent = (
    WorkCenterKept | OperatorKept | StationKept | StationEnrolled | StationRevoked | AccountKept
)
OrderEvent = OrderPlanned | OrderReplanned | OrderReleased | OrderHeld | OrderFreed
FloorReport = (
    OperationStarted | CrewJoined | CrewLeft | OperationPaused | QuantityReported | ReportUndone
)
ScanEvent = BadgeRead | TravelerRead | ScanRefused
PaperEvent = SheetIssued | SheetSuperseded
Event = PlantEvent | OrderEvent | ListResequenced | FloorReport | ScanEvent | PaperEvent

EVENTS: tuple[type[Event], ...] = (
    *(WorkCenterKept, OperatorKept, StationKept, StationEnrolled, StationRevoked, AccountKept),
    *(OrderPlanned, OrderReplanned, OrderReleased, OrderHeld, OrderFreed, ListResequenced),
    *(OperationStarted, CrewJoined, CrewLeft, OperationPaused, QuantityReported, ReportUndone),
    *(BadgeRead, TravelerRead, ScanRefused, SheetIssued, SheetSuperseded),
)
"""Every kind of fact; the journal stores each under the name of its class."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    rev: int
    """The plant's revision after it; gapless, in the order of the commits."""
    at: datetime
    actor: Actor
    event: Event
    id: str | None = None
    """The sender's own id of a confirmation; a second one with the same id changes nothing."""


def operation_of(event: Event) -> OperationId | None:
    """Return the operation that an event is about, if it is about one."""
    operation = getattr(event, "operation", None)
    return operation if isinstance(operation, OperationId) else None


def order_of(event: Event) -> OrderNumber | None:
    """Return the work order that an event is about, if it is about one."""
    match event:
        case OrderPlanned(plan=plan) | OrderReplanned(plan=plan):
            return plan.number
        case OrderReleased(order=order) | OrderHeld(order=order) | OrderFreed(order=order):
            return order
        case SheetSuperseded(order=order):
            return order
        case SheetIssued(sheet=sheet):
            return sheet.order
        case _:
            operation = operation_of(event)
            return operation.order if operation else None
