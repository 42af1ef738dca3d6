"""XLSX files: the first sheet, its formulas as the values they were saved with."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from defusedxml.ElementTree import ParseError
from openpyxl.workbook.workbook import Workbook

from server.exchange import limits
from server.exchange.findings import Expected, Unfit
from server.exchange.formulas import Place, uncalculated
from server.exchange.tables import (
    Broken,
    Cell,
    Row,
    RowCount,
    Suits,
    Table,
    begin,
    fitted,
    is_hopeless,
    trimmed,
)
from server.exchange.tables import table as table_of

_WORKBOOK = "xl/workbook.xml"
_SHEETS = "xl/worksheets/"
_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ERRORS = frozenset(
    ("#DIV/0!", "#GETTING_DATA", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#SPILL!", "#VALUE!")
)
# openpyxl trusts what it reads: a damaged file surfaces as whatever its code stumbles over.
_DAMAGED = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError),
    *(TypeError, ValueError, ParseError, struct.error, zipfile.BadZipFile, zlib.error),
)


def read_xlsx(content: bytes, count: RowCount, suits: Suits) -> Table:
    """Return the table on the first sheet, cut short when its header does not suit.

    Raises Unfit when there is none; counts the rows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive)
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
    except _DAMAGED as error:
        raise Unfit(Expected.WELL_FORMED.of("xlsx")) from error
    try:
        return _first_sheet(book, content, count, suits)
    finally:
        book.close()


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to too much; zipfile reads no more than is stated here."""
    members = archive.infolist()
    if not any(member.filename == _WORKBOOK for member in members):
        raise Unfit(Expected.FILE_TYPE.of("csv", "xlsx", "json"))
    if not {member.compress_type for member in members} <= _COMPRESSIONS:
        raise Unfit(Expected.WELL_FORMED.of("xlsx"))
    unpacked = sum(member.file_size for member in members)
    other = sum(m.file_size for m in members if not m.filename.startswith(_SHEETS))
    if unpacked > limits.UNPACKED_BYTES or len(members) > limits.ARCHIVE_MEMBERS:
        raise Unfit(Expected.UNPACKED_SIZE.of(limits.UNPACKED_BYTES))
    if other > limits.UNPACKED_OTHER_BYTES:
        raise Unfit(Expected.UNPACKED_SIZE.of(limits.UNPACKED_OTHER_BYTES))
    if any(_is_hollow(member) for member in members):
        raise Unfit(Expected.UNPACKED_SIZE.of(limits.SMALL_PART_BYTES))


def _is_hollow(member: zipfile.ZipInfo) -> bool:
    """Tell whether a part holds next to nothing for its size: millions of empty elements."""
    most = max(limits.SMALL_PART_BYTES, limits.UNPACKED_RATIO * member.compress_size)
    return member.file_size > most


def _first_sheet(book: Workbook, content: bytes, count: RowCount, suits: Suits) -> Table:
    try:
        rows = _said(book, content, count, suits) if book.worksheets else []
    except _DAMAGED as error:
        raise Unfit(Expected.WELL_FORMED.of("xlsx")) from error
    if not rows:
        raise Unfit(Expected.NOT_EMPTY)
    table = table_of(rows[0], tuple(rows[1:]))
    return Table(table.columns, table.rows, table.header_row, epoch=_epoch(book))


def _said(book: Workbook, content: bytes, count: RowCount, suits: Suits) -> list[Row]:
    """Return the rows of the first sheet that say something; only here does openpyxl read it."""
    sheet: Any = book.worksheets[0]
    # What a file says of its own size is often wrong, and must not make us allocate.
    sheet.reset_dimensions()
    # Looking for formulas takes as long as reading, so a header that lacks something comes first.
    begun = begin(_rows(sheet, frozenset(), RowCount()))
    if is_hopeless(begun, suits):
        return begun
    without_value = uncalculated(content, sheet._worksheet_path)  # noqa: SLF001 there is no public name for it
    return list(_rows(sheet, without_value, count))


def _rows(
    sheet: Any,  # noqa: ANN401 its own type refuses its own method
    without_value: frozenset[Place],
    count: RowCount,
) -> Iterator[Row]:
    width: int | None = None
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > limits.ROW_POSITION:
            raise Unfit(Expected.MAX_ROWS.of(limits.ROW_POSITION), number)
        cells = enumerate(values, start=1)
        said = trimmed([_cell(value, (number, at) in without_value) for at, value in cells])
        if not said:
            continue
        row = fitted(number, said, width)
        if width is None:
            width = len(row.cells)
        else:
            count.add(number)
        yield row


def _cell(value: object, is_uncalculated: bool) -> Cell:  # noqa: FBT001 a plain pair of facts
    if is_uncalculated:
        return Broken("=")
    match value:
        case None:
            return ""
        case str() if value in _ERRORS:
            return Broken(value)
        case bool() | int() | float() | str() | datetime():
            return value
        case date():
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 a calendar date
        case _:
            return str(value)


def _epoch(book: Workbook) -> date:
    """Return day zero of the workbook's serial dates: some are counted from 1904."""
    return book.epoch.date()
