"""The state of the plant as a function of its journal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, assert_never

from server.domain.errors import UnknownOrder, UnknownSheet
from server.domain.events import (
    AccountKept,
    BadgeRead,
    Before,
    CrewJoined,
    CrewLeft,
    Entry,
    Event,
    FloorReport,
    ListResequenced,
    OperationPaused,
    OperationStarted,
    OperatorKept,
    OrderEvent,
    OrderFreed,
    OrderHeld,
    OrderPlanned,
    OrderReleased,
    OrderReplanned,
    PaperEvent,
    PlantEvent,
    QuantityReported,
    ReportUndone,
    SheetIssued,
    StationEnrolled,
    StationKept,
    StationRevoked,
    WorkCenterKept,
)
from server.domain.names import (
    BadgeNumber,
    OperationId,
    OrderNumber,
    Serial,
    StationName,
    WorkCenterName,
)
from server.domain.operations import Operation, OperationState
from server.domain.orders import WorkOrder
from server.domain.paper import Sheet
from server.domain.plant import Operator, WorkCenter
from server.domain.rows import Placement, enlisted


class Floor(Protocol):
    """The part of a store that facts change; `apply` needs no more of it."""

    def order(self, number: OrderNumber) -> WorkOrder:
        """Return a work order; raise UnknownOrder."""
        ...

    def keep_order(self, order: WorkOrder) -> None:
        """Keep a new or changed order; operations that come on a list join it at its end."""
        ...

    def arrange(
        self,
        work_center: WorkCenterName,
        operations: Sequence[OperationId],
        moved: Sequence[OperationId],
        placed: Placement,
    ) -> None:
        """Give a dispatch list a new order, and the moved operations their placement."""
        ...

    def sheet(self, serial: Serial) -> Sheet:
        """Return a sheet; raise UnknownSheet."""
        ...

    def keep_sheet(self, sheet: Sheet) -> None:
        """Keep a new or changed sheet."""
        ...

    def keep_work_center(self, work_center: WorkCenter) -> None:
        """Keep a new or changed work center."""
        ...

    def keep_operator(self, operator: Operator) -> None:
        """Keep a new or changed operator."""
        ...

    def place_station(self, station: StationName, work_center: WorkCenterName) -> None:
        """Keep a new station, or move one to another work center."""
        ...

    def sign_in(self, station: StationName, badge: BadgeNumber | None, at: datetime | None) -> None:
        """Keep who is signed in for the next action at a station; None for nobody."""
        ...


def apply(floor: Floor, entry: Entry) -> None:
    """Change the floor by one fact; the same for a live change and for a replay."""
    event = entry.event
    if isinstance(event, FloorReport):
        _apply_report(floor, entry, event)
    elif isinstance(event, OrderEvent):
        _apply_order(floor, entry, event)
    elif isinstance(event, PaperEvent):
        _apply_paper(floor, entry, event)
    elif isinstance(event, PlantEvent):
        _apply_plant(floor, event)
    elif isinstance(event, ListResequenced):
        placed = Placement(entry.actor.name, entry.at, event.rule)
        floor.arrange(event.work_center, event.after, event.moved, placed)
    elif isinstance(event, BadgeRead) and event.signs_in:
        _sign_in(floor, entry, event.badge)


def _apply_order(floor: Floor, entry: Entry, event: OrderEvent) -> None:
    match event:
        case OrderPlanned(plan=plan):
            floor.keep_order(WorkOrder.planned(plan))
        case OrderReplanned(plan=plan):
            floor.keep_order(floor.order(plan.number).replanned(plan))
        case OrderReleased(order=order):
            floor.keep_order(floor.order(order).released(entry.at))
        case OrderHeld(order=order, why=why):
            floor.keep_order(replace(floor.order(order), hold=why))
        case OrderFreed(order=order):
            floor.keep_order(replace(floor.order(order), hold=None))
        case _:
            assert_never(event)


def _apply_paper(floor: Floor, entry: Entry, event: PaperEvent) -> None:
    if isinstance(event, SheetIssued):
        floor.keep_sheet(event.sheet)
        return
    floor.keep_sheet(
        replace(
            floor.sheet(event.serial),
            superseded_at=entry.at,
            superseded_why=event.why,
            replaced_by=event.replaced_by,
        )
    )


def _apply_plant(floor: Floor, event: PlantEvent) -> None:
    match event:
        case WorkCenterKept(work_center=work_center):
            floor.keep_work_center(work_center)
        case OperatorKept(operator=operator):
            floor.keep_operator(operator)
        case StationKept(station=station, work_center=name):
            floor.place_station(station, name)
        case StationEnrolled() | StationRevoked() | AccountKept():
            pass  # Secrets and rights are no part of the floor; the journal keeps who and when.
        case _:
            assert_never(event)


def _sign_in(floor: Floor, entry: Entry, badge: BadgeNumber | None) -> None:
    if entry.actor.station:
        floor.sign_in(entry.actor.station, badge, entry.at if badge else None)


def _apply_report(floor: Floor, entry: Entry, event: FloorReport) -> None:
    """Change one operation, and sign the operator off: identity belongs to the action."""
    order = floor.order(event.operation.order)
    number = event.operation.number
    floor.keep_order(order.with_operation(number, lambda o: reported(o, event, entry.at)))
    _sign_in(floor, entry, None)


def reported(  # noqa: PLR0911 - one case for each report reads best in one place.
    operation: Operation, event: FloorReport, at: datetime
) -> Operation:
    """Return an operation after a report about it."""
    match event:
        case OperationStarted(badge=badge, work_center=work_center):
            here = operation.moved_to(work_center)
            return replace(
                here,
                state=OperationState.RUNNING,
                crew=_with(here.crew, badge),
                started_at=here.started_at or at,
                completed_at=None,
            )
        case CrewJoined(badge=badge):
            return replace(operation, crew=_with(operation.crew, badge))
        case CrewLeft(badge=badge):
            crew = tuple(b for b in operation.crew if b != badge)
            state = operation.state if crew else OperationState.SUSPENDED
            return replace(operation, crew=crew, state=state)
        case OperationPaused():
            return replace(operation, crew=(), state=OperationState.SUSPENDED)
        case QuantityReported(quantities=quantities, completes=completes):
            counted = replace(operation, done=operation.done + quantities)
            if not completes:
                return counted
            state = OperationState.COMPLETED
            return replace(counted, state=state, crew=(), completed_at=at)
        case ReportUndone(before=before):
            return _restored(operation, before)
        case _:
            assert_never(event)


def _with(crew: tuple[BadgeNumber, ...], badge: BadgeNumber) -> tuple[BadgeNumber, ...]:
    return crew if badge in crew else (*crew, badge)


def _restored(operation: Operation, before: Before) -> Operation:
    return replace(
        operation,
        step=replace(operation.step, work_center=before.work_center, alternates=before.alternates),
        state=before.state,
        crew=before.crew,
        done=before.done,
        started_at=before.started_at,
        completed_at=before.completed_at,
    )


def before(operation: Operation) -> Before:
    """Return how an operation stands now, to be kept with the report that changes it."""
    return Before(
        operation.state,
        operation.crew,
        operation.done,
        operation.work_center,
        operation.started_at,
        operation.completed_at,
        operation.step.alternates,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation stands, or last stood, on a dispatch list."""

    work_center: WorkCenterName
    rank: int
    placed: Placement | None = None


@dataclass(slots=True)
class MemoryFloor:
    """A floor in memory: what a journal amounts to when it is replayed."""

    orders: dict[OrderNumber, WorkOrder] = field(default_factory=dict)
    places: dict[OperationId, Place] = field(default_factory=dict)
    ends: dict[WorkCenterName, int] = field(default_factory=dict)
    sheets: dict[Serial, Sheet] = field(default_factory=dict)
    work_centers: dict[WorkCenterName, WorkCenter] = field(default_factory=dict)
    operators: dict[BadgeNumber, Operator] = field(default_factory=dict)
    stations: dict[StationName, WorkCenterName] = field(default_factory=dict)
    signed_in: dict[StationName, tuple[BadgeNumber, datetime]] = field(default_factory=dict)

    def order(self, number: OrderNumber) -> WorkOrder:
        """Return a work order; raise UnknownOrder."""
        if number not in self.orders:
            raise UnknownOrder(number)
        return self.orders[number]

    def keep_order(self, order: WorkOrder) -> None:
        """Keep an order; an operation that comes on a list, or moves to another, joins its end."""
        self._forget_dropped(order)
        old = self.orders.get(order.number)
        self.orders[order.number] = order
        kept = {operation.id for operation in order.operations}
        for dropped in {o.id for o in old.operations} - kept if old else ():
            self.places.pop(dropped, None)
        for operation, work_center in enlisted(order).items():
            place = self.places.get(operation)
            if place is None or place.work_center != work_center:
                self.ends[work_center] = self.ends.get(work_center, 0) + 1
                self.places[operation] = Place(work_center, self.ends[work_center])

    def _forget_dropped(self, order: WorkOrder) -> None:
        """Forget where an operation stood that the plan has dropped: it will not come back."""
        kept = {operation.id for operation in order.operations}
        known = self.orders[order.number].operations if order.number in self.orders else ()
        for operation in known:
            if operation.id not in kept:
                self.places.pop(operation.id, None)

    def listed(self, work_center: WorkCenterName) -> tuple[OperationId, ...]:
        """Return the operations on a dispatch list, in order."""
        here = {
            operation: place
            for operation, place in self.places.items()
            if enlisted(self.orders[operation.order]).get(operation) == work_center
        }
        return tuple(sorted(here, key=lambda operation: (here[operation].rank, operation)))

    def arrange(
        self,
        work_center: WorkCenterName,
        operations: Sequence[OperationId],
        moved: Sequence[OperationId],
        placed: Placement,
    ) -> None:
        """Give a dispatch list a new order, and the moved operations their placement."""
        for rank, operation in enumerate(operations, start=1):
            place = Place(work_center, rank, self.places[operation].placed)
            self.places[operation] = place
        self.ends[work_center] = max(self.ends.get(work_center, 0), len(operations))
        for operation in moved:
            self.places[operation] = replace(self.places[operation], placed=placed)

    def sheet(self, serial: Serial) -> Sheet:
        """Return a sheet; raise UnknownSheet."""
        if serial not in self.sheets:
            raise UnknownSheet(serial)
        return self.sheets[serial]

    def keep_sheet(self, sheet: Sheet) -> None:
        """Keep a new or changed sheet."""
        self.sheets[sheet.serial] = sheet

    def keep_work_center(self, work_center: WorkCenter) -> None:
        """Keep a new or changed work center."""
        self.work_centers[work_center.name] = work_center

    def keep_operator(self, operator: Operator) -> None:
        """Keep a new or changed operator."""
        self.operators[operator.badge] = operator

    def place_station(self, station: StationName, work_center: WorkCenterName) -> None:
        """Keep a new station, or move one to another work center."""
        self.stations[station] = work_center

    def sign_in(self, station: StationName, badge: BadgeNumber | None, at: datetime | None) -> None:
        """Keep who is signed in for the next action at a station."""
        if badge and at:
            self.signed_in[station] = (badge, at)
        else:
            self.signed_in.pop(station, None)


def replay(entries: Iterable[Entry]) -> MemoryFloor:
    """Return the floor that a journal amounts to."""
    floor = MemoryFloor()
    for entry in entries:
        apply(floor, entry)
    return floor


def name_of(event: Event) -> str:
    """Return the name under which the journal stores an event."""
    return type(event).__name__
