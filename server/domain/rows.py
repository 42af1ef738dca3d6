"""Rows of a dispatch list, and what a change of an order means for the lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from server.domain.names import BadgeNumber, OperationId, WorkCenterName
from server.domain.operations import Operation, OperationState
from server.domain.orders import WorkOrder


@dataclass(frozen=True, slots=True)
class Placement:
    """Who gave an operation its place on the list, when, and by what rule (`hand` for a drag)."""

    by: str
    at: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a dispatch list, with all that a screen shows of it."""

    operation: OperationId
    work_center: WorkCenterName
    part: str
    revision: str
    title: str
    """What is made: the order's description."""
    description: str
    """What is done: the operation's description."""
    state: OperationState
    due: date
    priority: int
    hot: bool
    hold: str | None
    quantity: int
    arrived: int
    good: int
    scrap: int
    rework: int
    setup_minutes: float
    run_minutes: float
    crew: tuple[BadgeNumber, ...]
    started_at: datetime | None
    previous: WorkCenterName | None
    """Where the parts come from."""
    next: WorkCenterName | None
    """Where they go after this."""
    rank: int | None = None
    """The place on the list, smaller first; None in a delta means: where it was."""
    placed: Placement | None = None


@dataclass(frozen=True, slots=True)
class DispatchList:
    """The operations of one work center in priority order."""

    work_center: WorkCenterName
    version: int
    """Grows when the order or the membership changes: what a resequence is checked against."""
    feed: int
    """Grows by one with every change that the screens of the work center are told."""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class ListDelta:
    """What has changed on one dispatch list: apply it to feed - 1 and you are at feed."""

    work_center: WorkCenterName
    version: int
    feed: int
    rows: tuple[Row, ...] = ()
    """Rows that are new, with their rank, or that say something new."""
    gone: tuple[OperationId, ...] = ()
    """Rows to be taken away first; one that has come back at once is among `rows` again."""
    order: tuple[OperationId, ...] | None = None
    """The whole new order, ranks 1, 2, 3 …, after a resequence only."""
    moved: tuple[OperationId, ...] = ()
    placed: Placement | None = None
    """The placement of every moved row."""


def is_enlisted(order: WorkOrder, operation: Operation) -> bool:
    """Tell whether an operation stands on the dispatch list of its work center."""
    return order.is_on_the_floor and operation.is_open


def enlisted(order: WorkOrder) -> dict[OperationId, WorkCenterName]:
    """Return the operations of an order that stand on a list, and on which."""
    return {o.id: o.work_center for o in order.operations if is_enlisted(order, o)}


def row_of(order: WorkOrder, operation: Operation, placed: Placement | None = None) -> Row:
    """Return the row of an operation."""
    plan, step = order.plan, operation.step
    previous = order.before(operation.number)
    return Row(
        operation=operation.id,
        work_center=step.work_center,
        part=plan.part,
        revision=plan.revision,
        title=plan.description,
        description=step.description,
        state=operation.state,
        due=plan.due,
        priority=plan.priority,
        hot=plan.hot,
        hold=order.hold,
        quantity=plan.quantity,
        arrived=operation.arrived,
        good=operation.done.good,
        scrap=operation.done.scrap,
        rework=operation.done.rework,
        setup_minutes=step.setup_minutes,
        run_minutes=step.run_minutes,
        crew=operation.crew,
        started_at=operation.started_at,
        previous=previous.work_center if previous else None,
        next=order.next_work_center(operation.number),
        placed=placed,
    )


def _says_of_every_row(order: WorkOrder) -> tuple[object, ...]:
    """Return what the rows of all operations say of their order and of each other.

    The plan is compared as the object it is: comparing every field costs more than a row does.
    """
    places = [operation.work_center for operation in order.operations]
    return id(order.plan), order.hold, order.is_on_the_floor, places


@dataclass(slots=True)
class ListChange:
    """What one unit of work has done to one dispatch list so far."""

    rows: dict[OperationId, Row] = field(default_factory=dict)
    joined: set[OperationId] = field(default_factory=set)
    gone: set[OperationId] = field(default_factory=set)
    order: tuple[OperationId, ...] | None = None
    moved: tuple[OperationId, ...] = ()
    placed: Placement | None = None

    @property
    def moves_version(self) -> bool:
        """Tell whether the list's order or membership changed, not only what a row says."""
        return bool(self.joined or self.gone) or self.order is not None

    def delta(self, work_center: WorkCenterName, version: int, feed: int) -> ListDelta:
        """Return the change as the screens are told it."""
        return ListDelta(
            work_center,
            version,
            feed,
            tuple(self.rows.values()),
            tuple(sorted(self.gone)),
            self.order,
            self.moved,
            self.placed,
        )


class ListChanges:
    """Collects what a unit of work changes on the dispatch lists, so that every store tells alike.

    The store tells the rank of the rows that have `joined` with `ranked` before it makes deltas.
    """

    def __init__(self) -> None:
        self.lists: dict[WorkCenterName, ListChange] = {}

    def order_kept(self, old: WorkOrder | None, new: WorkOrder) -> None:
        """Note what a kept order changes on the lists of its work centers."""
        known = {o.number: o for o in old.operations} if old else {}
        kept = {o.number: o for o in new.operations}
        # What was not touched is the same object: most operations of an order, every time.
        unchanged = old is not None and _says_of_every_row(old) == _says_of_every_row(new)
        for number, earlier in known.items():
            later = kept.get(number)
            if old and not (unchanged and later is earlier) and is_enlisted(old, earlier):
                self._note_leaving(new, earlier, later)
        for number, now in kept.items():
            earlier_or_none = known.get(number)
            if not (unchanged and now is earlier_or_none) and is_enlisted(new, now):
                self._note_row(old, new, earlier_or_none, now)

    def _note_leaving(self, new: WorkOrder, earlier: Operation, now: Operation | None) -> None:
        if now and is_enlisted(new, now) and now.work_center == earlier.work_center:
            return
        change = self._change(earlier.work_center)
        change.rows.pop(earlier.id, None)
        change.joined.discard(earlier.id)
        change.gone.add(earlier.id)

    def _note_row(
        self, old: WorkOrder | None, new: WorkOrder, earlier: Operation | None, now: Operation
    ) -> None:
        row = row_of(new, now)
        stayed = (
            old is not None
            and earlier is not None
            and is_enlisted(old, earlier)
            and earlier.work_center == now.work_center
        )
        if stayed and old and earlier and row_of(old, earlier) == row:
            return
        change = self._change(now.work_center)
        change.rows[now.id] = row
        if not stayed:
            change.joined.add(now.id)

    def ranked(self, operation: OperationId, rank: int, placed: Placement | None) -> None:
        """Give the row of an operation that has joined a list the place it got there."""
        for change in self.lists.values():
            if operation in change.joined:
                change.rows[operation] = replace(change.rows[operation], rank=rank, placed=placed)

    def arranged(
        self,
        work_center: WorkCenterName,
        order: Iterable[OperationId],
        moved: Iterable[OperationId],
        placed: Placement,
    ) -> None:
        """Note a resequence; it is the only change of its list in a unit of work."""
        change = self._change(work_center)
        change.order, change.moved, change.placed = tuple(order), tuple(moved), placed

    def _change(self, work_center: WorkCenterName) -> ListChange:
        return self.lists.setdefault(work_center, ListChange())
