"""Strategies: anything that may happen on a floor, told or undone, legal or not."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from server.domain.events import (
    CrewJoined,
    CrewLeft,
    Entry,
    Event,
    ListResequenced,
    OperationPaused,
    OperationStarted,
    OrderFreed,
    OrderHeld,
    OrderPlanned,
    OrderReleased,
    OrderReplanned,
    QuantityReported,
    ReportUndone,
)
from server.domain.floor import Floor, MemoryFloor, apply, before
from server.domain.names import OrderNumber, WorkCenterName
from server.domain.operations import Operation, Quantities
from server.domain.orders import OrderState, Plan
from server.domain.plant import SYSTEM
from server.domain.sequence import moved
from tests.workshop import ANNA, BEN, BENCH, LATHE, MILL, NOON, plan, step

places = st.sampled_from([LATHE, MILL, BENCH])
badges = st.sampled_from([ANNA, BEN])
numbers = st.sampled_from(["WO1", "WO1-2", "WO2", "WO3"]).map(OrderNumber)
steps = st.builds(step, st.sampled_from([10, 20, 30, 990, 1000]), places)


@st.composite
def plans(draw: st.DrawFn, number: OrderNumber) -> Plan:
    """Return any plan of an order."""
    routing = draw(st.lists(steps, max_size=4, unique_by=lambda one: one.number))
    quantity = draw(st.integers(1, 9))
    return plan(number, quantity=quantity, hot=draw(st.booleans()), routing=tuple(routing))


@st.composite
def order_events(draw: st.DrawFn, floor: MemoryFloor) -> Event:
    """Return something that may happen to an order as a whole."""
    number = draw(numbers)
    known = floor.orders.get(number)
    if known is None:
        return OrderPlanned(draw(plans(number)))
    events: list[st.SearchStrategy[Event]] = [
        plans(number).map(lambda new: OrderReplanned(new, ("routing",))),
        st.just(OrderHeld(number, "crack found")),
        st.just(OrderFreed(number)),
    ]
    if known.state is OrderState.PLANNED:
        events += [st.just(OrderReleased(number))] * 3
    return draw(st.one_of(events))


Report = Callable[[st.DrawFn, Operation], Event]


def _started(draw: st.DrawFn, one: Operation) -> Event:
    return OperationStarted(one.id, draw(badges), draw(places), before(one))


def _reported(draw: st.DrawFn, one: Operation) -> Event:
    pieces = Quantities(draw(st.integers(0, 4)), draw(st.integers(0, 1)))
    return QuantityReported(one.id, draw(badges), pieces, draw(st.booleans()), before(one))


def _joined(draw: st.DrawFn, one: Operation) -> Event:
    return CrewJoined(one.id, draw(badges), before(one))


def _left(draw: st.DrawFn, one: Operation) -> Event:
    return CrewLeft(one.id, draw(badges), before(one))


def _paused(draw: st.DrawFn, one: Operation) -> Event:
    return OperationPaused(one.id, draw(badges), "tool", before(one))


def _undone(draw: st.DrawFn, one: Operation) -> Event:
    earlier = replace(before(one), done=Quantities(), work_center=draw(places))
    return ReportUndone(one.id, "an-id", earlier)


REPORTS: tuple[Report, ...] = (_started, _started, _reported, _reported, _joined, _left, _paused)


@st.composite
def reports(draw: st.DrawFn, floor: MemoryFloor) -> Event | None:
    """Return any report about any operation of a released order."""
    released = [w for w in floor.orders.values() if w.state is not OrderState.PLANNED]
    known = [one for whole in released for one in whole.operations]
    if not known:
        return None
    return draw(st.sampled_from((*REPORTS, _undone)))(draw, draw(st.sampled_from(known)))


@st.composite
def resequences(draw: st.DrawFn, floor: MemoryFloor) -> Event:
    """Return any new order of any list."""
    work_center: WorkCenterName = draw(places)
    listed = floor.listed(work_center)
    after = tuple(draw(st.permutations(listed)))
    return ListResequenced(work_center, "hand", listed, after, moved(listed, after), 0)


@st.composite
def happenings(draw: st.DrawFn, floor: MemoryFloor) -> Event:
    """Return anything that may happen next."""
    kinds = (order_events(floor), reports(floor), reports(floor), resequences(floor))
    return draw(st.one_of(kinds)) or draw(order_events(floor))


def happen(floor: Floor, rev: int, event: Event) -> Entry:
    """Let something happen on a floor; return its line of the journal."""
    entry = Entry(rev, NOON, SYSTEM, event)
    apply(floor, entry)
    return entry
