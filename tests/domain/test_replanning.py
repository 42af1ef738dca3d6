"""A new plan changes what is planned and leaves what the floor has done."""

from dataclasses import replace

import pytest

from server.domain.operations import Operation, OperationState, Quantities
from server.domain.orders import OrderState, Plan, WorkOrder
from tests.workshop import (
    ANNA,
    BENCH,
    LATHE,
    MILL,
    NOON,
    order,
    plan,
    routing,
    step,
    with_operation,
)

WAITING, READY, RUNNING, SUSPENDED, COMPLETED = OperationState


def numbers(whole: WorkOrder) -> list[int]:
    return [operation.number for operation in whole.operations]


def running(whole: WorkOrder, number: int, good: int = 0) -> WorkOrder:
    return with_operation(
        whole, number, state=RUNNING, crew=(ANNA,), started_at=NOON, done=Quantities(good)
    )


def test_a_new_plan_keeps_what_has_been_reported() -> None:
    whole = running(order(), 10, good=4)

    replanned = whole.replanned(plan(quantity=20, revision="D"))

    assert replanned.plan.revision == "D"
    assert replanned.operation(10).done == Quantities(4)
    assert replanned.operation(10).crew == (ANNA,)
    assert [o.arrived for o in replanned.operations] == [20, 4, 0]


def test_a_planned_order_stays_planned() -> None:
    replanned = WorkOrder.planned(plan()).replanned(plan(routing=routing(LATHE, BENCH)))

    assert replanned == WorkOrder.planned(plan(routing=routing(LATHE, BENCH)))


def test_an_operation_nobody_has_touched_goes_with_the_plan_that_drops_it() -> None:
    replanned = order().replanned(plan(routing=(step(10), step(30, BENCH))))

    assert numbers(replanned) == [10, 30]


def test_an_operation_somebody_worked_on_stays_although_the_plan_drops_it() -> None:
    whole = running(order(), 10, good=4)

    replanned = whole.replanned(plan(routing=(step(20, MILL), step(30, BENCH))))

    assert numbers(replanned) == [10, 20, 30]
    assert replanned.operation(10).is_running
    assert replanned.operation(20).arrived == 4


def test_a_new_first_operation_is_ready_and_the_next_waits_again() -> None:
    replanned = order().replanned(plan(routing=(step(5, BENCH), *plan().routing)))

    assert [o.state for o in replanned.operations] == [READY, WAITING, WAITING, WAITING]


def test_a_new_operation_between_two_gets_what_arrived() -> None:
    whole = with_operation(
        order(), 10, state=COMPLETED, done=Quantities(9, 1), started_at=NOON, completed_at=NOON
    )

    replanned = whole.replanned(plan(routing=(*plan().routing, step(15, BENCH))))

    assert [(o.number, o.arrived, o.state) for o in replanned.operations] == [
        (10, 10, COMPLETED),
        (15, 9, READY),
        (20, 0, WAITING),
        (30, 0, WAITING),
    ]


def test_an_order_is_completed_when_the_plan_drops_all_that_is_left() -> None:
    whole = with_operation(
        order(), 10, state=COMPLETED, done=Quantities(10), started_at=NOON, completed_at=NOON
    )

    assert whole.replanned(plan(routing=(step(10),))).state is OrderState.COMPLETED


def test_a_hold_lasts_through_a_new_plan() -> None:
    held = replace(order(), hold="crack found")

    assert held.replanned(plan(quantity=20)).hold == "crack found"


def rerouted(whole: WorkOrder, state: OperationState = RUNNING) -> WorkOrder:
    """Return the order with its first operation taken from the lathe to the mill by the floor."""

    def change(operation: Operation) -> Operation:
        return replace(operation, state=state, started_at=NOON).moved_to(MILL)

    return whole.with_operation(10, change)


@pytest.mark.parametrize("state", [RUNNING, SUSPENDED, COMPLETED])
@pytest.mark.parametrize("new", [plan(quantity=20), plan(hot=True)])
def test_an_operation_stays_where_the_floor_has_taken_it(state: OperationState, new: Plan) -> None:
    replanned = rerouted(order(), state).replanned(new)

    assert replanned.operation(10).work_center == MILL
    assert replanned.operation(10).step.alternates == (LATHE,)


def test_planning_moves_a_rerouted_operation_by_naming_another_work_center() -> None:
    replanned = rerouted(order(), SUSPENDED).replanned(plan(routing=routing(BENCH, MILL, BENCH)))

    assert replanned.operation(10).work_center == BENCH


@pytest.mark.parametrize("state", [RUNNING, COMPLETED])
def test_planning_moves_nothing_that_runs_or_is_done(state: OperationState) -> None:
    whole = with_operation(order(), 10, state=state, started_at=NOON)

    replanned = whole.replanned(plan(routing=routing(BENCH, MILL, BENCH)))

    assert replanned.operation(10).work_center == LATHE
    assert replanned.operation(10).step.alternates == (BENCH,)


def test_an_operation_dropped_and_planned_again_stays_where_it_is_only_if_it_runs() -> None:
    dropped = rerouted(order(), SUSPENDED).replanned(plan(routing=(step(20, MILL),)))

    again = dropped.replanned(plan())

    assert dropped.operation(10).work_center == MILL
    assert again.operation(10).work_center == LATHE
