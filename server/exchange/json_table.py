"""JSON files: a list of orders with their operations inside, or a flat list of rows."""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from server.exchange import limits
from server.exchange.decoding import decoded
from server.exchange.findings import Expected, Unfit
from server.exchange.tables import Broken, Cell, Row, RowCount, Table

LIST_KEY = "orders"
STEPS_KEY = "operations"
STEP_PREFIX = f"{STEPS_KEY}."
"""What stands before the name of a column that comes from inside an operation."""


class _Object(tuple[tuple[str, object], ...]):
    """A JSON object as it stands in the file: a key may be there twice."""

    __slots__ = ()


def read_json(content: bytes, count: RowCount) -> Table:
    """Return the table in a JSON file, its rows counted; raise Unfit when there is none."""
    columns: dict[str, int] = {}
    lines = list(_lines(_records(_parsed(decoded(content))), columns, count))
    if not columns:
        raise Unfit(Expected.ORDER_ROWS)
    rows = (
        Row(
            number,
            tuple(values.get(at, "") for at in range(len(columns))),
            step or None,
            is_without_steps=step == NO_STEP,
        )
        for number, step, values in lines
    )
    return Table(tuple(columns), tuple(rows), decimal_mark=".")


def _parsed(text: str) -> object:
    if not text.strip():
        raise Unfit(Expected.NOT_EMPTY)
    try:
        return json.loads(
            text,
            object_pairs_hook=_Object,
            parse_float=Decimal,
            # NaN and Infinity are no JSON; as text they are refused where a number belongs.
            parse_constant=str,
        )
    except json.JSONDecodeError as error:
        raise Unfit(Expected.WELL_FORMED.of("json"), error.lineno) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unfit(Expected.WELL_FORMED.of("json")) from error


def _records(document: object) -> list[object]:
    if isinstance(document, _Object):
        document = next((value for key, value in document if key == LIST_KEY), None)
    if not isinstance(document, list):
        raise Unfit(Expected.ORDER_ROWS)
    return document


Line = tuple[int, int | None, dict[int, Cell]]
"""Number of the record, number of the operation in it, cells by column."""
NO_STEP = 0
"""Stands for the number of the operation where the list of them is empty."""


def _lines(records: list[object], columns: dict[str, int], count: RowCount) -> Iterator[Line]:
    for number, record in enumerate(records, start=1):
        order = _cells(number, record, columns, "")
        for place, step in _steps(record):
            count.add(number)
            if place:
                yield number, place, order | _cells(number, step, columns, STEP_PREFIX)
            else:
                yield number, place, order


def _steps(record: object) -> Iterator[tuple[int | None, object]]:
    """Yield the operations inside an order with their places; a flat row has no place."""
    pairs = record if isinstance(record, _Object) else ()
    steps = next((value for key, value in pairs if key == STEPS_KEY), None)
    if isinstance(steps, list) and steps:
        yield from enumerate(steps, start=1)
    else:
        yield (NO_STEP if steps == [] else None), None


def _cells(number: int, record: object, columns: dict[str, int], prefix: str) -> dict[int, Cell]:
    if not isinstance(record, _Object):
        raise Unfit(Expected.WELL_FORMED.of("json"), number)
    twice = [key for key, times in Counter(key for key, _ in record).items() if times > 1]
    if twice:
        raise Unfit(Expected.ONE_COLUMN.of(prefix + twice[0]), number)
    cells: dict[int, Cell] = {}
    for key, value in record:
        if prefix or key != STEPS_KEY:
            cells[columns.setdefault(prefix + key, len(columns))] = _cell(value)
    if len(columns) > limits.COLUMNS:
        raise Unfit(Expected.MAX_COLUMNS.of(limits.COLUMNS), number)
    return cells


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str | bool | int | Decimal):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return Broken("{…}" if isinstance(value, _Object) else "[…]")
