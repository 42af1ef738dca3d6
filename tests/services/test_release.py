"""Release: one order or many, with checks that can be overridden for a reason, and holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from server.domain.errors import (
    AlreadyReleased,
    ReasonNeeded,
    ReleaseChecksFailed,
    UnknownOrder,
)
from server.domain.events import OrderFreed, OrderHeld, OrderReleased, Override
from server.domain.names import OrderNumber
from server.domain.operations import OperationState
from server.domain.orders import OrderState
from server.services import release
from server.services.ports import Plant, PrintJob
from tests.services.kiosk import journal, order_of, planned, released, sheets
from tests.workshop import BENCH, DISPATCHER, LATHE, MILL, NOON, ORDER, TODAY, Around, plan, routing

WO1, WO2, WO3 = (OrderNumber(f"WO{at}") for at in (1, 2, 3))


def test_release_makes_the_first_operation_ready_and_issues_paper(
    plant: Plant, around: Around
) -> None:
    planned(plant, plan(WO1))
    woken = around.press.woken

    done = release.release(plant, DISPATCHER, [WO1], "")

    assert (done.released, done.refused) == ((WO1,), ())
    whole = order_of(plant, WO1)
    assert (whole.state, whole.released_at) == (OrderState.RELEASED, NOON)
    assert whole.operation(10).state is OperationState.READY
    (sheet,) = sheets(plant, WO1)
    assert (sheet.reason, sheet.issued_by, sheet.print_number) == ("release", "dora", 1)
    assert around.press.woken == woken + 1


def test_release_puts_the_traveler_on_the_spool(plant: Plant) -> None:
    planned(plant, plan(WO1))

    (number,) = release.release(plant, DISPATCHER, [WO1], "").jobs

    job = plant.store.read(lambda books: books.print_job(number))
    assert isinstance(job, PrintJob)
    assert (job.state, job.queued_by, job.document.title) == ("queued", "dora", WO1)
    assert job.document.serials == (sheets(plant, WO1)[0].serial,)


def test_release_tells_every_work_center_of_the_order(plant: Plant, around: Around) -> None:
    released(plant, WO1)

    assert {delta.work_center for delta in around.announcer.told[-1].lists} == {LATHE, MILL, BENCH}


def test_many_orders_are_released_at_once(plant: Plant, around: Around) -> None:
    planned(plant, plan(WO1), plan(WO2), plan(WO3))
    told = len(around.announcer.told)

    done = release.release(plant, DISPATCHER, [WO3, WO1, WO2, WO1], "")

    assert done.released == (WO3, WO1, WO2)
    assert len(done.jobs) == 3
    assert len(around.announcer.told) == told + 1


def test_one_order_that_may_not_be_released_does_not_stop_the_others(plant: Plant) -> None:
    planned(plant, plan(WO1), plan(WO2, revision=""), plan(WO3))

    done = release.release(plant, DISPATCHER, [WO1, WO2, ORDER, OrderNumber("WO9"), WO3], "")

    assert done.released == (WO1, WO3)
    reasons = dict(done.refused)
    assert isinstance(reasons[WO2], ReleaseChecksFailed)
    assert reasons[WO2].details == {"order": WO2, "failed": ["drawing-revision"]}
    assert isinstance(reasons[ORDER], AlreadyReleased)
    assert isinstance(reasons[OrderNumber("WO9")], UnknownOrder)
    assert order_of(plant, WO2).state is OrderState.PLANNED
    assert sheets(plant, WO2) == ()


def test_nothing_released_wakes_no_press(plant: Plant, around: Around) -> None:
    woken, known = around.press.woken, len(journal(plant))

    release.release(plant, DISPATCHER, [ORDER], "")

    assert around.press.woken == woken
    assert len(journal(plant)) == known


def test_failed_checks_are_overridden_with_a_reason_that_is_kept(plant: Plant) -> None:
    planned(plant, plan(WO1, revision="", due=TODAY - timedelta(days=3)))

    done = release.release(plant, DISPATCHER, [WO1], "  customer waits ")

    assert done.released == (WO1,)
    reason = "customer waits"
    overrides = (Override("drawing-revision", reason), Override("lead-time", reason))
    assert OrderReleased(WO1, overrides) in [entry.event for entry in journal(plant)]


def test_blanks_are_no_reason(plant: Plant) -> None:
    planned(plant, plan(WO1, revision=""))

    assert release.release(plant, DISPATCHER, [WO1], "   ").released == ()


def test_an_order_without_a_routing_is_never_released(plant: Plant) -> None:
    planned(plant, plan(WO1, routing=()))

    done = release.release(plant, DISPATCHER, [WO1], "customer waits")

    assert done.released == ()


def test_an_order_at_an_unknown_work_center_can_be_released_for_a_reason(plant: Plant) -> None:
    planned(plant, plan(WO1, routing=routing("PAINT")))

    assert release.release(plant, DISPATCHER, [WO1], "").released == ()
    assert release.release(plant, DISPATCHER, [WO1], "new booth").released == (WO1,)


def test_orders_due_for_release_come_with_their_checks_the_latest_first(plant: Plant) -> None:
    planned(
        plant,
        plan(WO1, planned_release=date(2026, 11, 4)),
        plan(WO2, planned_release=date(2026, 10, 30), revision=""),
        plan(WO3, planned_release=date(2026, 11, 2)),
    )

    due = release.due_for_release(plant, DISPATCHER)

    assert [(one.order.number, one.days_late) for one in due] == [(WO2, 3), (WO3, 0), (WO1, -2)]
    assert [[c.name for c in one.checks if not c.passed] for one in due] == [
        ["drawing-revision"],
        [],
        [],
    ]


def test_no_more_orders_are_shown_than_asked_for(plant: Plant) -> None:
    planned(plant, plan(WO1), plan(WO2), plan(WO3))

    assert len(release.due_for_release(plant, DISPATCHER, limit=2)) == 2


def test_a_hold_is_kept_with_its_reason_and_taken_away(plant: Plant) -> None:
    release.hold(plant, DISPATCHER, ORDER, " crack found ")
    assert order_of(plant).hold == "crack found"
    assert journal(plant)[-1].event == OrderHeld(ORDER, "crack found")

    release.free(plant, DISPATCHER, ORDER)

    assert order_of(plant).hold is None
    assert journal(plant)[-1].event == OrderFreed(ORDER)


def test_a_hold_needs_a_reason(plant: Plant) -> None:
    with pytest.raises(ReasonNeeded):
        release.hold(plant, DISPATCHER, ORDER, "  ")


def test_freeing_what_is_not_held_changes_nothing(plant: Plant) -> None:
    known = len(journal(plant))

    release.free(plant, DISPATCHER, ORDER)

    assert len(journal(plant)) == known


def test_only_orders_that_exist_are_held_and_freed(plant: Plant) -> None:
    with pytest.raises(UnknownOrder):
        release.hold(plant, DISPATCHER, WO1, "crack found")
    with pytest.raises(UnknownOrder):
        release.free(plant, DISPATCHER, WO1)


def test_a_held_order_is_released_only_for_a_reason_and_stays_held(plant: Plant) -> None:
    planned(plant, plan(WO1))
    release.hold(plant, DISPATCHER, WO1, "crack found")

    assert release.release(plant, DISPATCHER, [WO1], "").released == ()
    assert release.release(plant, DISPATCHER, [WO1], "paper only").released == (WO1,)
    assert order_of(plant, WO1) == replace(order_of(plant, WO1), hold="crack found")
