"""What every store promises about dispatch lists."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import pytest

from server.domain.events import Before, OrderHeld, OrderReplanned, ReportUndone, WorkCenterKept
from server.domain.names import OperationId, WorkCenterName
from server.domain.operations import OperationState, Quantities
from server.domain.plant import WorkCenter
from server.domain.rows import Placement
from server.services.ports import Books, WorkCenterLoad
from tests.builders import (
    ANN,
    DISPATCHER,
    FLOOR,
    LATHE,
    MILL,
    NOON,
    WASH,
    op,
    plan,
    recording,
    released,
    report,
    resequence,
    set_up,
    start,
)
from tests.conftest import AnyStore

NOBODY = WorkCenterName("NOT-SET-UP")


def listed(store: AnyStore, work_center: WorkCenterName = LATHE) -> Sequence[OperationId]:
    """Return the operations of a list, in order."""
    return [row.operation for row in store.read(lambda i: i.dispatch_list(work_center)).rows]


def due_at(due: date) -> datetime:
    """Return the moment that a due date ends."""
    return datetime.combine(due, time(23), UTC)


def test_a_list_that_never_changed_is_empty_and_new(store: AnyStore) -> None:
    empty = store.read(lambda i: i.dispatch_list(LATHE))

    assert (empty.version, empty.feed, empty.rows) == (0, 0, ())


def test_released_operations_join_their_lists_in_order_of_release(store: AnyStore) -> None:
    store.write(released(plan(2), plan(1)))

    _, change = store.write(released(plan(3)))

    assert listed(store) == [op(2), op(1), op(3)]
    (lathe, mill) = change.lists
    assert (lathe.work_center, lathe.version, lathe.feed) == (LATHE, 2, 2)
    assert [(row.operation, row.rank) for row in lathe.rows] == [(op(3), 3)]
    assert mill.work_center == MILL


def test_a_row_says_where_parts_come_from_and_go_to(store: AnyStore) -> None:
    store.write(released(plan(1, LATHE, MILL, WASH)))

    (row,) = store.read(lambda i: i.dispatch_list(MILL)).rows

    assert (row.previous, row.next, row.rank) == (LATHE, WASH, 1)
    assert row.state is OperationState.WAITING
    assert (row.title, row.description) == ("Shaft 1", "work 2")


def test_rows_of_a_delta_are_the_rows_of_the_list(store: AnyStore) -> None:
    store.write(set_up)

    _, change = store.write(released(plan(1), plan(2)))

    assert [delta.work_center for delta in change.lists] == [LATHE, MILL]
    lathe, mill = store.read(lambda i: (i.dispatch_list(LATHE), i.dispatch_list(MILL)))
    for shown, delta in zip((lathe, mill), change.lists, strict=True):
        assert (shown.version, shown.feed, shown.rows) == (delta.version, delta.feed, delta.rows)


def test_a_changed_row_moves_the_feed_but_not_the_version(store: AnyStore) -> None:
    store.write(released(plan(1)))

    _, change = store.write(lambda b: start(b, op(1)))

    (delta,) = change.lists
    assert (delta.version, delta.feed) == (1, 2)
    assert delta.rows[0].crew == ("1001",)
    assert delta.rows[0].rank is None


def test_a_list_of_a_work_center_that_is_not_set_up_works_alike(store: AnyStore) -> None:
    store.write(released(plan(1, NOBODY)))

    assert listed(store, NOBODY) == [op(1)]
    assert store.read(lambda i: i.dispatch_list(NOBODY)).version == 1
    assert store.read(lambda i: i.loads()) == ()


def test_a_resequence_gives_new_ranks_and_places_what_was_moved(store: AnyStore) -> None:
    store.write(released(plan(1), plan(2), plan(3)))

    _, change = store.write(lambda b: resequence(b, LATHE, op(3), op(1), op(2)))

    rows = store.read(lambda i: i.dispatch_list(LATHE)).rows
    placed = Placement("dora", NOON, "hand")
    assert [(row.operation, row.rank) for row in rows] == [(op(3), 1), (op(1), 2), (op(2), 3)]
    assert [row.placed for row in rows] == [placed, None, None]
    (delta,) = change.lists
    assert (delta.version, delta.feed) == (2, 2)
    assert delta.order == (op(3), op(1), op(2))
    assert delta.moved == (op(3),)
    assert delta.placed == placed
    assert delta.rows == ()


def test_what_comes_after_a_resequence_joins_at_the_end(store: AnyStore) -> None:
    store.write(released(plan(1), plan(2)))
    store.write(lambda b: resequence(b, LATHE, op(2), op(1)))

    store.write(released(plan(3)))

    assert listed(store) == [op(2), op(1), op(3)]


def test_an_operation_that_is_done_leaves_and_one_undone_takes_its_old_place(
    store: AnyStore,
) -> None:
    store.write(set_up)
    store.write(released(plan(1), plan(2), plan(3)))
    store.write(lambda b: resequence(b, LATHE, op(2), op(1), op(3)))

    def finish(books: Books) -> None:
        start(books, op(2))
        report(books, op(2), 10, completes=True)

    def undo(books: Books) -> None:
        running = Before(OperationState.RUNNING, (ANN,), Quantities(), LATHE, NOON, None)
        books.record(ReportUndone(op(2), "id-1", running), FLOOR, NOON)

    _, gone = store.write(finish)
    after_finish = listed(store)
    _, back = store.write(undo)

    assert after_finish == [op(1), op(3)]
    assert gone.lists[0].gone == (op(2),)
    assert listed(store) == [op(2), op(1), op(3)]
    (row,) = back.lists[0].rows
    assert (row.rank, row.placed) == (1, Placement("dora", NOON, "hand"))


def test_a_rerouted_operation_leaves_one_list_and_ends_the_other(store: AnyStore) -> None:
    store.write(released(plan(1), plan(2, WASH), plan(3)))

    _, change = store.write(lambda b: start(b, op(1), work_center=WASH))

    assert listed(store) == [op(3)]
    assert listed(store, WASH) == [op(2), op(1)]
    assert {delta.work_center: delta.gone for delta in change.lists} == {
        LATHE: (op(1),),
        WASH: (),
        MILL: (),
    }


def test_an_operation_that_was_dropped_and_planned_again_joins_at_the_end(
    store: AnyStore,
) -> None:
    store.write(released(plan(1, LATHE, MILL), plan(2, LATHE, MILL)))

    store.write(recording(OrderReplanned(plan(1, LATHE), ("routing",))))
    store.write(recording(OrderReplanned(plan(1, LATHE, MILL), ("routing",))))

    assert listed(store, MILL) == [op(2, 20), op(1, 20)]


def test_a_hold_shows_on_every_list_of_the_order(store: AnyStore) -> None:
    store.write(released(plan(1)))

    _, change = store.write(recording(OrderHeld(op(1).order, "wrong steel")))

    assert [delta.rows[0].hold for delta in change.lists] == ["wrong steel", "wrong steel"]
    assert store.read(lambda i: i.dispatch_list(LATHE)).rows[0].hold == "wrong steel"


def test_loads_count_what_stands_in_front_of_each_work_center(store: AnyStore) -> None:
    store.write(set_up)
    office = WorkCenter(WorkCenterName("ASSEMBLY"), department="a department before the shop")
    store.write(recording(WorkCenterKept(office)))
    store.write(released(plan(1), plan(2), plan(3)))

    store.write(lambda b: start(b, op(1)))

    loads = store.read(lambda i: i.loads())
    assert [load.work_center.name for load in loads] == ["ASSEMBLY", LATHE, MILL, WASH]
    lathe = store.read(lambda i: i.work_center(LATHE))
    mill = store.read(lambda i: i.work_center(MILL))
    assert loads[1] == WorkCenterLoad(lathe, version=1, running=1, ready=2, waiting=0)
    assert loads[2] == WorkCenterLoad(mill, version=1, running=0, ready=0, waiting=3)


def test_lines_say_what_the_dispatch_rules_look_at(store: AnyStore) -> None:
    store.write(set_up)
    store.write(released(plan(1, LATHE, MILL, WASH), plan(2, MILL, LATHE, hot=True)))

    def work(books: Books) -> None:
        start(books, op(1))
        report(books, op(1), 4)

    store.write(work)

    first, second = store.read(lambda i: i.lines(LATHE, due_at))
    assert (first.operation, first.is_running, first.hot) == (op(1), True, False)
    assert first.arrived_at == NOON
    assert first.due_at == due_at(date(2026, 11, 20))
    assert first.minutes == pytest.approx(6 * 1.5)
    assert first.remaining_minutes == pytest.approx(6 * 1.5 + 2 * (20 + 10 * 1.5))
    assert first.remaining_operations == 3
    assert (second.operation, second.is_running, second.hot) == (op(2, 20), False, True)
    assert second.minutes == second.remaining_minutes == pytest.approx(35)
    assert second.remaining_operations == 1


def test_resequences_are_remembered_by_the_version_they_were_made_on(store: AnyStore) -> None:
    store.write(released(plan(1), plan(2)))
    store.write(lambda b: resequence(b, LATHE, op(2), op(1)))
    store.write(lambda b: resequence(b, LATHE, op(1), op(2)))
    store.write(lambda b: resequence(b, MILL, op(2, 20), op(1, 20)))

    every = store.read(lambda i: i.resequences_since(LATHE, 1))
    later = store.read(lambda i: i.resequences_since(LATHE, 2))

    assert [entry.rev for entry in every] == [5, 6]
    assert later == every[1:]
    assert store.read(lambda i: i.last_resequence(LATHE)) == every[1]
    assert store.read(lambda i: i.last_resequence(WASH)) is None
    assert every[0].actor == DISPATCHER
