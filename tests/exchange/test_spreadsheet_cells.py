"""Cells of a spreadsheet are read by their type, and formulas by their saved value."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from server.exchange.orders import read_orders
from server.services.ports import FileError, Reading
from tests.exchange.writing import calculated, sheet

DATES = "date:2000-01-01..2099-12-31"
OnlyError = Callable[[Reading], FileError]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("due", date(1900, 1, 1), DATES),
        ("due", 1, DATES),
        ("due", 0.5, DATES),
        ("due", True, DATES),
        ("quantity", 1.5, "whole-number:1..9999999"),
        ("quantity", True, "whole-number:1..9999999"),
        ("part", date(2026, 1, 2), "text"),
        ("part", True, "text"),
        ("part", "#REF!", "cell-value"),
        ("quantity", "#N/A", "cell-value"),
        ("quantity", "=1+1", "cell-value"),
    ],
)
def test_a_wrong_spreadsheet_cell_is_named_with_what_was_expected(
    good: dict[str, Any], the_error: OnlyError, column: str, value: object, expected: str
) -> None:
    row = good | {column: value}

    error = the_error(read_orders("o.xlsx", sheet([list(row), list(row.values())]), {}))

    assert (error.row, error.column, error.expected) == (2, column, expected)


@pytest.mark.parametrize(
    ("column", "value"),
    [("order", 100245), ("order", 100245.0), ("due", 46112), ("due", 46112.5),
     ("due", 20260331), ("quantity", 40.0), ("operation", "010"), ("hot", True)],
)  # fmt: skip
def test_spreadsheet_cells_are_read_by_their_type(
    good: dict[str, Any], column: str, value: object
) -> None:
    row = good | {column: value}

    reading = read_orders("o.xlsx", sheet([list(row), list(row.values())]), {})

    assert reading.errors == ()
    assert reading.plans[0].plan.number in {"WO100245", "100245"}
    assert reading.plans[0].plan.due == date(2026, 3, 31)


def test_an_empty_formula_value_is_an_empty_cell(good: dict[str, Any]) -> None:
    row = good | {"description": '=""'}
    content = calculated(sheet([list(row), list(row.values())]), "str", "")

    assert read_orders("o.xlsx", content, {}).plans[0].plan.description == ""


def test_a_formula_counts_as_its_value(good: dict[str, Any]) -> None:
    row = good | {"quantity": "=20*2"}
    content = calculated(sheet([list(row), list(row.values())]), "n", "40")

    assert read_orders("o.xlsx", content, {}).plans[0].plan.quantity == 40
