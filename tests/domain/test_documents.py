"""Documents: what each printed page says, line by line, as plain values."""

import json
from dataclasses import replace

from server.domain.documents import (
    Imprint,
    Trial,
    badges_document,
    dispatch_list_document,
    station_labels_document,
    traveler_document,
    try_it_document,
)
from server.domain.names import Serial, StationName, WorkCenterName
from server.domain.orders import WorkOrder
from server.domain.paper import DocumentKind, Sheet, SheetLine, traveler_lines
from server.domain.plant import Operator, Station, WorkCenter
from server.domain.rows import DispatchList, row_of
from server.domain.scan import TravelerLine, Unknown, read
from tests.workshop import ANNA, BEN, BENCH, LATHE, NOON, ORDER, operation_id, order, plan

IMPRINT = Imprint("Northside", "Europe/Berlin", NOON, "dora")
TRAVELER = Sheet(
    Serial("1000001"),
    *(DocumentKind.TRAVELER, "f", NOON, "dora", ORDER),
    print_number=2,
    reason="coffee",
    lines=traveler_lines(order()),
)
LIST_SHEET = Sheet(
    Serial("1000002"),
    *(DocumentKind.DISPATCH_LIST, "version 4", NOON, "dora"),
    work_center=LATHE,
    lines=(SheetLine(1, ORDER, 10),),
)


def test_a_traveler_says_when_and_by_whom_it_was_printed() -> None:
    says = traveler_document(order(), TRAVELER, IMPRINT)

    assert (says["plant"], says["zone"], says["printed_by"]) == (
        "Northside",
        "Europe/Berlin",
        "dora",
    )
    assert (says["serial"], says["print_number"], says["reason"]) == ("1000001", 2, "coffee")
    assert says["printed_at"] == "2026-11-02T12:00:00+00:00"


def test_a_traveler_has_a_line_for_each_operation_of_its_sheet() -> None:
    some = replace(TRAVELER, lines=TRAVELER.lines[:2])

    says = traveler_document(order(), some, IMPRINT)

    first, second = says["operations"]
    assert (first["number"], first["work_center"], first["next"]) == ("010", LATHE, "MILL-1")
    assert first["total_minutes"] == 20 + 10 * 3
    assert read(first["code"]) == TravelerLine(Serial("1000001"), first["line"])
    assert second["line"] == 2


def test_the_order_of_a_traveler_may_not_be_released_yet() -> None:
    planned = WorkOrder.planned(plan())

    assert traveler_document(planned, TRAVELER, IMPRINT)["order"]["released_at"] is None
    assert traveler_document(order(), TRAVELER, IMPRINT)["order"]["released_at"]


def test_a_dispatch_list_counts_the_rows_that_are_not_on_the_paper() -> None:
    whole, other = order(), order("WO2")
    rows = (row_of(other, other.operation(10)), row_of(whole, whole.operation(10)))

    says = dispatch_list_document(
        DispatchList(LATHE, 4, 9, rows), WorkCenter(LATHE, "Lathe"), LIST_SHEET, IMPRINT
    )

    (row,) = says["rows"]
    assert (row["rank"], row["line"], row["order"]) == (2, 1, ORDER)
    assert (says["version"], says["more"]) == (4, 1)


def test_badges_of_contractors_carry_another_identifier() -> None:
    crew = [Operator(ANNA, "Anna"), Operator(BEN, "Ben", contractor=True)]

    says = badges_document(crew, IMPRINT)

    assert [badge["code"] for badge in says["badges"]] == ["1H4101", "3H4102"]
    assert (says["serial"], says["print_number"]) == ("", 0)


def test_station_labels_name_their_work_centers_known_or_not() -> None:
    stations = [
        Station(StationName("KIOSK-1"), LATHE),
        Station(StationName("KIOSK-2"), WorkCenterName("PAINT")),
    ]

    says = station_labels_document(stations, [WorkCenter(LATHE, "Lathe", "Turning")], IMPRINT)

    assert [label["work_center"] for label in says["stations"]] == [
        {"name": LATHE, "description": "Lathe", "department": "Turning"},
        {"name": "PAINT", "description": "", "department": ""},
    ]


def test_a_try_it_sheet_has_something_to_accept_and_something_to_refuse() -> None:
    trial = Trial(
        [Operator(ANNA, "Anna")],
        [Station(StationName(LATHE), LATHE)],
        [(order(), TRAVELER)],
        "http://127.0.0.1:8080",
    )

    says = try_it_document(trial, [WorkCenter(BENCH)], IMPRINT)

    (excerpt,) = says["travelers"]
    assert [operation["number"] for operation in excerpt["operations"]] == ["010", "020"]
    assert isinstance(read(says["unknown"]), Unknown)
    assert says["address"] == "http://127.0.0.1:8080"


def test_every_document_is_made_of_plain_values() -> None:
    listed = DispatchList(LATHE, 1, 1, (row_of(order(), order().operation(10)),))
    documents = [
        traveler_document(order(), TRAVELER, IMPRINT),
        dispatch_list_document(listed, WorkCenter(LATHE), LIST_SHEET, IMPRINT),
    ]

    assert json.loads(json.dumps(documents)) == documents
    assert documents[1]["rows"][0]["order"] == operation_id().order
