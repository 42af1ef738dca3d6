"""Calendar dates as people and spreadsheets write them."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from server.exchange import limits
from server.exchange.findings import Expected, Unfit
from server.exchange.tables import Cell

ORDERS = ("dmy", "mdy")
"""How day, month and year may follow each other where a slash or hyphen parts them."""

_TIME = r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
_ISO = re.compile(rf"(?P<y>[0-9]{{4}})([-/.])(?P<m>[0-9]{{1,2}})\2(?P<d>[0-9]{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(?P<y>[12][0-9]{3})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_DOTS = re.compile(
    rf"(?P<d>[0-9]{{1,2}})\.\s?(?P<m>[0-9]{{1,2}})\.\s?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_SLASHES = re.compile(rf"([0-9]{{1,2}})([/-])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_SERIAL = re.compile(r"([0-9]{1,6})(?:[.,]0+)?")
_SERIALS = (0, 100_000)
_HIGHEST_COMPACT = 100_000_000
_CENTURY = 2000
_MONTHS = 12


def day(cell: Cell, order: str | None, epoch: date) -> date:
    """Return the date in a cell; raise Unfit when there is none, or one nobody can mean."""
    found = _day(cell, order, epoch)
    if found is None or not limits.DATES[0] <= found <= limits.DATES[1]:
        raise Unfit(Expected.DATE.within(limits.DATES))
    return found


def shown_order(cells: Iterable[Cell]) -> str | None:
    """Return the order of day and month that the dates in some cells show, if it is one.

    `13/02/2026` shows that the day is first; `03/02/2026` shows nothing.
    """
    orders = set()
    for cell in cells:
        shape = _SLASHES.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if shape and (int(shape[1]) > _MONTHS) != (int(shape[3]) > _MONTHS):
            orders.add("dmy" if int(shape[1]) > _MONTHS else "mdy")
    return orders.pop() if len(orders) == 1 else None


def existing(year: int, month: int, day_of_month: int) -> date | None:
    """Return a date, or None when the calendar has no such day."""
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None


def _day(cell: Cell, order: str | None, epoch: date) -> date | None:
    match cell:
        case datetime():
            return cell.date()
        case bool():
            return None
        case int() | float() | Decimal():
            return _numbered(cell, epoch)
        case str():
            return _day_in(cell.strip(), order, epoch)
        case _:
            return None


def _day_in(text: str, order: str | None, epoch: date) -> date | None:
    for pattern in (_ISO, _COMPACT, _DOTS):
        if shape := pattern.fullmatch(text):
            short = len(shape["y"]) == len("26")
            year = int(shape["y"]) + (_CENTURY if short else 0)
            return existing(year, int(shape["m"]), int(shape["d"]))
    if shape := _SLASHES.fullmatch(text):
        return _either_way(int(shape[1]), int(shape[3]), int(shape[4]), order)
    if shape := _SERIAL.fullmatch(text):
        return _numbered(int(shape[1]), epoch)
    return None


def _either_way(first: int, second: int, year: int, order: str | None) -> date | None:
    by_day, by_month = existing(year, second, first), existing(year, first, second)
    if order is not None:
        return by_day if order == "dmy" else by_month
    if by_day and by_month and by_day != by_month:
        raise Unfit(Expected.UNAMBIGUOUS_DATE)
    return by_day or by_month


def _numbered(value: float | Decimal, epoch: date) -> date | None:
    """Return the date behind a serial number, or behind a number such as 20260301."""
    if not _SERIALS[0] <= value < _HIGHEST_COMPACT:
        return None
    if value < _SERIALS[1]:
        return epoch + timedelta(days=int(value))
    shape = _COMPACT.fullmatch(str(int(value))) if value == int(value) else None
    return existing(int(shape["y"]), int(shape["m"]), int(shape["d"])) if shape else None
