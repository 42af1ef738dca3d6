"""One row of a file: each cell read as its column wants it, each misfit noted with its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from server.exchange import limits
from server.exchange.amounts import minutes, shown_mark, whole_number
from server.exchange.cells import alternates, order_number, priority, text, work_center, yes_or_no
from server.exchange.days import day, shown_order
from server.exchange.findings import Expected, Findings, Unfit
from server.exchange.headers import Columns
from server.exchange.json_table import STEP_PREFIX, STEPS_KEY
from server.exchange.mapping import DATE_ORDER, DECIMAL_MARK
from server.exchange.synonyms import REQUIRED_IN_STEP, Field
from server.exchange.tables import Broken, Cell, Row, Table, as_text, is_blank

Values = dict[Field, Any]
"""What the cells of a row say; empty ones are absent, misfits are `MISFIT`."""
MISFIT = object()
"""Stands for what a cell says that was refused."""

REQUIRED_IN_ORDER = (Field.ORDER,)
REQUIRED_IN_ROW = (*REQUIRED_IN_ORDER, *REQUIRED_IN_STEP)
_DATES = (Field.DUE, Field.PLANNED_RELEASE)
_MINUTES = {
    Field.SETUP_MINUTES: 1,
    Field.RUN_MINUTES: 1,
    Field.SETUP_HOURS: 60,
    Field.RUN_HOURS: 60,
}
_NUMBERS = (Field.QUANTITY, *_MINUTES)


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes what may be written in two ways; None where nothing says."""

    decimal_mark: str | None
    date_order: str | None
    epoch: date


def style_of(table: Table, columns: Columns, mapping: Mapping[str, str]) -> Style:
    """Return how a file writes numbers and dates: as it was told, or as its cells show."""
    told = mapping.get(DECIMAL_MARK), mapping.get(DATE_ORDER)
    numbers = _cells(table, columns, _NUMBERS)
    dates = _cells(table, columns, _DATES)
    mark = told[0] or shown_mark(numbers) or table.decimal_mark
    return Style(mark, told[1] or shown_order(dates), table.epoch)


def _cells(table: Table, columns: Columns, fields: tuple[Field, ...]) -> set[str]:
    places = [columns.places[field] for field in fields if field in columns.places]
    cells = (row.cells[place] for row in table.rows for place in places if not row.surplus)
    return {cell for cell in cells if isinstance(cell, str)}


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Columns, style: Style, findings: Findings) -> None:
        self._table = table
        self._columns = columns
        self._parsers = _parsers(style)
        self._findings = findings
        # A file says the same few things again and again; each is read once.
        self._known: dict[Field, dict[str, object]] = {field: {} for field in Field}

    def read(self, row: Row) -> Values:
        """Return what a row says, and note what is wrong with it."""
        values: Values = {}
        if row.is_without_steps:
            self._findings.add(Expected.SOME_OPERATIONS, row.number, STEPS_KEY, "[]")
        if row.surplus:
            # Its cells may stand in the wrong columns, so errors in them would mislead.
            self._findings.add(Expected.NO_MORE_CELLS.of(len(self._table.columns)), row.number)
            return values
        for field, place in self._columns.places.items():
            cell = row.cells[place]
            if not is_blank(cell):
                value = self._value(field, cell)
                values[field] = MISFIT if isinstance(value, Unfit) else value
                if isinstance(value, Unfit):
                    self.note(value.expected, row, field)
            elif field in (REQUIRED_IN_ORDER if row.is_without_steps else REQUIRED_IN_ROW):
                self.note(Expected.REQUIRED, row, field)
        return values

    def note(self, expected: str, row: Row, field: Field) -> None:
        """Note that a cell is not what was expected."""
        place = self._columns.places[field]
        column = self._table.columns[place]
        if row.step is not None and column.startswith(STEP_PREFIX):
            column = f"{STEPS_KEY}[{row.step}].{column.removeprefix(STEP_PREFIX)}"
        self._findings.add(expected, row.number, column, as_text(row.cells[place]))

    def has(self, field: Field) -> bool:
        """Tell whether the table has a column for a field."""
        return field in self._columns.places

    def _value(self, field: Field, cell: Cell) -> object:
        if not isinstance(cell, str):
            return self._parsed(field, cell)
        known = self._known[field]
        if cell not in known:
            known[cell] = self._parsed(field, cell)
        return known[cell]

    def _parsed(self, field: Field, cell: Cell) -> object:
        if isinstance(cell, Broken):
            return Unfit(Expected.CELL_VALUE)
        try:
            return self._parsers[field](cell)
        except Unfit as unfit:
            return unfit


def _parsers(style: Style) -> dict[Field, Callable[[Cell], object]]:
    whole = partial(whole_number, mark=style.decimal_mark)
    standard = partial(minutes, mark=style.decimal_mark, highest=limits.MINUTES[1])
    dates = partial(day, order=style.date_order, epoch=style.epoch)
    return {
        Field.ORDER: order_number,
        Field.PART: partial(text, longest=limits.PART_LENGTH),
        Field.REVISION: partial(text, longest=limits.REVISION_LENGTH),
        Field.DESCRIPTION: partial(text, longest=limits.DESCRIPTION_LENGTH),
        Field.QUANTITY: partial(whole, bounds=limits.QUANTITY),
        Field.PRIORITY: priority,
        Field.HOT: yes_or_no,
        Field.OPERATION: partial(whole, bounds=limits.OPERATION_NUMBER),
        Field.WORK_CENTER: work_center,
        Field.ALTERNATES: alternates,
        Field.OPERATION_DESCRIPTION: partial(text, longest=limits.DESCRIPTION_LENGTH),
        **dict.fromkeys(_DATES, dates),
        **{field: partial(standard, minutes_per_unit=unit) for field, unit in _MINUTES.items()},
    }
