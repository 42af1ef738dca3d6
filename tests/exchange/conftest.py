"""A good file of work orders, from which each test spoils what it is about."""

from collections.abc import Callable
from typing import Any

import pytest

from server.exchange.orders import read_orders
from server.services.ports import FileError, Reading
from tests.exchange.writing import as_csv

Read = Callable[..., Reading]

GOOD: dict[str, Any] = {
    "order": "WO100245",
    "part": "SHAFT-20",
    "quantity": "40",
    "due": "2026-03-31",
    "operation": "10",
    "work_center": "LATHE-1",
}


@pytest.fixture
def good() -> dict[str, Any]:
    """Return the cells of one good row."""
    return dict(GOOD)


@pytest.fixture
def read_row() -> Read:
    """Return a reader of a file with one row: the good one with other cells."""

    def read(**cells: str) -> Reading:
        return read_orders("orders.csv", as_csv([GOOD | cells]), {})

    return read


@pytest.fixture
def the_error() -> Callable[[Reading], FileError]:
    """Return how to get at the one error of a reading."""

    def only(reading: Reading) -> FileError:
        assert len(reading.errors) == 1, reading.errors
        return reading.errors[0]

    return only
