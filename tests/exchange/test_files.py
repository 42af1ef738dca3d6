"""Files as a whole: encodings, delimiters, kinds, limits, and what groups into an order."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from server.exchange import limits
from server.exchange.orders import read_orders
from server.services.ports import FileError, Reading
from tests.exchange.writing import as_csv, as_flat_json, as_xlsx, sheet

OnlyError = Callable[[Reading], FileError]

GERMAN = """\
Auftrag;Teil;Bezeichnung;Menge;Termin;Vorgang;Arbeitsplatz;Stückzeit;Rüstzeit
WO1;W-20;Welle für Prüfstand;1.250;31.03.2026;010;DREHEN-1;0,75;12,5
WO1;W-20;Welle für Prüfstand;1.250;31.03.2026;020;FRÄSEN-1;1,25;
"""


def test_windows_1252_with_semicolons_and_decimal_commas() -> None:
    reading = read_orders("aufträge.csv", GERMAN.encode("windows-1252"), {})

    assert reading.errors == ()
    plan = reading.plans[0].plan
    assert (plan.description, plan.quantity) == ("Welle für Prüfstand", 1250)
    assert [s.work_center for s in plan.routing] == ["DREHEN-1", "FRÄSEN-1"]
    assert [s.run_minutes for s in plan.routing] == [0.75, 1.25]
    assert plan.routing[0].setup_minutes == 12.5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_every_encoding_says_the_same(encoding: str) -> None:
    expected = read_orders("o.csv", GERMAN.encode(), {})

    assert read_orders("o.csv", GERMAN.encode(encoding), {}) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(newline: str) -> None:
    expected = read_orders("o.csv", GERMAN.encode(), {})

    assert read_orders("o.csv", GERMAN.replace("\n", newline).encode(), {}) == expected


def test_a_separator_in_quotes_does_not_mislead_the_header(good: dict[str, Any]) -> None:
    row = good | {"remark; a, b, c, d, e, f, g": "x"}

    reading = read_orders("o.csv", as_csv([row], ";"), {})

    assert (reading.errors, reading.unused) == ((), ("remark; a, b, c, d, e, f, g",))


@pytest.mark.parametrize("delimiter", ["|", ";"])
def test_a_separator_hint_is_obeyed(good: dict[str, Any], delimiter: str) -> None:
    content = f"sep={delimiter}\r\n".encode() + as_csv([good | {"due": "never"}], delimiter)

    assert [error.row for error in read_orders("o.csv", content, {}).errors] == [3]


def test_blank_rows_count_as_rows_but_say_nothing(good: dict[str, Any]) -> None:
    header, row = as_csv([good]).splitlines(keepends=True)

    reading = read_orders("o.csv", b"\n,,\n" + header + b"\n,,,,,\n" + row + b"\n", {})

    assert [planned.row for planned in reading.plans] == [6]


def test_a_row_with_more_cells_than_columns_is_refused(
    good: dict[str, Any], the_error: OnlyError
) -> None:
    content = as_csv([good]).rstrip() + b",5\r\n"

    error = the_error(read_orders("o.csv", content, {}))

    assert (error.row, error.expected) == (2, "no-more-cells:6")


def test_an_open_quote_is_an_error_where_it_begins(
    good: dict[str, Any], the_error: OnlyError
) -> None:
    content = as_csv([good]) + b'"WO2,P,1\r\nWO3,P,1\r\n'

    error = the_error(read_orders("o.csv", content, {}))

    assert (error.row, error.expected) == (3, "well-formed:csv")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("o.csv", b"", "not-empty"),
        ("o.csv", b"\n\n", "not-empty"),
        ("o.csv", b"\xef\xbb\xbf", "not-empty"),
        ("o.csv", b"order,part\n", "order-rows"),
        ("o.csv", b"\x81\x8d", "encoding:utf-8,utf-16,windows-1252"),
        ("o.csv", b"\xff\xfea", "encoding:utf-8,utf-16,windows-1252"),
        ("o.csv", b"%PDF-1.7", "file-type:csv,xlsx,json"),
        ("o.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-type:csv,xlsx,json"),
        ("o.xlsx", b"order,part\n", "file-type:csv,xlsx,json"),
        ("o.xlsx", b"PK\x03\x04", "well-formed:xlsx"),
        ("o.json", b" ", "not-empty"),
        ("o.json", b"[]", "order-rows"),
        ("o.json", b"{}", "order-rows"),
        ("o.json", b"5", "order-rows"),
        ("o.json", b"[{}]", "order-rows"),
        ("o.json", b"[5]", "well-formed:json"),
        ("o.json", b'[{"order": 1}', "well-formed:json"),
        ("o.json", b"[" * 100_000, "well-formed:json"),
        ("o.json", b'[{"order": ' + b"9" * 5_000 + b"}]", "well-formed:json"),
        ("o.json", b'[{"order": 1, "order": 2}]', "one-column:order"),
        ("o.csv", b"a," * 501 + b"b\n", "max-columns:500"),
    ],
)
def test_a_file_that_is_no_list_of_orders_says_why(
    the_error: OnlyError, name: str, content: bytes, expected: str
) -> None:
    assert the_error(read_orders(name, content, {})).expected == expected


def test_a_json_order_with_an_empty_list_of_operations_says_just_that(
    the_error: OnlyError,
) -> None:
    order = b'{"number": "WO1", "part": "P", "quantity": 1, "due": "2026-03-31", "operations": []}'
    good = order.replace(b"WO1", b"WO2").replace(b"[]", b'[{"number": 10, "work_center": "A"}]')

    alone = the_error(read_orders("o.json", b"[" + order + b"]", {}))
    among = the_error(read_orders("o.json", b"[" + good + b"," + order + b"]", {}))

    for error, row in ((alone, 1), (among, 2)):
        assert (error.row, error.column, error.value) == (row, "operations", "[]")
        assert error.expected == "some-operations"


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_flat_json])
def test_progress_is_told_row_by_row(
    good: dict[str, Any], write: Callable[[list[dict[str, Any]]], bytes]
) -> None:
    told: list[tuple[int, int | None]] = []
    rows = [good | {"order": f"WO{at}"} for at in range(3)]

    read_orders("o", write(rows), {}, lambda done, of: told.append((done, of)))

    assert told == [(1, None), (2, None), (3, None), (1, 3), (2, 3), (3, 3)]


def test_a_workbook_without_rows_says_so(the_error: OnlyError) -> None:
    assert the_error(read_orders("o.xlsx", sheet([]), {})).expected == "not-empty"
    assert the_error(read_orders("o.xlsx", sheet([["order"]]), {})).expected == "order-rows"


def test_another_zip_file_is_no_workbook(the_error: OnlyError) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "hello")

    error = the_error(read_orders("o.xlsx", content.getvalue(), {}))

    assert error.expected == "file-type:csv,xlsx,json"


@pytest.mark.parametrize("member", ["xl/worksheets/sheet9.xml", "xl/media/image1.png"])
def test_a_zip_bomb_stays_packed(good: dict[str, Any], the_error: OnlyError, member: str) -> None:
    content = io.BytesIO(as_xlsx([good]))
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(member, "w", force_zip64=True) as bomb,
    ):
        for _ in range(151):
            bomb.write(bytes(1_000_000))

    error = the_error(read_orders("o.xlsx", content.getvalue(), {}))

    assert error.expected.startswith("unpacked-size:")


def test_a_sheet_of_nothing_but_empty_rows_stays_packed(
    good: dict[str, Any], the_error: OnlyError
) -> None:
    content = io.BytesIO(as_xlsx([good]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b'<row r="1"/>' * 500_000)

    error = the_error(read_orders("o.xlsx", content.getvalue(), {}))

    assert error.expected == "unpacked-size:5000000"


def test_entities_of_xml_are_not_followed(good: dict[str, Any], the_error: OnlyError) -> None:
    content = io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>'
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx([good]))) as before,
        zipfile.ZipFile(content, "w") as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, bomb + part if name.endswith("sheet1.xml") else part)

    assert the_error(read_orders("o.xlsx", content.getvalue(), {})).expected == "well-formed:xlsx"


def test_only_the_first_sheet_is_read_and_its_stated_size_ignored(good: dict[str, Any]) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(list(good))
    page.append(list(good.values()))
    book.create_sheet("Notes").append(["anything"])
    content = io.BytesIO()
    book.save(content)
    lying = io.BytesIO()
    with zipfile.ZipFile(content) as before, zipfile.ZipFile(lying, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'ref="A1:F2"', b'ref="A1:A1"'))

    reading = read_orders("o.xlsx", lying.getvalue(), {})

    assert [row.plan.number for row in reading.plans] == ["WO100245"]


def test_serial_dates_count_from_the_workbooks_own_epoch(good: dict[str, Any]) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.worksheets[0]
    page.append([*good, "planned_release"])
    page.append([*(good | {"due": date(2026, 3, 31)}).values(), 46112 - 1462])
    content = io.BytesIO()
    book.save(content)

    plan = read_orders("o.xlsx", content.getvalue(), {}).plans[0].plan

    assert plan.due == plan.planned_release


def test_too_large_a_file_is_not_even_looked_at(the_error: OnlyError) -> None:
    error = the_error(read_orders("o.csv", bytes(limits.FILE_BYTES + 1), {}))

    assert error.expected == "file-size:20000000"


def test_too_many_rows_are_refused() -> None:
    header = b"order,part,quantity,due,operation,work_center\n"
    content = header + b"1,2\n" * (limits.ROWS + 1)

    error = read_orders("o.csv", content, {}).errors[-1]

    assert (error.row, error.expected) == (limits.ROWS + 2, "max-rows:200000")


def test_too_many_orders_are_refused(good: dict[str, Any], the_error: OnlyError) -> None:
    rows = [good | {"order": f"WO{n}"} for n in range(limits.ORDERS + 1)]

    error = the_error(read_orders("o.csv", as_csv(rows), {}))

    assert (error.row, error.expected) == (limits.ORDERS + 2, "max-orders:50000")


def test_a_thousand_errors_are_listed_and_the_rest_counted(good: dict[str, Any]) -> None:
    rows = [good | {"order": f"WO{n}", "due": "never"} for n in range(1_234)]

    errors = read_orders("o.csv", as_csv(rows), {}).errors

    assert len(errors) == limits.LISTED_ERRORS + 1
    assert (errors[-1].row, errors[-1].expected) == (None, "more-errors:234")


def test_all_errors_are_told_at_once_in_the_order_of_the_file(good: dict[str, Any]) -> None:
    rows = [
        good | {"quantity": "x", "due": "y"},
        good | {"order": "WO+2"},
        good | {"order": "WO3", "part": ""},
    ]

    errors = read_orders("o.csv", as_csv(rows), {}).errors

    assert [(e.row, e.column, e.expected.split(":")[0]) for e in errors] == [
        (2, "quantity", "whole-number"),
        (2, "due", "date"),
        (3, "order", "no-plus"),
        (4, "part", "required"),
    ]


def test_json_numbers_of_any_size_are_refused_and_not_expanded(
    good: dict[str, Any], the_error: OnlyError
) -> None:
    content = as_flat_json([good]).replace(b'"40"', b"9e999999")

    assert the_error(read_orders("o.json", content, {})).column == "quantity"


def test_a_name_without_ending_is_judged_by_its_content(good: dict[str, Any]) -> None:
    readings = [read_orders("o", w([good]), {}) for w in (as_csv, as_xlsx, as_flat_json)]

    assert [reading.errors for reading in readings] == [(), (), ()]
    assert len({reading.plans[0].plan for reading in readings}) == 1


def test_an_unusual_compression_is_refused(good: dict[str, Any], the_error: OnlyError) -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx([good]))) as before,
        zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))

    assert the_error(read_orders("o.xlsx", content.getvalue(), {})).expected == "well-formed:xlsx"
