"""Rows and deltas: a screen that applies what it is told shows what a fresh one would."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.events import ListResequenced
from server.domain.names import WorkCenterName
from server.domain.operations import OperationState, Quantities
from server.domain.orders import WorkOrder
from server.domain.plant import SYSTEM
from server.domain.rows import ListChange, ListChanges, ListDelta, Placement, enlisted, row_of
from server.services.ports import Books
from tests.domain.happenings import happenings
from tests.domain.screen import Gap, Screen
from tests.fakes.memory_books import MemoryBooks
from tests.fakes.memory_store import MemoryStore
from tests.workshop import (
    ANNA,
    BENCH,
    LATHE,
    MILL,
    NOON,
    operation_id,
    order,
    plan,
    with_operation,
)

PLACES = (LATHE, MILL, BENCH)
COMPLETED, RUNNING = OperationState.COMPLETED, OperationState.RUNNING


@settings(max_examples=60)
@given(st.data())
def test_a_screen_that_applies_every_delta_shows_what_a_fresh_one_shows(
    data: st.DataObject,
) -> None:
    store = MemoryStore()
    screens = {name: fresh(store, name) for name in PLACES}

    for _ in range(data.draw(st.integers(1, 8))):
        _, change = store.write(lambda books: unit_of_work(books, data))
        for delta in change.lists:
            screens[delta.work_center].apply(delta)

    for name in PLACES:
        assert screens[name].shown() == fresh(store, name).shown()


def fresh(store: MemoryStore, work_center: WorkCenterName) -> Screen:
    return Screen(store.read(lambda books: books.dispatch_list(work_center)))


def unit_of_work(books: Books, data: st.DataObject) -> None:
    """Record one to three facts at once; a resequence is a unit of work of its own."""
    assert isinstance(books, MemoryBooks)
    books.record(data.draw(happenings(books.floor)), SYSTEM, NOON)
    for _ in range(data.draw(st.integers(0, 2))):
        event = data.draw(happenings(books.floor))
        earlier = books.state.entries[-1].event
        if not isinstance(event, ListResequenced) and not isinstance(earlier, ListResequenced):
            books.record(event, SYSTEM, NOON)


def changed(*steps: WorkOrder | None) -> dict[WorkCenterName, ListChange]:
    """Return what changes on the lists while an order goes through these stages."""
    changes = ListChanges()
    for old, new in pairwise(steps):
        assert new
        changes.order_kept(old, new)
    return changes.lists


def running(whole: WorkOrder, number: int) -> WorkOrder:
    return with_operation(whole, number, state=RUNNING, crew=(ANNA,), started_at=NOON)


def test_nothing_of_a_planned_order_is_on_a_list() -> None:
    assert enlisted(WorkOrder.planned(plan())) == {}
    assert changed(None, WorkOrder.planned(plan())) == {}


def test_every_open_operation_of_a_released_order_is_on_a_list() -> None:
    lists = changed(WorkOrder.planned(plan()), order())

    assert {name: change.joined for name, change in lists.items()} == {
        LATHE: {operation_id(10)},
        MILL: {operation_id(20)},
        BENCH: {operation_id(30)},
    }


def test_a_row_says_all_that_a_screen_shows() -> None:
    whole = running(order(), 20)

    row = row_of(whole, whole.operation(20))

    assert (row.operation, row.work_center, row.title) == (operation_id(20), MILL, "Shaft")
    assert (row.previous, row.next, row.crew) == (LATHE, BENCH, (ANNA,))


def test_only_rows_that_say_something_new_are_told() -> None:
    lists = changed(order(), running(order(), 10))

    assert list(lists) == [LATHE]
    assert list(lists[LATHE].rows) == [operation_id(10)]
    assert not lists[LATHE].moves_version


def test_arrivals_are_told_to_the_next_work_center() -> None:
    whole = running(order(), 10)

    lists = changed(whole, with_operation(whole, 10, done=Quantities(4)))

    assert set(lists) == {LATHE, MILL}
    assert lists[MILL].rows[operation_id(20)].arrived == 4


def test_a_completed_operation_goes_from_its_list() -> None:
    lists = changed(order(), with_operation(order(), 10, state=COMPLETED, done=Quantities(9)))

    assert lists[LATHE].gone == {operation_id(10)}
    assert lists[LATHE].moves_version


def test_a_rerouted_operation_goes_from_one_list_to_the_other() -> None:
    lists = changed(order(), order().with_operation(10, lambda o: o.moved_to(BENCH)))

    assert lists[LATHE].gone == {operation_id(10)}
    assert lists[BENCH].joined == {operation_id(10)}
    assert lists[MILL].rows[operation_id(20)].previous == BENCH


def test_an_operation_that_leaves_and_comes_back_at_once_is_a_new_row() -> None:
    completed = with_operation(order(), 10, state=COMPLETED, done=Quantities(9))

    lists = changed(order(), completed, order())

    assert (
        lists[LATHE].gone == lists[LATHE].joined == lists[LATHE].rows.keys() == {operation_id(10)}
    )


def test_what_joins_is_told_with_its_place() -> None:
    changes = ListChanges()
    changes.order_kept(None, order())
    placed = Placement("dora", NOON, "hand")

    changes.ranked(operation_id(10), 7, placed)

    row = changes.lists[LATHE].rows[operation_id(10)]
    assert (row.rank, row.placed) == (7, placed)


def test_a_resequence_is_told_as_the_whole_new_order() -> None:
    changes = ListChanges()
    placed = Placement("dora", NOON, "hand")
    after = (operation_id(10, "WO2"), operation_id(10, "WO1"))

    changes.arranged(LATHE, after, after[:1], placed)

    assert changes.lists[LATHE].moves_version
    assert changes.lists[LATHE].delta(LATHE, 3, 9) == ListDelta(
        LATHE, 3, 9, order=after, moved=after[:1], placed=placed
    )


def test_a_hold_is_told_on_every_row_of_the_order() -> None:
    lists = changed(order(), replace(order(), hold="crack found"))

    assert [row.hold for change in lists.values() for row in change.rows.values()] == [
        "crack found"
    ] * 3


def test_a_screen_notices_a_missing_delta() -> None:
    screen = Screen(MemoryStore().read(lambda books: books.dispatch_list(LATHE)))

    with pytest.raises(Gap):
        screen.apply(ListDelta(LATHE, version=2, feed=2))
