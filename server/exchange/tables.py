"""A file as a table: the same rows of cells, whether it was CSV, XLSX or JSON."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from server.exchange import limits
from server.exchange.findings import Expected, Unfit
from server.services.ports import Progress, unheard

SERIAL_EPOCH = date(1899, 12, 30)
"""Day zero of spreadsheets; 1900 had no 29th of February, but day 60 says so."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value: a spreadsheet error, a formula never calculated, a nest."""

    text: str


Cell = str | bool | int | float | Decimal | datetime | tuple[str, ...] | Broken
"""What a cell holds; the empty text when it holds nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, under the number by which a person finds it in the file."""

    number: int
    cells: tuple[Cell, ...]
    step: int | None = None
    """In nested JSON, which operation of the order it is, from 1."""
    surplus: bool = False
    """The row has more cells than the file has columns."""
    is_without_steps: bool = False
    """In nested JSON, the list of the order's operations is there and empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file and its rows that say something."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int | None = None
    decimal_mark: str | None = None
    """The mark that numbers in text have when nothing shows another."""
    epoch: date = SERIAL_EPOCH


class RowCount:
    """Counts the rows of a table, tells how many, and refuses the one that is too many."""

    def __init__(self, progress: Progress = unheard) -> None:
        self._rows = 0
        self._progress = progress

    def add(self, number: int) -> None:
        """Count a row that says something."""
        self._rows += 1
        if self._rows > limits.ROWS:
            raise Unfit(Expected.MAX_ROWS.of(limits.ROWS), number)
        self._progress(self._rows, None)


Suits = Callable[[Row], bool]
"""Tells whether a header names every column that is needed."""


def begin(rows: Iterator[Row]) -> list[Row]:
    """Return the header and the first row below it, as far as there are any."""
    return list(islice(rows, 2))


def is_hopeless(begun: Sequence[Row], suits: Suits) -> bool:
    """Tell whether a table lacks what no other row can mend: its header, with rows below it."""
    return len(begun) > 1 and not suits(begun[0])


def table(header: Row, rows: tuple[Row, ...], decimal_mark: str | None = None) -> Table:
    """Return a table whose first row names the columns."""
    if not rows:
        raise Unfit(Expected.ORDER_ROWS, header.number)
    return Table(columns_of(header), rows, header.number, decimal_mark)


def columns_of(header: Row) -> tuple[str, ...]:
    """Return the names of the columns that stand in a header."""
    return tuple(as_text(cell).strip() for cell in header.cells)


def fitted(number: int, cells: tuple[Cell, ...], width: int | None) -> Row:
    """Return a row of exactly the table's width; the header, of width None, gives the width."""
    if len(cells) > limits.COLUMNS:
        raise Unfit(Expected.MAX_COLUMNS.of(limits.COLUMNS), number)
    if width is None:
        return Row(number, cells)
    missing = ("",) * (width - len(cells))
    return Row(number, (*cells, *missing)[:width], surplus=len(cells) > width)


def trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells without empty ones at the end."""
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return tuple(cells[:end])


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing."""
    return cell == () or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """Return a cell as an error shows it."""
    match cell:
        case str():
            return cell
        case Broken(text):
            return text
        case tuple():
            return ";".join(cell)
        case datetime():
            return cell.isoformat(" ")
        case _:
            return str(cell)
