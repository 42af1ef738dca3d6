"""Work orders: what has arrived where, and in which state that puts operations and order."""

from dataclasses import replace

import pytest

from server.domain.errors import UnknownOperation
from server.domain.operations import Operation, OperationState, Quantities
from server.domain.orders import OrderState, WorkOrder
from tests.workshop import (
    ANNA,
    BENCH,
    LATHE,
    MILL,
    NOON,
    operation_id,
    order,
    plan,
    routing,
    step,
    with_operation,
)

WAITING, READY, RUNNING, SUSPENDED, COMPLETED = OperationState


def states(whole: WorkOrder) -> list[OperationState]:
    return [operation.state for operation in whole.operations]


def done(number: int, good: int, whole: WorkOrder) -> WorkOrder:
    """Return the order with an operation completed with so many good pieces."""
    pieces = Quantities(good)
    return with_operation(
        whole, number, state=COMPLETED, done=pieces, started_at=NOON, completed_at=NOON
    )


def test_a_planned_order_waits_for_release() -> None:
    planned = WorkOrder.planned(plan())

    assert planned.state is OrderState.PLANNED
    assert not planned.is_on_the_floor
    assert states(planned) == [WAITING, WAITING, WAITING]


def test_a_routing_is_taken_in_the_order_of_its_numbers() -> None:
    planned = WorkOrder.planned(plan(routing=(step(20, MILL), step(10, LATHE))))

    assert [o.number for o in planned.operations] == [10, 20]


def test_release_makes_the_first_operation_ready() -> None:
    released = WorkOrder.planned(plan(quantity=10)).released(NOON)

    assert released.state is OrderState.RELEASED
    assert released.released_at == NOON
    assert states(released) == [READY, WAITING, WAITING]
    assert [o.arrived for o in released.operations] == [10, 0, 0]


def test_good_pieces_arrive_at_the_next_operation_only() -> None:
    whole = with_operation(order(), 10, state=RUNNING, started_at=NOON, done=Quantities(4, 1, 1))

    assert [o.arrived for o in whole.operations] == [10, 4, 0]
    assert states(whole) == [RUNNING, READY, WAITING]
    assert whole.state is OrderState.RUNNING


def test_scrap_alone_makes_nothing_ready() -> None:
    whole = with_operation(order(), 10, state=RUNNING, started_at=NOON, done=Quantities(scrap=3))

    assert states(whole) == [RUNNING, WAITING, WAITING]


def test_pieces_taken_back_let_the_next_operation_wait_again() -> None:
    reported = with_operation(order(), 10, state=RUNNING, started_at=NOON, done=Quantities(4))

    taken_back = with_operation(reported, 10, done=Quantities())

    assert states(taken_back) == [RUNNING, WAITING, WAITING]


@pytest.mark.parametrize("state", [RUNNING, SUSPENDED, COMPLETED])
def test_arrivals_do_not_change_what_the_floor_has_begun(state: OperationState) -> None:
    operation = Operation(plan().number, step(), state, done=Quantities(2))

    assert operation.with_arrived(5).state is state
    assert operation.with_arrived(0).state is state


def test_an_order_is_completed_with_its_last_operation() -> None:
    whole = order()
    for number in (10, 20, 30):
        assert whole.is_on_the_floor
        whole = done(number, 10, whole)

    assert whole.state is OrderState.COMPLETED
    assert not whole.is_on_the_floor


def test_a_report_taken_back_reopens_a_completed_order() -> None:
    whole = done(30, 10, done(20, 10, done(10, 10, order())))

    reopened = with_operation(whole, 30, state=RUNNING, done=Quantities())

    assert reopened.state is OrderState.RUNNING


def test_arrivals_follow_a_report_taken_back_in_a_completed_order() -> None:
    whole = done(10, 10, done(30, 10, done(20, 10, order())))
    assert whole.state is OrderState.COMPLETED

    reopened = with_operation(whole, 10, state=RUNNING, done=Quantities(4))

    assert reopened.operation(20).arrived == 4


def test_an_order_without_operations_is_never_completed() -> None:
    assert order(routing=()).state is OrderState.RELEASED


def test_a_cancelled_order_stays_cancelled() -> None:
    cancelled = replace(order(), state=OrderState.CANCELLED)

    assert cancelled.settled() == cancelled


def test_an_operation_is_found_by_its_number() -> None:
    assert order().operation(20).work_center == MILL
    with pytest.raises(UnknownOperation) as refused:
        order().operation(25)
    assert refused.value.details == {"order": "WO100245", "operation": "025"}


def test_an_order_knows_what_comes_before_and_after() -> None:
    whole = order()

    assert whole.before(10) is None
    assert whole.before(20) == whole.operation(10)
    assert [o.number for o in whole.after(10)] == [20, 30]
    assert whole.next_work_center(20) == BENCH
    assert whole.next_work_center(30) is None


def test_a_plan_knows_its_steps_by_number() -> None:
    assert plan().step(20) == routing(LATHE, MILL)[1]
    assert plan().step(25) is None


def test_quantities_add_and_subtract_kind_by_kind() -> None:
    some, more = Quantities(5, 2, 1), Quantities(3, 1, 1)

    assert some + more == Quantities(8, 3, 2)
    assert some - more == Quantities(2, 1, 0)
    assert some.total == 8


def test_an_operation_names_itself() -> None:
    operation = order().operation(20)

    assert operation.id == operation_id(20)
    assert str(operation.id) == "WO100245/020"


def test_remaining_pieces_are_never_negative() -> None:
    operation = order().operation(10)

    assert operation.remaining == 10
    assert replace(operation, done=Quantities(12)).remaining == 0


def test_setup_counts_until_the_first_start() -> None:
    operation = order().operation(10)

    assert operation.minutes(10) == 50.0
    assert replace(operation, started_at=NOON).minutes(10) == 30.0


def test_an_operation_is_touched_by_a_start_or_by_pieces() -> None:
    operation = order().operation(10)

    assert not operation.was_touched
    assert replace(operation, started_at=NOON).was_touched
    assert replace(operation, done=Quantities(scrap=1)).was_touched
    assert replace(operation, crew=(ANNA,), state=RUNNING).is_running


def test_the_old_work_center_of_a_moved_operation_becomes_an_alternate() -> None:
    operation = Operation(plan().number, step(work_center=LATHE, alternates=(MILL,)))

    moved = operation.moved_to(MILL)

    assert (moved.work_center, moved.step.alternates) == (MILL, (LATHE,))
    assert moved.moved_to(MILL) == moved
