"""What one cell says: text, names, yes or no, priority; numbers and dates are next door."""

import re
import unicodedata
from decimal import Decimal

from server.domain.names import OrderNumber, WorkCenterName
from server.domain.orders import USUAL_PRIORITY
from server.domain.symbols import is_order_number
from server.exchange import limits
from server.exchange.amounts import whole_number
from server.exchange.findings import Expected, Unfit
from server.exchange.tables import Cell, is_blank

YES = frozenset(("yes", "y", "true", "1", "x", "hot", "ja", "j", "wahr"))
NO = frozenset(("", "no", "n", "false", "0", "-", "nein", "falsch"))
HOT = frozenset(("hot", "expedite", "rush", "eilig", "dringend"))
"""Words in a priority column that make an order hot."""
PRIORITY_WORDS = {
    **dict.fromkeys(HOT, 1),
    **dict.fromkeys(("high", "hoch"), 3),
    **dict.fromkeys(("normal", "medium", "mittel", ""), USUAL_PRIORITY),
    **dict.fromkeys(("low", "niedrig", "gering"), 7),
}
_SEPARATOR = re.compile(r"[;|,]")
_FORBIDDEN = frozenset(("Cc", "Cs", "Zl", "Zp"))
# Characters that turn the direction of writing: with them, paper could say what no screen says.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def text(cell: Cell, longest: int) -> str:
    """Return the text in a cell; a number counts as the text a spreadsheet shows for it."""
    match cell:
        case str():
            said = cell.strip()
        case int() | float() | Decimal() if not isinstance(cell, bool):
            said = _digits(Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell))
        case _:
            raise Unfit(Expected.TEXT)
    if len(said) > longest:
        raise Unfit(Expected.MAX_LENGTH.of(longest))
    if not said.isprintable() and any(map(_is_control, said)):
        raise Unfit(Expected.NO_CONTROL_CHARACTERS)
    return said


def order_number(cell: Cell) -> OrderNumber:
    """Return the order number in a cell, in capitals."""
    said = text(cell, limits.FILE_BYTES)
    if "+" in said:
        raise Unfit(Expected.NO_PLUS)
    if len(said) > limits.ORDER_LENGTH:
        raise Unfit(Expected.MAX_LENGTH.of(limits.ORDER_LENGTH))
    capitals = said.upper() if said.isascii() else said
    if not is_order_number(capitals):
        raise Unfit(Expected.ORDER_NUMBER)
    return OrderNumber(capitals)


def work_center(cell: Cell) -> WorkCenterName:
    """Return the one work center in a cell."""
    said = text(cell, limits.WORK_CENTER_LENGTH)
    if _SEPARATOR.search(said):
        raise Unfit(Expected.ONE_WORK_CENTER)
    return WorkCenterName(said)


def alternates(cell: Cell) -> tuple[WorkCenterName, ...]:
    """Return the work centers in a cell, parted by `;`, `|` or `,`, each once."""
    parts = cell if isinstance(cell, tuple) else _SEPARATOR.split(text(cell, limits.FILE_BYTES))
    names = tuple(dict.fromkeys(work_center(part) for part in parts if part.strip()))
    if len(names) > limits.ALTERNATES:
        raise Unfit(Expected.MAX_ALTERNATES.of(limits.ALTERNATES))
    return names


def yes_or_no(cell: Cell) -> bool:
    """Return whether a cell says yes; an empty one says no."""
    if isinstance(cell, bool):
        return cell
    word = _word(cell)
    if word not in YES | NO:
        raise Unfit(Expected.ONE_OF.of("yes", "no"))
    return word in YES


def priority(cell: Cell) -> tuple[int, bool]:
    """Return the priority in a cell, and whether it makes the order hot."""
    word = _word(cell)
    if word in PRIORITY_WORDS:
        return PRIORITY_WORDS[word], word in HOT
    try:
        return whole_number(cell, limits.PRIORITY, None), False
    except Unfit as error:
        named = ("hot", "high", "normal", "low")
        raise Unfit(Expected.ONE_OF.of(*range(1, limits.PRIORITY[1] + 1), *named)) from error


def _word(cell: Cell) -> str:
    return "" if is_blank(cell) else str(cell).strip().casefold()


def _digits(value: Decimal) -> str:
    """Return a number as text, 4711.0 as 4711; a long one as it came."""
    if value.is_finite() and abs(value.adjusted()) < limits.PART_LENGTH:
        return f"{value.to_integral_value() if value == value.to_integral_value() else value:f}"
    return str(value)


def _is_control(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _FORBIDDEN
