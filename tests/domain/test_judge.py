"""Judging: each refusal, and each flag of what is taken although it is unusual."""

from dataclasses import replace

import pytest

from server.domain import judge
from server.domain.errors import (
    AlreadyDone,
    AlreadyInCrew,
    FloorRule,
    NothingArrived,
    NothingReported,
    NotInCrew,
    NotReleased,
    NotRunning,
    OrderHeld,
    ReasonNeeded,
    Refusal,
    TooMany,
    WrongWorkCenter,
)
from server.domain.names import WorkCenterName
from server.domain.operations import OperationState, Quantities
from server.domain.orders import OrderState, WorkOrder
from tests.workshop import ANNA, BEN, BENCH, LATHE, MILL, NOON, order, plan, with_operation

WAITING, READY, RUNNING, SUSPENDED, COMPLETED = OperationState


def running(number: int = 10, good: int = 0, whole: WorkOrder | None = None) -> WorkOrder:
    return with_operation(
        whole or order(),
        number,
        state=RUNNING,
        crew=(ANNA,),
        started_at=NOON,
        done=Quantities(good),
    )


def done(number: int, good: int = 10, whole: WorkOrder | None = None) -> WorkOrder:
    return with_operation(
        whole or order(), number, state=COMPLETED, started_at=NOON, done=Quantities(good)
    )


def start(
    whole: WorkOrder, number: int = 10, here: WorkCenterName = LATHE, *, insists: bool = False
) -> tuple[str, ...]:
    return judge.judge_start(whole, whole.operation(number), here, insists=insists)


def report(
    whole: WorkOrder,
    number: int,
    pieces: Quantities,
    *,
    closes_short: bool = False,
    insists: bool = False,
) -> tuple[bool, tuple[str, ...]]:
    return judge.judge_report(
        whole, whole.operation(number), pieces, closes_short=closes_short, insists=insists
    )


def refusal_of(whole: WorkOrder, number: int = 10, here: WorkCenterName = LATHE) -> Refusal:
    """Return why a start is refused."""
    with pytest.raises(Refusal) as refused:
        start(whole, number, here)
    return refused.value


# Starting ------------------------------------------------------------------------------------


def test_a_ready_operation_starts() -> None:
    assert start(order()) == ()


def test_a_suspended_operation_starts_again() -> None:
    assert start(with_operation(order(), 10, state=SUSPENDED, started_at=NOON)) == ()


@pytest.mark.parametrize("state", [OrderState.PLANNED, OrderState.CANCELLED])
@pytest.mark.parametrize("insists", [False, True])
def test_an_order_that_is_not_released_never_starts(state: OrderState, *, insists: bool) -> None:
    whole = replace(WorkOrder.planned(plan()), state=state)

    with pytest.raises(NotReleased) as refused:
        start(whole, insists=insists)

    assert refused.value.details == {"order": "WO100245", "state": state}


@pytest.mark.parametrize("insists", [False, True])
def test_a_held_order_never_starts(*, insists: bool) -> None:
    with pytest.raises(OrderHeld) as refused:
        start(replace(order(), hold="crack found"), insists=insists)

    assert refused.value.details == {"order": "WO100245", "why": "crack found"}


def test_the_wrong_work_center_is_told_the_right_one() -> None:
    refusal = refusal_of(order(), here=BENCH)

    assert isinstance(refusal, WrongWorkCenter)
    assert refusal.details == {"right": LATHE, "here": BENCH}


def test_whoever_insists_reroutes() -> None:
    assert start(order(), here=BENCH, insists=True) == ("rerouted",)


def test_an_operation_waits_for_the_one_before() -> None:
    refusal = refusal_of(running(10), 20, MILL)

    assert isinstance(refusal, NothingArrived)
    assert refusal.details == {"previous": "010", "work_center": LATHE, "arrived": 0}


def test_an_operation_waits_for_more_when_it_has_made_all_that_arrived() -> None:
    whole = with_operation(
        running(10, 4), 20, state=SUSPENDED, started_at=NOON, done=Quantities(good=4)
    )

    refusal = refusal_of(whole, 20, MILL)

    assert isinstance(refusal, NothingArrived)
    assert refusal.details["arrived"] == 4


def test_an_operation_that_has_made_all_there_will_be_may_start_to_be_closed() -> None:
    whole = with_operation(
        done(10, 4), 20, state=SUSPENDED, started_at=NOON, done=Quantities(good=4)
    )

    assert start(whole, 20, MILL) == ()


def test_a_first_operation_whose_quantity_shrank_may_start_to_be_closed() -> None:
    whole = with_operation(order(quantity=4), 10, state=SUSPENDED, done=Quantities(4))

    assert start(whole) == ()


def test_a_first_operation_of_no_pieces_names_itself() -> None:
    refusal = refusal_of(order(quantity=0))

    assert refusal.details == {"previous": "010", "work_center": LATHE, "arrived": 0}


def test_whoever_insists_works_out_of_order() -> None:
    assert start(order(), 20, MILL, insists=True) == ("out_of_order",)


def test_a_finished_operation_is_not_started_by_a_stray_scan() -> None:
    refusal = refusal_of(done(10, 9))

    assert isinstance(refusal, AlreadyDone)
    assert refusal.details == {"order": "WO100245", "operation": "010", "good": 9}


def test_whoever_insists_reopens_an_operation_of_a_completed_order() -> None:
    whole = done(30, whole=done(20, whole=done(10)))
    assert whole.state is OrderState.COMPLETED

    assert isinstance(refusal_of(whole, 30, BENCH), AlreadyDone)
    assert start(whole, 30, BENCH, insists=True) == ("already_done",)


def test_each_broken_rule_is_flagged() -> None:
    assert start(done(10), here=BENCH, insists=True) == ("already_done", "rerouted")
    assert start(order(), 20, LATHE, insists=True) == ("rerouted", "out_of_order")


# Reporting -----------------------------------------------------------------------------------


def test_a_report_of_all_pieces_completes() -> None:
    assert report(running(), 10, Quantities(8, 1, 1)) == (True, ())


def test_a_report_of_some_pieces_keeps_it_running() -> None:
    assert report(running(), 10, Quantities(4)) == (False, ())


def test_a_report_of_all_that_arrived_keeps_running_while_more_will_come() -> None:
    whole = running(20, whole=running(10, 4))

    assert report(whole, 20, Quantities(4)) == (False, ())


def test_a_report_of_all_that_arrived_completes_when_nothing_more_will_come() -> None:
    whole = running(20, whole=done(10, 4))

    assert report(whole, 20, Quantities(4)) == (True, ())


@pytest.mark.parametrize("state", [WAITING, READY, SUSPENDED, COMPLETED])
def test_quantities_need_a_running_operation(state: OperationState) -> None:
    whole = with_operation(order(), 10, state=state)

    with pytest.raises(NotRunning) as refused:
        report(whole, 10, Quantities(1))

    assert refused.value.details["operation"] == "010"


def test_a_report_of_nothing_says_nothing() -> None:
    with pytest.raises(NothingReported):
        report(running(), 10, Quantities())


def test_more_pieces_than_arrived_are_refused() -> None:
    with pytest.raises(TooMany) as refused:
        report(running(10, 8), 10, Quantities(3))

    assert refused.value.details == {"reported": 3, "arrived": 2}


def test_whoever_insists_reports_more_than_arrived() -> None:
    assert report(running(), 10, Quantities(11), insists=True) == (True, ("over_quantity",))


def test_closing_with_fewer_pieces_is_flagged() -> None:
    assert report(running(), 10, Quantities(9), closes_short=True) == (True, ("short",))
    assert report(running(), 10, Quantities(), closes_short=True) == (True, ("short",))


def test_closing_before_all_has_come_is_flagged() -> None:
    whole = running(20, whole=running(10, 4))

    assert report(whole, 20, Quantities(4), closes_short=True) == (True, ("short",))


def test_closing_with_all_pieces_is_not_short() -> None:
    assert report(running(10, 10), 10, Quantities(), closes_short=True) == (True, ())


def test_a_report_on_an_order_held_meanwhile_is_taken_and_flagged() -> None:
    whole = replace(running(), hold="crack found")

    assert report(whole, 10, Quantities(4)) == (False, ("held_meanwhile",))


@pytest.mark.parametrize(
    ("pieces", "what"), [(Quantities(scrap=1), "scrap"), (Quantities(rework=1), "rework")]
)
def test_scrap_and_rework_need_their_reasons(pieces: Quantities, what: str) -> None:
    judge.judge_reasons(pieces, "surface", "deburr")

    with pytest.raises(ReasonNeeded) as refused:
        judge.judge_reasons(pieces, "", "")

    assert refused.value.details == {"what": what}


def test_good_pieces_need_no_reason() -> None:
    judge.judge_reasons(Quantities(10), "", "")


# Pauses and crews ----------------------------------------------------------------------------


def test_a_running_operation_is_paused_with_a_reason() -> None:
    operation = running().operation(10)
    judge.judge_pause(operation, "tool")

    with pytest.raises(ReasonNeeded):
        judge.judge_pause(operation, "")


def test_only_a_running_operation_is_paused() -> None:
    with pytest.raises(NotRunning):
        judge.judge_pause(order().operation(10), "tool")


def test_an_operator_joins_a_running_operation_once() -> None:
    whole = running()
    judge.judge_join(whole, whole.operation(10), BEN)

    with pytest.raises(AlreadyInCrew):
        judge.judge_join(whole, whole.operation(10), ANNA)


def test_nobody_joins_what_does_not_run() -> None:
    with pytest.raises(NotRunning):
        judge.judge_join(order(), order().operation(10), BEN)


def test_nobody_joins_a_held_order() -> None:
    held = replace(running(), hold="crack found")

    with pytest.raises(OrderHeld):
        judge.judge_join(held, held.operation(10), BEN)


def test_only_the_crew_can_leave() -> None:
    operation = running().operation(10)
    judge.judge_leave(operation, ANNA)

    with pytest.raises(NotInCrew) as refused:
        judge.judge_leave(operation, BEN)

    assert refused.value.details == {"badge": BEN}


def test_every_rule_the_floor_may_break_has_a_flag_of_its_own() -> None:
    flags = [rule.flag for rule in FloorRule.__subclasses__()]

    assert len(set(flags)) == len(flags)
    assert set(flags) < judge.FLAGS.keys()
    assert all(judge.FLAGS.values())


# The finish panel ----------------------------------------------------------------------------


def test_the_panel_opens_where_the_operation_runs() -> None:
    assert judge.judge_panel(running().operation(10), LATHE, insists=False) == ()


def test_the_panel_opens_elsewhere_for_whoever_insists() -> None:
    operation = running().operation(10)

    with pytest.raises(WrongWorkCenter):
        judge.judge_panel(operation, BENCH, insists=False)
    assert judge.judge_panel(operation, BENCH, insists=True) == ("rerouted",)
