"""Numbers as people and spreadsheets write them: 1250, 1,250.5, 1.250,5, 1 250, 1'250."""

import re
from collections.abc import Iterable
from decimal import Decimal
from math import isfinite

from server.exchange.findings import Expected, Unfit
from server.exchange.tables import Cell

MARKS = (".", ",")
"""What may stand before the decimals; the other one then groups thousands."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " "))
_SHAPE = re.compile(r"(?P<sign>[+-]?)(?P<body>[0-9.,' ]{1,40})(?P<exponent>[eE][+-]?[0-9]{1,2})?")
_THOUSANDS = {
    separator: re.compile(rf"[0-9]{{1,3}}({re.escape(separator)}[0-9]{{3}})+")
    for separator in (*MARKS, "'", " ")
}
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""One mark before exactly three digits: thousands or decimals, and nothing in it says which."""
_DIGITS = re.compile(r"[0-9]+")
_PLAIN = re.compile(r"[0-9]*\.?[0-9]+|[0-9]+\.")


def number(cell: Cell, mark: str | None) -> Decimal | None:
    """Return the number in a cell, or None when there is none.

    Raise Unfit when it may be read in two ways and the decimal mark is not known.
    """
    match cell:
        case bool():
            return None
        case int() | Decimal():
            return Decimal(cell)
        case float():
            return Decimal(repr(cell)) if isfinite(cell) else None
        case str():
            return _number_in(cell, mark)
        case _:
            return None


def _number_in(text: str, mark: str | None) -> Decimal | None:
    shape = _SHAPE.fullmatch(text.strip().translate(_SPACES))
    if shape is None:
        return None
    body = shape["body"].strip()
    if _EITHER.fullmatch(body) and mark is None:
        raise Unfit(Expected.UNAMBIGUOUS_NUMBER)
    digits = _ungrouped(body, mark)
    return Decimal(shape["sign"] + digits + (shape["exponent"] or "")) if digits else None


def _ungrouped(body: str, mark: str | None) -> str | None:
    """Return the digits with a decimal point, without separators of thousands."""
    if _DIGITS.fullmatch(body):
        return body
    decimal = mark if mark and _EITHER.fullmatch(body) else decimal_mark(body)
    whole, _, fraction = body.rpartition(decimal) if decimal in body else (body, "", "")
    separators = {c for c in whole if not c.isdigit()}
    if len(separators) > 1 or decimal in separators:
        return None
    for separator in separators:
        if not _THOUSANDS[separator].fullmatch(whole):
            return None
        whole = whole.replace(separator, "")
    plain = f"{whole}.{fraction}" if fraction else whole
    return plain if _PLAIN.fullmatch(plain) else None


def decimal_mark(body: str) -> str:
    """Return the decimal mark of a number that can be read in one way only."""
    last = max(MARKS, key=body.rfind)
    other = MARKS[1 - MARKS.index(last)]
    return other if body.count(last) > 1 and other not in body else last


def shown_mark(cells: Iterable[Cell]) -> str | None:
    """Return the decimal mark that the numbers in some cells show, if they show one and only one.

    `0,75` and `1.250,5` show a comma; `1.250` shows nothing.
    """
    marks = set()
    for cell in cells:
        shape = _SHAPE.fullmatch(cell.strip()) if isinstance(cell, str) else None
        body = shape["body"] if shape else ""
        if any(mark in body for mark in MARKS) and not _EITHER.fullmatch(body):
            marks |= {decimal_mark(body)} if _ungrouped(body, None) else set()
    return marks.pop() if len(marks) == 1 else None


def whole_number(cell: Cell, bounds: tuple[int, int], mark: str | None) -> int:
    """Return the whole number in a cell; raise Unfit when there is none within the bounds."""
    value = number(cell, mark)
    if value is None or not bounds[0] <= value <= bounds[1] or value != int(value):
        raise Unfit(Expected.WHOLE_NUMBER.within(bounds))
    return int(value)


def minutes(cell: Cell, mark: str | None, *, minutes_per_unit: int, highest: int) -> float:
    """Return a standard time in minutes; raise Unfit when there is none within the bounds."""
    value = number(cell, mark)
    bounds = (0, highest // minutes_per_unit)
    if value is None or not bounds[0] <= value <= bounds[1]:
        raise Unfit(Expected.NUMBER.within(bounds))
    return float(value * minutes_per_unit)
