"""Rows become orders: one row for each operation, and no two that disagree."""

import json
from collections.abc import Callable
from typing import Any

from server.exchange.orders import read_orders
from server.services.ports import FileError, Reading
from tests.exchange.writing import as_csv

OnlyError = Callable[[Reading], FileError]


def test_rows_of_an_order_need_not_stand_together_or_in_order(good: dict[str, Any]) -> None:
    rows = [
        good | {"operation": "20"},
        good | {"order": "WO2"},
        good | {"operation": "10"},
    ]

    reading = read_orders("o.csv", as_csv(rows), {})

    assert [(row.plan.number, row.row) for row in reading.plans] == [("WO100245", 2), ("WO2", 3)]
    assert [step.number for step in reading.plans[0].plan.routing] == [10, 20]


def test_rows_that_contradict_each_other_are_errors(
    good: dict[str, Any], the_error: OnlyError
) -> None:
    rows = [good, good | {"operation": "20", "quantity": "41", "due": "31.03.2026"}]

    error = the_error(read_orders("o.csv", as_csv(rows), {}))

    assert (error.row, error.column, error.value) == (3, "quantity", "41")
    assert error.expected == "same-as-row:2"


def test_what_was_said_once_need_not_be_repeated(good: dict[str, Any]) -> None:
    rows = [good, {"order": "WO100245", "part": "", "quantity": "", "due": "",
                   "operation": "20", "work_center": "MILL"}]  # fmt: skip

    reading = read_orders("o.csv", as_csv(rows), {})

    assert reading.errors == ()
    assert len(reading.plans[0].plan.routing) == 2


def test_an_operation_number_may_stand_once_in_an_order(
    good: dict[str, Any], the_error: OnlyError
) -> None:
    error = the_error(read_orders("o.csv", as_csv([good, good | {"operation": "010"}]), {}))

    assert (error.row, error.column, error.expected) == (3, "operation", "first-in-row:2")


def test_errors_inside_nested_json_name_the_operation(the_error: OnlyError) -> None:
    steps = [{"number": 10, "work_center": "L"}, {"number": "ten", "work_center": "M"}]
    order = {"number": "A", "part": "P", "quantity": 1, "due": "2026-01-01", "operations": steps}

    error = the_error(read_orders("o.json", json.dumps([order, order | {"number": "B"}]).encode()
                                  .replace(b"ten", b"20", 1), {}))  # fmt: skip

    assert (error.row, error.column, error.value) == (2, "operations[2].number", "ten")


def test_too_many_operations_are_refused(good: dict[str, Any], the_error: OnlyError) -> None:
    rows = [good | {"operation": str(n)} for n in range(1, 103)]

    error = the_error(read_orders("o.csv", as_csv(rows), {}))

    assert (error.row, error.column, error.expected) == (101, "operation", "max-operations:99")
