"""Each wrong cell gives its own error, with the place where it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from server.exchange.orders import read_orders
from server.services.ports import FileError, Reading
from tests.exchange.conftest import Read
from tests.exchange.writing import as_csv

DATES = "date:2000-01-01..2099-12-31"
PRIORITIES = "one-of:1,2,3,4,5,6,7,8,9,hot,high,normal,low"
OnlyError = Callable[[Reading], FileError]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("order", "WO+1", "no-plus"),
        ("order", "1E+05", "no-plus"),
        ("order", "W" * 21, "max-length:20"),
        ("order", "WO 1", "order-number"),
        ("order", "ÄÖ", "order-number"),
        ("order", "1234567Q5", "order-number"),
        ("order", "", "required"),
        ("part", "", "required"),
        ("part", "P" * 41, "max-length:40"),
        ("part", "a\tb", "no-control-characters"),
        ("part", "a\x00b", "no-control-characters"),
        ("part", "a\u202eb", "no-control-characters"),
        ("revision", "R" * 21, "max-length:20"),
        ("description", "line\nbreak", "no-control-characters"),
        ("description", "d" * 201, "max-length:200"),
        ("quantity", "", "required"),
        ("quantity", "0", "whole-number:1..9999999"),
        ("quantity", "-5", "whole-number:1..9999999"),
        ("quantity", "1.5", "whole-number:1..9999999"),
        ("quantity", "10000000", "whole-number:1..9999999"),
        ("quantity", "1e99", "whole-number:1..9999999"),
        ("quantity", "many", "whole-number:1..9999999"),
        ("quantity", "1.00.000", "whole-number:1..9999999"),
        ("due", "", "required"),
        ("due", "1900-01-01", DATES),
        ("due", "1.1.1900", DATES),
        ("due", "1/1/1900", DATES),
        ("due", "1", DATES),
        ("due", "2026-02-30", DATES),
        ("due", "31.04.2026", DATES),
        ("due", "29.02.2027", DATES),
        ("due", "soon", DATES),
        ("due", "2026-13-01", DATES),
        ("due", "03/04/2026", "unambiguous-date"),
        ("due", "03-04-2026", "unambiguous-date"),
        ("planned_release", "2100-01-01", DATES),
        ("priority", "0", PRIORITIES),
        ("priority", "10", PRIORITIES),
        ("priority", "urgent-ish", PRIORITIES),
        ("hot", "maybe", "one-of:yes,no"),
        ("operation", "", "required"),
        ("operation", "0", "whole-number:1..9999"),
        ("operation", "10000", "whole-number:1..9999"),
        ("operation", "10A", "whole-number:1..9999"),
        ("work_center", "", "required"),
        ("work_center", "LATHE-1;LATHE-2", "one-work-center"),
        ("work_center", "W" * 41, "max-length:40"),
        ("alternates", ";".join(f"L{n}" for n in range(21)), "max-alternates:20"),
        ("alternates", "OK;" + "W" * 41, "max-length:40"),
        ("operation_description", "d" * 201, "max-length:200"),
        ("setup_minutes", "-1", "number:0..100000"),
        ("setup_minutes", "1h", "number:0..100000"),
        ("run_minutes", "100000.1", "number:0..100000"),
        ("run_hours", "1667", "number:0..1666"),
    ],
)
def test_a_wrong_cell_is_named_with_what_was_expected(
    read_row: Read, the_error: OnlyError, column: str, value: str, expected: str
) -> None:
    error = the_error(read_row(**{column: value}))

    assert (error.file, error.row, error.column) == ("orders.csv", 2, column)
    assert error.expected == expected


def test_a_wrong_value_is_shown_cut_and_harmless(read_row: Read, the_error: OnlyError) -> None:
    error = the_error(read_row(part="\x1b[31m" + "x" * 500))

    assert error.value.startswith("\\x1b[31mxxx")
    assert error.value.endswith("…")
    assert len(error.value) < 100


def plan_with(read_row: Read, column: str, value: str) -> Any:
    reading = read_row(**{column: value})
    assert reading.errors == ()
    return reading.plans[0].plan


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-03-31 14:30", date(2026, 3, 31)),
        ("2026-03-31T00:00:00", date(2026, 3, 31)),
        ("2026/3/31", date(2026, 3, 31)),
        ("20260331", date(2026, 3, 31)),
        ("31.03.2026", date(2026, 3, 31)),
        ("1.3.26", date(2026, 3, 1)),
        ("03/31/2026", date(2026, 3, 31)),
        ("31/03/2026", date(2026, 3, 31)),
        ("04/04/2026", date(2026, 4, 4)),
        ("46112", date(2026, 3, 31)),
    ],
)
def test_dates_are_read_as_people_write_them(read_row: Read, text: str, day: date) -> None:
    assert plan_with(read_row, "due", text).due == day


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1250", 1250),
        ("1,250", 1250),
        ("1 250", 1250),
        ("1\u00a0250", 1250),
        ("1'250", 1250),
        ("1.250.000", 1_250_000),
        ("40.0", 40),
        ("40,00", 40),
        ("+40", 40),
        ("1E+05", 100_000),
    ],
)
def test_quantities_are_read_as_people_write_them(read_row: Read, text: str, quantity: int) -> None:
    assert plan_with(read_row, "quantity", text).quantity == quantity


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1.125", 1.125), ("0,75", 0.75), ("1.250,5", 1250.5), ("1,250.5", 1250.5), (".5", 0.5)],
)
def test_standard_times_are_read_with_either_mark(
    read_row: Read, text: str, minutes: float
) -> None:
    assert plan_with(read_row, "run_minutes", text).routing[0].run_minutes == minutes


def test_hours_become_minutes(read_row: Read) -> None:
    plan = plan_with(read_row, "setup_hours", "1.5")

    assert plan.routing[0].setup_minutes == 90


@pytest.mark.parametrize(
    ("text", "priority", "hot"),
    [("", 5, False), ("1", 1, False), ("9", 9, False), ("Hot", 1, True), ("high", 3, False),
     ("NORMAL", 5, False), ("niedrig", 7, False), ("eilig", 1, True)],
)  # fmt: skip
def test_priority_is_a_number_or_a_word(
    read_row: Read, text: str, priority: int, *, hot: bool
) -> None:
    plan = plan_with(read_row, "priority", text)

    assert (plan.priority, plan.hot) == (priority, hot)


@pytest.mark.parametrize("text", ["yes", "X", "Ja", "true", "1", "wahr"])
def test_hot_is_said_in_many_words(read_row: Read, text: str) -> None:
    assert plan_with(read_row, "hot", text).hot


@pytest.mark.parametrize("text", ["A;B", "A | B", "A,B", ";A;;B;A"])
def test_alternates_are_parted_by_any_separator(read_row: Read, text: str) -> None:
    assert plan_with(read_row, "alternates", text).routing[0].alternates == ("A", "B")


def test_a_work_center_is_no_alternate_of_itself(read_row: Read) -> None:
    assert plan_with(read_row, "alternates", "LATHE-1;MILL").routing[0].alternates == ("MILL",)


def test_order_numbers_are_in_capitals(read_row: Read) -> None:
    assert plan_with(read_row, "order", " wo-1/a ").number == "WO-1/A"


def test_planned_release_leaves_room_for_the_routing(good: dict[str, Any]) -> None:
    # 40 pieces of 60 minutes and an hour of setup are 41 hours: two days.
    rows = [good | {"setup_hours": "1", "run_minutes": "60"}]

    plan = read_orders("o.csv", as_csv(rows), {}).plans[0].plan

    assert plan.planned_release == date(2026, 3, 29)


def test_planned_release_never_leaves_the_calendar(good: dict[str, Any]) -> None:
    rows = [good | {"quantity": "9999999", "run_minutes": "100000"}]

    plan = read_orders("o.csv", as_csv(rows), {}).plans[0].plan

    assert plan.planned_release == date(2000, 1, 1)


@pytest.mark.parametrize(
    ("delimiter", "value", "expected"),
    [(";", "1.250", "unambiguous-number"), (";", "1,250", "unambiguous-number"),
     ("\t", "1.250", "unambiguous-number")],
)  # fmt: skip
def test_a_number_that_may_be_two_is_refused(
    good: dict[str, Any], the_error: OnlyError, delimiter: str, value: str, expected: str
) -> None:
    reading = read_orders("o.csv", as_csv([good | {"quantity": value}], delimiter), {})

    assert the_error(reading).expected == expected


def test_other_numbers_of_a_file_show_its_decimal_mark(good: dict[str, Any]) -> None:
    rows = [good | {"quantity": "1.250", "run_minutes": "0,75"}]

    plan = read_orders("o.csv", as_csv(rows, ";"), {}).plans[0].plan

    assert (plan.quantity, plan.routing[0].run_minutes) == (1250, 0.75)


def test_a_file_that_shows_both_marks_shows_none(good: dict[str, Any]) -> None:
    rows = [good | {"quantity": "1.250", "run_minutes": "0,75", "setup_minutes": "0.5"}]

    errors = read_orders("o.csv", as_csv(rows, ";"), {}).errors

    assert [error.expected for error in errors] == ["unambiguous-number"]


def test_other_dates_of_a_file_show_the_order_of_day_and_month(good: dict[str, Any]) -> None:
    rows = [good | {"due": "04/13/2026", "planned_release": "03/04/2026"}]

    plan = read_orders("o.csv", as_csv(rows), {}).plans[0].plan

    assert plan.planned_release == date(2026, 3, 4)


def test_a_mapping_tells_how_dates_and_numbers_are_written(good: dict[str, Any]) -> None:
    rows = [good | {"due": "03/04/2026", "quantity": "1.250"}]
    mapping = {"dates.order": "dmy", "numbers.decimal": ","}

    plan = read_orders("o.csv", as_csv(rows), mapping).plans[0].plan

    assert (plan.due, plan.quantity) == (date(2026, 4, 3), 1250)
