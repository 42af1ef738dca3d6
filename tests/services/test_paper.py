"""Paper: numbered sheets, reprints with a reason, and what goes on the spool."""

import pytest

from server.domain.errors import Invalid, ReasonNeeded, UnknownOrder, UnknownWorkCenter
from server.domain.events import OperatorKept, SheetIssued, SheetSuperseded, StationKept
from server.domain.names import BadgeNumber, OrderNumber, StationName, WorkCenterName
from server.domain.paper import DocumentKind, traveler_fingerprint
from server.domain.plant import Operator
from server.services import paper, release
from server.services.ports import Document, Plant
from tests.services.kiosk import journal, order_of, planned, released, sheets
from tests.workshop import ANNA, BEN, BENCH, DISPATCHER, LATHE, MILL, ORDER, Around, plan, record


def spooled(plant: Plant, job: int) -> Document:
    found = plant.store.read(lambda books: books.print_job(job))
    assert found
    return found.document


def test_a_reprint_has_the_next_print_number_and_its_reason(plant: Plant) -> None:
    paper.print_traveler(plant, DISPATCHER, ORDER, " coffee ")

    new, old = sheets(plant)
    assert (new.print_number, new.reason, new.is_current) == (2, "coffee", True)
    assert (old.superseded_why, old.replaced_by) == ("reprint", new.serial)
    assert new.fingerprint == traveler_fingerprint(order_of(plant))


def test_the_history_of_an_order_says_which_sheet_was_superseded(plant: Plant) -> None:
    (first,) = sheets(plant)
    planned(plant, plan(quantity=12))
    paper.print_traveler(plant, DISPATCHER, ORDER, "coffee")
    paper.print_traveler(plant, DISPATCHER, ORDER, "lost")

    history = plant.store.read(lambda books: books.history(ORDER, 100))

    last, second, _ = sheets(plant)
    assert [e.event for e in history if isinstance(e.event, SheetSuperseded)] == [
        SheetSuperseded(second.serial, "reprint", last.serial, ORDER),
        SheetSuperseded(first.serial, "quantity", order=ORDER),
    ]


def test_a_reprint_needs_a_reason(plant: Plant) -> None:
    with pytest.raises(ReasonNeeded):
        paper.print_traveler(plant, DISPATCHER, ORDER, " ")


def test_the_first_print_needs_none_and_release_replaces_it(plant: Plant) -> None:
    planned(plant, plan("WO1"))
    paper.print_traveler(plant, DISPATCHER, OrderNumber("WO1"), "")

    release.release(plant, DISPATCHER, [OrderNumber("WO1")], "")

    new, first = sheets(plant, "WO1")
    assert (first.reason, first.replaced_by) == ("first print", new.serial)


def test_only_one_sheet_of_an_order_is_current(plant: Plant) -> None:
    for reason in ("coffee", "lost", "torn"):
        paper.print_traveler(plant, DISPATCHER, ORDER, reason)

    assert [sheet.is_current for sheet in sheets(plant)] == [True, False, False, False]
    assert len({sheet.replaced_by for sheet in sheets(plant)}) == 4


def test_only_orders_that_exist_are_printed(plant: Plant) -> None:
    with pytest.raises(UnknownOrder):
        paper.print_traveler(plant, DISPATCHER, OrderNumber("WO9"), "coffee")


def test_printing_wakes_the_press(plant: Plant, around: Around) -> None:
    woken = around.press.woken

    paper.print_badges(plant, DISPATCHER, [])

    assert around.press.woken == woken + 1


def test_a_dispatch_list_is_printed_with_a_line_for_each_row(plant: Plant) -> None:
    released(plant, "WO1", "WO2")

    document = spooled(plant, paper.print_dispatch_list(plant, DISPATCHER, LATHE))

    issued = journal(plant)[-1].event
    assert isinstance(issued, SheetIssued)
    sheet = issued.sheet
    assert (sheet.kind, sheet.work_center, sheet.order) == (
        DocumentKind.DISPATCH_LIST,
        LATHE,
        None,
    )
    assert [(line.line, line.order) for line in sheet.lines] == [
        (1, ORDER),
        (2, "WO1"),
        (3, "WO2"),
    ]
    assert document.serials == (sheet.serial,)
    assert [row["order"] for row in document.context["rows"]] == [ORDER, "WO1", "WO2"]


def test_a_long_list_is_printed_as_far_as_its_codes_reach(plant: Plant) -> None:
    released(plant, *(f"WO{at}" for at in range(100)))

    document = spooled(plant, paper.print_dispatch_list(plant, DISPATCHER, LATHE))

    assert (len(document.context["rows"]), document.context["more"]) == (99, 2)


def test_only_lists_that_exist_are_printed(plant: Plant) -> None:
    with pytest.raises(UnknownWorkCenter):
        paper.print_dispatch_list(plant, DISPATCHER, WorkCenterName("PAINT"))


def test_badges_are_printed_of_everybody_who_works_here(plant: Plant) -> None:
    record(plant, OperatorKept(Operator(BadgeNumber("4103"), "Cem", active=False)))

    everybody = spooled(plant, paper.print_badges(plant, DISPATCHER, []))
    one = spooled(plant, paper.print_badges(plant, DISPATCHER, [BEN]))

    assert [badge["badge"] for badge in everybody.context["badges"]] == [ANNA, BEN]
    assert [badge["badge"] for badge in one.context["badges"]] == [BEN]


def test_badges_of_nobody_are_not_printed(plant: Plant) -> None:
    with pytest.raises(Invalid) as refused:
        paper.print_badges(plant, DISPATCHER, [BadgeNumber("4999")])

    (error,) = refused.value.details["errors"]
    assert (error["field"], error["expected"]) == ("badges", "known-badge")


def test_labels_are_printed_of_some_stations_or_all(plant: Plant) -> None:
    everything = spooled(plant, paper.print_station_labels(plant, DISPATCHER, []))
    one = spooled(plant, paper.print_station_labels(plant, DISPATCHER, [StationName(MILL)]))

    assert [label["name"] for label in everything.context["stations"]] == [BENCH, LATHE, MILL]
    assert [label["name"] for label in one.context["stations"]] == [MILL]


def test_labels_of_no_station_are_not_printed(plant: Plant) -> None:
    with pytest.raises(Invalid) as refused:
        paper.print_station_labels(plant, DISPATCHER, [StationName("NOWHERE")])

    (error,) = refused.value.details["errors"]
    assert (error["field"], error["expected"]) == ("stations", "known-station")


def test_a_try_it_sheet_shows_what_can_be_started_now(plant: Plant) -> None:
    record(plant, StationKept(StationName("SPARE"), LATHE))

    document = spooled(plant, paper.print_try_it(plant, DISPATCHER, "http://127.0.0.1:8080"))

    says = document.context
    assert [traveler["order"]["number"] for traveler in says["travelers"]] == [ORDER]
    assert {"LATHE-2", "SPARE"} <= {station["name"] for station in says["stations"]}
    assert [badge["badge"] for badge in says["badges"]] == [ANNA, BEN]


def test_a_try_it_sheet_leaves_out_what_is_held(plant: Plant) -> None:
    released(plant, "WO1")
    release.hold(plant, DISPATCHER, ORDER, "crack found")

    document = spooled(plant, paper.print_try_it(plant, DISPATCHER, ""))

    assert [t["order"]["number"] for t in document.context["travelers"]] == ["WO1"]


def test_what_is_printed_says_where_when_and_by_whom(plant: Plant) -> None:
    says = spooled(plant, paper.print_badges(plant, DISPATCHER, [])).context

    assert (says["plant"], says["zone"], says["paper"], says["language"], says["printed_by"]) == (
        *("Floorline", "UTC", "A4", "en"),
        "dora",
    )
