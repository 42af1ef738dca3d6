"""Columns are found by our names, by those of other systems, or by a mapping."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from server.exchange.headers import OTHERS, OURS, plain
from server.exchange.mapping import read_mapping
from server.exchange.orders import read_orders
from server.exchange.synonyms import SYNONYMS, Field
from server.services.ports import FileError, Reading
from tests.exchange.writing import as_csv, as_xlsx

OnlyError = Callable[[Reading], FileError]


def renamed(row: dict[str, Any], **names: str) -> dict[str, Any]:
    return {names.get(column, column): cell for column, cell in row.items()}


def test_no_name_stands_for_two_columns() -> None:
    names = [plain(name) for synonyms in SYNONYMS.values() for name in synonyms]

    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert OURS.keys() & OTHERS.keys() == set()
    assert set(SYNONYMS) == set(Field)


@pytest.mark.parametrize(
    "name", ["ORDER", "Work Order", "work_order", "WORK-ORDER NO.", "Aufnr", "Fertigungsauftrag"]
)
def test_names_are_compared_without_case_and_punctuation(good: dict[str, Any], name: str) -> None:
    assert read_orders("o.csv", as_csv([renamed(good, order=name)]), {}).errors == ()


@pytest.mark.parametrize("name", ["Stückzahl", "STUECKZAHL", "Stu\u0308ckzahl"])
def test_umlauts_may_be_spelt_out(good: dict[str, Any], name: str) -> None:
    assert read_orders("o.csv", as_csv([renamed(good, quantity=name)]), {}).errors == ()


def test_missing_columns_are_all_reported_at_once(good: dict[str, Any]) -> None:
    del good["due"], good["operation"]

    errors = read_orders("o.csv", as_csv([good | {"quantity": "x"}]), {}).errors

    assert [(e.row, e.column, e.expected) for e in errors] == [
        (1, "due", "required-column:due"),
        (1, "operation", "required-column:operation"),
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_below_a_header_that_lacks_a_column_are_not_read(
    good: dict[str, Any], kind: str
) -> None:
    del good["due"]
    heard: list[tuple[int, int | None]] = []
    content = {"csv": as_csv, "xlsx": as_xlsx}[kind]([good] * 50)

    errors = read_orders("o", content, {}, lambda *told: heard.append(told)).errors

    assert [e.expected for e in errors] == ["required-column:due"]
    assert len(heard) <= 1


def test_two_columns_for_one_thing_are_both_reported(good: dict[str, Any]) -> None:
    row = renamed(good, due="Due Date") | {"Termin": "2026-04-01"}

    errors = read_orders("o.csv", as_csv([row]), {}).errors

    assert [(e.row, e.column, e.expected) for e in errors] == [
        (1, "Due Date", "one-column:due"),
        (1, "Termin", "one-column:due"),
    ]


def test_minutes_and_hours_of_one_thing_are_both_reported(good: dict[str, Any]) -> None:
    row = good | {"setup_minutes": "1", "setup_hours": "1"}

    errors = read_orders("o.csv", as_csv([row]), {}).errors

    assert [e.expected for e in errors] == [
        "one-column:setup_minutes",
        "one-column:setup_hours",
    ]


def test_our_own_name_wins_over_a_synonym(good: dict[str, Any]) -> None:
    reading = read_orders("o.csv", as_csv([good | {"Item": "00010"}]), {})

    assert (reading.errors, reading.unused) == ((), ("Item",))
    assert reading.plans[0].plan.part == "SHAFT-20"


def test_unknown_columns_are_named_and_do_no_harm(good: dict[str, Any]) -> None:
    reading = read_orders("o.csv", as_csv([good | {"prioritty": "1", "plant": "0001"}]), {})

    assert (reading.errors, reading.unused) == ((), ("prioritty", "plant"))


def test_a_mapping_wins_over_every_name(good: dict[str, Any]) -> None:
    row = good | {"WUNSCHTERMIN": "2026-04-01"}

    reading = read_orders("o.csv", as_csv([row]), {"due": "Wunschtermin"})

    assert reading.plans[0].plan.due.isoformat() == "2026-04-01"
    assert reading.unused == ("due",)


def test_a_mapped_column_must_be_in_the_file(good: dict[str, Any], the_error: OnlyError) -> None:
    error = the_error(read_orders("o.csv", as_csv([good]), {"due": "TERMIN2"}))

    assert (error.row, error.column, error.expected) == (1, "TERMIN2", "column-in-file:due")


MAPPING = b"""
[columns]
order = "AUFNR"
[dates]
order = "dmy"
[numbers]
decimal = ","
"""


def test_a_mapping_file_is_what_the_reader_takes() -> None:
    reading = read_mapping("plant.toml", MAPPING)

    assert reading.errors == ()
    assert reading.mapping == {"order": "AUFNR", "dates.order": "dmy", "numbers.decimal": ","}


def test_a_mapping_file_in_json_says_the_same() -> None:
    content = b'{"order": "AUFNR", "dates.order": "dmy", "numbers.decimal": ","}'

    reading = read_mapping("plant.json", content)

    assert reading == read_mapping("plant.toml", MAPPING)


def test_everything_wrong_with_a_mapping_is_told_at_once() -> None:
    content = b"""
columns = {order = "A", part = "A", color = "B", due = 5, quantity = ""}
dates = {order = "ymd"}
numbers = 5
sheets = {}
"""

    errors = read_mapping("plant.toml", content).errors

    assert sorted((e.column, e.expected.split(":")[0]) for e in errors) == [
        ("color", "known-key"),
        ("columns.due", "text"),
        ("dates.order", "one-of"),
        ("numbers", "known-key"),
        ("order", "one-column"),
        ("part", "one-column"),
        ("quantity", "required"),
        ("sheets", "known-key"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[columns", "well-formed:toml"),
        (b"\xff", "well-formed:toml"),
        (b"a = " + b"[" * 50_000, "well-formed:toml"),
        (b"#" * 64_001, "file-size:64000"),
    ],
)
def test_a_file_that_is_no_mapping_says_why(content: bytes, expected: str) -> None:
    reading = read_mapping("plant.toml", content)

    assert [error.expected for error in reading.errors] == [expected]
    assert reading.mapping == {}


def test_a_wrong_mapping_is_told_before_the_file_is_read(
    good: dict[str, Any], the_error: OnlyError
) -> None:
    error = the_error(read_orders("o.csv", as_csv([good]), {"colour": "X"}))

    assert (error.column, error.value) == ("colour", "X")
