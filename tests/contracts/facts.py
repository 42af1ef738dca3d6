"""Random histories: each fact is one that could really happen on the floor as it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from server.domain.events import (
    BadgeRead,
    CrewJoined,
    CrewLeft,
    Event,
    ListResequenced,
    OperationPaused,
    OperationStarted,
    OperatorKept,
    OrderFreed,
    OrderHeld,
    OrderPlanned,
    OrderReleased,
    OrderReplanned,
    QuantityReported,
    ReportUndone,
    ScanRefused,
    SheetIssued,
    SheetSuperseded,
    StationKept,
    TravelerRead,
    WorkCenterKept,
)
from server.domain.floor import before
from server.domain.names import BadgeNumber, WorkCenterName
from server.domain.operations import Operation, Quantities, RoutingStep
from server.domain.orders import OrderState, Plan, WorkOrder
from server.domain.plant import Actor, Operator, WorkCenter
from tests.builders import AT_LATHE, DISPATCHER, FLOOR, LATHE, MILL, WASH, minutes, plan, sheet
from tests.fakes.memory_books import MemoryBooks

T = TypeVar("T")
Maker = Callable[[MemoryBooks], Event | None]


class Draw(Protocol):
    """Draws a value, as `data.draw` does."""

    def __call__(self, strategy: st.SearchStrategy[T]) -> T: ...


WORK_CENTERS = (LATHE, MILL, WASH, WorkCenterName("NOT-SET-UP"))
BADGES = (BadgeNumber("1001"), BadgeNumber("1002"))
QUANTITIES = st.builds(Quantities, st.integers(0, 6), st.integers(0, 2), st.integers(0, 2))
STEPS = st.builds(
    RoutingStep,
    number=st.sampled_from((10, 20, 25, 30)),
    work_center=st.sampled_from(WORK_CENTERS),
    alternates=st.lists(st.sampled_from(WORK_CENTERS), max_size=2, unique=True).map(tuple),
    setup_minutes=st.sampled_from((0.0, 12.5)),
    run_minutes=st.sampled_from((0.0, 0.1, 3.0)),
)
ROUTINGS = st.lists(STEPS, max_size=4, unique_by=lambda step: step.number).map(
    lambda steps: tuple(sorted(steps, key=lambda step: step.number))
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What `Books.record` is called with."""

    event: Event
    actor: Actor
    at: datetime
    id: str


class Happenings:
    """Draws the facts of one unit of work, each on the books as the one before left them."""

    def __init__(self, draw: Draw, first: int) -> None:
        self._draw = draw
        self._ticks = count(first)
        self._is_begun = False

    def _one(self, of: Sequence[T]) -> T:
        return self._draw(st.sampled_from(of))

    def fact(self, books: MemoryBooks) -> Fact:
        """Return something that happens next: what was drawn, or the next thing that can."""
        makers: tuple[Maker, ...] = (
            *(self._undoes, self._reports, self._pauses, self._crews, self._reports),
            *(self._starts, self._starts, self._resequences, self._resequences),
            *(self._holds, self._replans, self._releases, self._plans, self._prints),
            *(self._sets_up, self._reads),
        )
        first = self._draw(st.integers(0, len(makers) - 1))
        for maker in (*makers[first:], *makers):
            event = maker(books)
            if event is not None:
                return self._fact(event)
        raise AssertionError(makers)

    def _fact(self, event: Event) -> Fact:
        is_desk = isinstance(event, ListResequenced | OrderReleased)
        tick = next(self._ticks)
        self._is_begun = True
        return Fact(event, DISPATCHER if is_desk else FLOOR, minutes(tick), f"id-{tick}")

    def _order(self, books: MemoryBooks, *states: OrderState) -> WorkOrder | None:
        orders = [o for o in books.floor.orders.values() if not states or o.state in states]
        return self._one(orders) if orders else None

    def _operation(
        self, books: MemoryBooks, fits: Callable[[WorkOrder, Operation], bool]
    ) -> Operation | None:
        orders = books.floor.orders.values()
        fitting = [o for order in orders for o in order.operations if fits(order, o)]
        return self._one(fitting) if fitting else None

    def _running(self, books: MemoryBooks) -> Operation | None:
        return self._operation(books, lambda _, operation: operation.is_running)

    def _plan(self, at: int) -> Plan:
        quantity = self._draw(st.integers(1, 12))
        return replace(plan(at), routing=self._draw(ROUTINGS), quantity=quantity)

    def _plans(self, books: MemoryBooks) -> Event:
        return OrderPlanned(self._plan(len(books.floor.orders)))

    def _replans(self, books: MemoryBooks) -> Event | None:
        order = self._order(books)
        at = int(order.number.removeprefix("WO")) if order else 0
        return OrderReplanned(self._plan(at), ("routing",)) if order else None

    def _releases(self, books: MemoryBooks) -> Event | None:
        order = self._order(books, OrderState.PLANNED)
        return OrderReleased(order.number) if order else None

    def _holds(self, books: MemoryBooks) -> Event | None:
        order = self._order(books)
        if order is None:
            return None
        return OrderFreed(order.number) if order.hold else OrderHeld(order.number, "crack")

    def _starts(self, books: MemoryBooks) -> Event | None:
        one = self._operation(books, lambda order, _: order.released_at is not None)
        if one is None:
            return None
        here = self._one((one.work_center, one.work_center, *WORK_CENTERS))
        return OperationStarted(one.id, self._one(BADGES), here, before(one), flags=("rerouted",))

    def _reports(self, books: MemoryBooks) -> Event | None:
        one = self._running(books)
        if one is None:
            return None
        completes, pieces = self._draw(st.booleans()), self._draw(QUANTITIES)
        return QuantityReported(one.id, self._one(BADGES), pieces, completes, before(one))

    def _crews(self, books: MemoryBooks) -> Event | None:
        one, badge = self._running(books), self._one(BADGES)
        if one is None:
            return None
        kind = CrewLeft if badge in one.crew else CrewJoined
        return kind(one.id, badge, before(one))

    def _pauses(self, books: MemoryBooks) -> Event | None:
        one = self._running(books)
        return OperationPaused(one.id, None, "break", before(one)) if one else None

    def _undoes(self, books: MemoryBooks) -> Event | None:
        """Take the newest report back, unless the plan has dropped its operation."""
        for entry in reversed(books.state.entries[-4:]):
            event = entry.event
            if isinstance(event, OperationStarted | CrewJoined | QuantityReported) and entry.id:
                order = books.order(event.operation.order)
                known = any(o.id == event.operation for o in order.operations)
                return ReportUndone(event.operation, entry.id, event.before) if known else None
        return None

    def _resequences(self, books: MemoryBooks) -> Event | None:
        work_center = self._one(WORK_CENTERS)
        listed = books.dispatch_list(work_center)
        stood = [row.operation for row in listed.rows]
        # A resequence is the only change of its list in a unit of work.
        if not stood or self._is_begun:
            return None
        after = tuple(self._draw(st.permutations(stood)))
        moved = after[: self._draw(st.integers(0, len(after)))]
        return ListResequenced(work_center, "hand", tuple(stood), after, moved, listed.version)

    def _prints(self, books: MemoryBooks) -> Event | None:
        known = sorted(books.floor.sheets)
        order = self._order(books)
        if order is None or (known and self._draw(st.booleans())):
            return SheetSuperseded(self._one(known), "quantity") if known else None
        at = int(order.number.removeprefix("WO"))
        return SheetIssued(sheet(1_000_001 + len(known), at))

    def _sets_up(self, books: MemoryBooks) -> Event:
        del books
        name = self._one((LATHE, MILL, WASH))
        work_center = WorkCenter(name, frozen=self._draw(st.integers(0, 3)))
        operator = Operator(self._one(BADGES), "Ann", active=self._draw(st.booleans()))
        events: list[Event] = [WorkCenterKept(work_center), OperatorKept(operator)]
        return self._one([*events, StationKept(AT_LATHE, name)])

    def _reads(self, books: MemoryBooks) -> Event:
        one = self._operation(books, lambda *_: True)
        events: list[Event] = [BadgeRead(self._one(BADGES)), ScanRefused("\x1d?", "unknown-code")]
        if one:
            events.append(TravelerRead(one.id, flags=("uncontrolled_paper",)))
        return self._one(events)
