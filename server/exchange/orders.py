"""Files of work orders: everything in one, or everything that is wrong with it."""

import warnings
from collections.abc import Mapping
from functools import partial
from pathlib import PurePath

from server.exchange import limits
from server.exchange.csv_table import read_csv
from server.exchange.findings import Expected, Findings, Unfit
from server.exchange.grouping import grouped
from server.exchange.headers import match_columns
from server.exchange.headers import suits as header_suits
from server.exchange.json_table import read_json
from server.exchange.mapping import check_mapping
from server.exchange.rows import RowReader, style_of
from server.exchange.tables import RowCount, Suits, Table
from server.exchange.xlsx_table import read_xlsx
from server.services.ports import Progress, Reading, unheard

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
_TYPES = ("csv", "xlsx", "json")


def _read_json(content: bytes, count: RowCount, _suits: Suits) -> Table:
    """Return the table in a JSON file, which has no header to stop at."""
    return read_json(content, count)


_READERS = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), read_csv),
    **dict.fromkeys((".xlsx", ".xlsm"), read_xlsx),
    ".json": _read_json,
}


def read_orders(
    name: str, content: bytes, mapping: Mapping[str, str], progress: Progress = unheard
) -> Reading:
    """Return everything in a file of work orders, or everything that is wrong with it.

    The keys of a mapping are our column names, `dates.order` and `numbers.decimal`. The plans
    are of use only when there are no errors. Progress is told row by row, twice: while the rows
    are found, of nobody knows how many, and while they are judged, of so many.
    """
    findings = Findings(name)
    check_mapping(mapping, findings)
    if findings:
        return Reading(errors=findings.errors())
    try:
        table = _table(name, content, RowCount(progress), partial(header_suits, mapping))
        columns = match_columns(table, mapping, findings)
        if table.header_row is not None and not columns.are_complete:
            # The rows were not read: what is wrong with the first would be no more than a sample.
            return Reading(errors=findings.errors(), unused=columns.unused)
        reader = RowReader(table, columns, style_of(table, columns, mapping), findings)
        plans = grouped(table, reader, name, progress)
        return Reading(plans, findings.errors(), columns.unused)
    except Unfit as unfit:
        findings.add(unfit.expected, unfit.row)
        return Reading(errors=findings.errors())


def _table(name: str, content: bytes, count: RowCount, suits: Suits) -> Table:
    if len(content) > limits.FILE_BYTES:
        raise Unfit(Expected.FILE_SIZE.of(limits.FILE_BYTES))
    if not content:
        raise Unfit(Expected.NOT_EMPTY)
    looks_like_json = content.lstrip().startswith((b"{", b"["))
    usual = _read_json if looks_like_json else read_csv
    read = _READERS.get(PurePath(name).suffix.lower(), usual)
    if content.startswith(_ZIP):
        read = read_xlsx
    if content.startswith((_OLD_EXCEL, _PDF)) or (
        read is read_xlsx and not content.startswith(_ZIP)
    ):
        raise Unfit(Expected.FILE_TYPE.of(*_TYPES))
    with warnings.catch_warnings():
        # openpyxl warns of what it cannot keep when it writes; we only read.
        warnings.filterwarnings("ignore", module="openpyxl")
        return read(content, count, suits)
