"""Planning: an import creates, updates or leaves alone, all of it or nothing."""

from typing import Any

import pytest

from server.domain.events import OrderPlanned, OrderReplanned, SheetSuperseded
from server.domain.names import OrderNumber
from server.domain.operations import OperationState
from server.domain.orders import OrderState, Plan
from server.services.planning import ImportReport, changes, import_orders
from server.services.ports import FileError, PlannedRow, Plant, Reading
from tests.services.kiosk import Kiosk, journal, operation_of, order_of, planned, rows, sheets
from tests.workshop import (
    BENCH,
    DISPATCHER,
    LATHE,
    MILL,
    ORDER,
    Around,
    plan,
    routing,
    step,
)

WO1, WO2, WO3 = (OrderNumber(f"WO{at}") for at in (1, 2, 3))
ERROR = FileError("orders.csv", 3, "due", "31.2.2026", "date")


def test_new_orders_are_planned(plant: Plant) -> None:
    report = planned(plant, plan(WO1), plan(WO2))

    assert report == ImportReport(dry_run=False, created=(WO1, WO2))
    assert order_of(plant, WO1).state is OrderState.PLANNED
    assert [e.event for e in journal(plant)[-2:]] == [
        OrderPlanned(plan(WO1)),
        OrderPlanned(plan(WO2)),
    ]


def test_importing_again_changes_nothing(plant: Plant, around: Around) -> None:
    planned(plant, plan(WO1), plan(WO2))
    told, known = len(around.announcer.told), len(journal(plant))

    report = planned(plant, plan(WO1), plan(WO2))

    assert report == ImportReport(dry_run=False, unchanged=(WO1, WO2))
    assert (len(around.announcer.told), len(journal(plant))) == (told, known)


def test_progress_is_told_order_by_order(plant: Plant) -> None:
    told: list[tuple[int, int | None]] = []
    new = rows(plan(WO1), plan(WO2))

    import_orders(plant, DISPATCHER, new, progress=lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]


def test_what_changed_is_reported_by_name(plant: Plant) -> None:
    planned(plant, plan(WO1))
    new = plan(WO1, quantity=12, hot=True, routing=(*routing(LATHE, BENCH), step(40, MILL)))

    report = planned(plant, new)

    changed = ("quantity", "hot", "operation 020", "operation 030", "operation 040")
    assert report.updated == ((WO1, changed),)
    assert journal(plant)[-1].event == OrderReplanned(new, changed)
    assert order_of(plant, WO1).plan == new


@pytest.mark.parametrize(
    "field", ["part", "revision", "description", "quantity", "planned_release", "priority", "hot"]
)
def test_every_field_of_a_plan_is_compared(field: str) -> None:
    other: dict[str, Any] = {
        "part": "X",
        "revision": "X",
        "description": "X",
        "quantity": 11,
        "planned_release": plan().due,
        "priority": 1,
        "hot": True,
    }

    assert changes(plan(), plan(**{field: other[field]})) == (field,)


def test_plans_that_say_the_same_differ_in_nothing() -> None:
    reversed_routing = tuple(reversed(plan().routing))

    assert changes(plan(), plan()) == ()
    assert changes(plan(), plan(routing=reversed_routing)) == ()


def test_a_dry_run_reports_and_changes_nothing(plant: Plant, around: Around) -> None:
    planned(plant, plan(WO1))
    told, known = len(around.announcer.told), len(journal(plant))
    new = rows(plan(WO1, quantity=12), plan(WO2), plan())

    report = import_orders(plant, DISPATCHER, new, dry_run=True)

    assert report == ImportReport(
        dry_run=True, created=(WO2,), updated=((WO1, ("quantity",)),), unchanged=(ORDER,)
    )
    assert (len(around.announcer.told), len(journal(plant))) == (told, known)
    assert order_of(plant, WO1).plan.quantity == 10


def test_a_file_with_an_error_changes_nothing(plant: Plant) -> None:
    known = len(journal(plant))
    (good,) = rows(plan(WO1))

    report = import_orders(plant, DISPATCHER, [good, Reading((), (ERROR,))])

    assert report == ImportReport(dry_run=False, errors=(ERROR,))
    assert len(journal(plant)) == known


def test_an_order_is_taken_from_one_place_only(plant: Plant) -> None:
    first, second = rows(plan(WO1)), rows(plan(WO2), plan(WO1))

    report = import_orders(plant, DISPATCHER, [*first, *second])

    assert report.errors == (FileError("orders.csv", 3, "order", WO1, "once:orders.csv:2"),)
    assert report.created == ()


def test_an_order_that_cannot_follow_its_plan_stops_the_whole_import(plant: Plant) -> None:
    Kiosk(plant).finish()
    known = len(journal(plant))

    report = planned(plant, plan(WO1), plan(quantity=9))

    error = FileError("orders.csv", 3, "quantity", "9", "at-least-reported:10")
    assert report == ImportReport(dry_run=False, errors=(error,))
    assert len(journal(plant)) == known


def test_every_order_that_cannot_follow_its_plan_is_named(plant: Plant) -> None:
    planned(plant, plan(WO1))
    lathe = Kiosk(plant)
    lathe.start()
    lathe.count(4)

    report = planned(plant, plan(quantity=3), plan(WO1, quantity=0))

    assert [error.expected for error in report.errors] == ["at-least-reported:4"]


def test_a_closed_order_stays_as_it_is(plant: Plant) -> None:
    Kiosk(plant, LATHE).finish(10)
    Kiosk(plant, MILL).finish(20)
    Kiosk(plant, BENCH).finish(30)

    report = planned(plant, plan(quantity=12))

    assert report.errors == (FileError("orders.csv", 2, "order", ORDER, "open-order:completed"),)


def test_a_closed_order_in_the_next_export_is_no_error(plant: Plant) -> None:
    Kiosk(plant, LATHE).finish(10)
    Kiosk(plant, MILL).finish(20)
    Kiosk(plant, BENCH).finish(30)

    assert planned(plant, plan()).unchanged == (ORDER,)


def test_a_running_operation_cannot_be_dropped(plant: Plant) -> None:
    Kiosk(plant).start()

    report = planned(plant, plan(routing=(step(20, MILL),)))

    assert report.errors == (FileError("orders.csv", 2, "operation", "010", "running-operation"),)


# Orders on the floor -------------------------------------------------------------------------


def test_operations_come_and_go_on_a_released_order(plant: Plant) -> None:
    Kiosk(plant).finish()

    planned(plant, plan(routing=(step(10, LATHE), step(15, BENCH), step(30, BENCH))))

    assert [(o.number, o.arrived, o.state.value) for o in order_of(plant).operations] == [
        (10, 10, "completed"),
        (15, 10, "ready"),
        (30, 0, "waiting"),
    ]


def test_a_new_quantity_reaches_the_screens(plant: Plant, around: Around) -> None:
    planned(plant, plan(quantity=12))

    deltas = around.announcer.told[-1].lists
    assert {row.quantity for delta in deltas for row in delta.rows} == {12}
    assert {delta.work_center for delta in deltas} == {LATHE, MILL, BENCH}
    assert operation_of(plant).arrived == 12


def superseding(plant: Plant) -> list[SheetSuperseded]:
    return [e.event for e in journal(plant) if isinstance(e.event, SheetSuperseded)]


def test_paper_that_says_what_is_true_no_more_is_superseded(plant: Plant) -> None:
    (sheet,) = sheets(plant)

    planned(plant, plan(quantity=12, revision="D"))

    assert superseding(plant) == [SheetSuperseded(sheet.serial, "revision, quantity", order=ORDER)]
    assert Kiosk(plant).line().details == {
        "serial": sheet.serial,
        "order": ORDER,
        "replaced_by": None,
    }


@pytest.mark.parametrize("new", [plan(hot=True), plan(priority=1)])
def test_hurry_supersedes_no_paper(plant: Plant, new: Plan) -> None:
    planned(plant, new)

    assert superseding(plant) == []
    assert order_of(plant).plan == new


def test_where_the_floor_rerouted_hurry_still_supersedes_no_paper(plant: Plant) -> None:
    Kiosk(plant, BENCH).start(insists=True)

    planned(plant, plan(hot=True))

    assert superseding(plant) == []
    assert operation_of(plant).work_center == BENCH
    assert operation_of(plant).state is OperationState.RUNNING


def test_a_row_knows_where_it_came_from() -> None:
    (reading,) = rows(plan(WO3))

    assert reading.plans == (PlannedRow(plan(WO3), "orders.csv", 2),)
