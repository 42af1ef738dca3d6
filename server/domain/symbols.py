"""What our own codes say: composing them, and the grammar of every value in them.

FieldRefused (ValueError)
├── BadOrderNumber, BadOperationNumber, BadSerial, BadLineNumber
├── BadQuantity, BadBadge, BadName
└── BadValue, TooLong           any other field, a whole code

Every code is written in capitals: a keyboard wedge with CapsLock on turns the case around, so
case can carry no meaning. Reading is in `server.domain.scan`.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, NewType

from server.domain.names import BadgeNumber, OrderNumber, Serial

LineNumber = NewType("LineNumber", int)
"""The line of an operation on one printed sheet, 0 to 99."""

MAX_LENGTH = 256
"""The longest code that is written or read, in characters."""
LINE_CODE_LENGTH = 10
"""Digits of a traveler line code: sheet serial (7), line (2), check digit (1)."""
SERIAL_LENGTH = 7
"""Digits of a form control number."""
HIGHEST_LINE = 99
HIGHEST_OPERATION = 9999
HIGHEST_QUANTITY = 99_999_999

GS, RS, EOT = "\x1d", "\x1e", "\x04"
"""The separators of ISO/IEC 15434: between fields, between formats, at the end."""

ORDER_NUMBER = r"[A-Z0-9][A-Z0-9./_-]{0,19}"
"""The characters of an order number; `is_order_number` knows two more rules."""
OPERATION_NUMBER = r"[0-9]{1,4}"
BADGE_NUMBER = r"[0-9]{3,8}"
NAME = r"[A-Z0-9][A-Z0-9._-]{0,19}"
"""The name of a station or the code of a command."""
SERIAL = r"[0-9]{7}"
QUANTITY = r"[0-9]{1,8}"

_VALUE = r"[!-`{-~](?:[ -`{-~]{0,48}[!-`{-~])?"
# An order number of this look could be the rest of an envelope that lost its separators or its
# beginning, so none of ours may have it.
_ENVELOPE_REMAINS = re.compile(rf".*10W{SERIAL}.*|{SERIAL}Q[0-9]+")


class Identifier(StrEnum):
    """The data identifiers (ANSI MH10.8.2) that our codes use."""

    ORDER = "W"
    OPERATION_SEQUENCE = "1W"
    ORDER_OPERATION = "3W"
    STATUS = "4W"
    FORM = "10W"
    EMPLOYEE = "1H"
    CONTRACTOR = "3H"
    STATION = "10S"
    PART = "P"
    REVISION = "2P"
    QUANTITY = "Q"
    QUANTITY_AND_UNIT = "7Q"
    COUNT_OF_PACKAGES = "13Q"
    SERIAL = "S"
    LOT = "1T"
    LOCATION = "L"
    STORAGE_LOCATION = "1L"


class FieldRefused(ValueError):
    """A value that cannot stand in a code, with the value and a pattern of what could."""

    code: ClassVar[str] = "bad-field"
    expected: ClassVar[str] = ""

    def __init__(self, value: object) -> None:
        super().__init__(f"{self.code} {value!r} expected={self.expected}")
        self.value = value


class BadOrderNumber(FieldRefused):
    """Not an order number, or one that could be taken for the remains of an envelope."""

    code = "bad-order-number"
    expected = ORDER_NUMBER


class BadOperationNumber(FieldRefused):
    """Not an operation sequence number."""

    code = "bad-operation-number"
    expected = OPERATION_NUMBER


class BadSerial(FieldRefused):
    """Not a form control number."""

    code = "bad-serial"
    expected = SERIAL


class BadLineNumber(FieldRefused):
    """Not a line of a sheet."""

    code = "bad-line-number"
    expected = r"[0-9]{1,2}"


class BadQuantity(FieldRefused):
    """Not a quantity in whole pieces, or more than fits."""

    code = "bad-quantity"
    expected = QUANTITY


class BadBadge(FieldRefused):
    """Not a badge number."""

    code = "bad-badge"
    expected = BADGE_NUMBER


class BadName(FieldRefused):
    """Not a station's name or a command's code."""

    code = "bad-name"
    expected = NAME


class BadValue(FieldRefused):
    """Not printable ASCII in capitals, empty, longer than 50, or with white space around it."""

    code = "bad-value"
    expected = _VALUE


class TooLong(FieldRefused):
    """A code longer than any reader of ours accepts."""

    code = "too-long"
    expected = f".{{1,{MAX_LENGTH}}}"


def is_order_number(text: str) -> bool:
    """Tell whether a work order may have this number (capitals, 1 to 20 characters, no `+`)."""
    return bool(re.fullmatch(ORDER_NUMBER, text)) and not _ENVELOPE_REMAINS.fullmatch(text)


def order_number(text: str) -> OrderNumber:
    """Return the text as an order number; raise BadOrderNumber if it is none."""
    if not is_order_number(text):
        raise BadOrderNumber(text)
    return OrderNumber(text)


def operation_number(text: str) -> int:
    """Return the operation sequence number that is written as 1 to 4 digits."""
    return int(_matching(OPERATION_NUMBER, text, BadOperationNumber))


def operation_text(number: int) -> str:
    """Return an operation sequence number as people and codes write it: `010`."""
    return f"{_within(number, HIGHEST_OPERATION, BadOperationNumber):03d}"


def sheet_serial(number: int) -> Serial:
    """Return the form control number of the so-many-th sheet."""
    return Serial(f"{_within(number, 10**SERIAL_LENGTH - 1, BadSerial):0{SERIAL_LENGTH}d}")


def check_digit(digits: str) -> str:
    """Return the ISO 7064 MOD 11,10 check digit, which finds every wrong single digit.

    Neighbours that changed places are found unless they differ by one (0 and 9 count as such),
    and then in nine of ten cases: the look-up and the number on the screen stand behind it.
    """
    product = 10
    for digit in _matching(r"[0-9]+", digits, BadValue):
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def line_code(serial: Serial, line: int) -> str:
    """Return the ten digits that name one line of one printed sheet."""
    digits = _matching(SERIAL, serial, BadSerial)
    digits += f"{_within(line, HIGHEST_LINE, BadLineNumber):02d}"
    return digits + check_digit(digits)


def is_valid_line_code(text: str) -> bool:
    """Tell whether the text is ten digits of which the last one checks the others."""
    if not re.fullmatch(rf"[0-9]{{{LINE_CODE_LENGTH}}}", text):
        return False
    return check_digit(text[:-1]) == text[-1]


def controlled_order(order: OrderNumber) -> str:
    """Return the code of a work order alone, without a sheet."""
    return Identifier.ORDER + order_number(order)


def order_operation(order: OrderNumber, number: int) -> str:
    """Return the code of an operation alone, without a sheet."""
    return f"{Identifier.ORDER_OPERATION}{order_number(order)}+{operation_text(number)}"


def form_code(serial: Serial) -> str:
    """Return the code of a form control number alone."""
    return Identifier.FORM + _matching(SERIAL, serial, BadSerial)


def badge_code(badge: BadgeNumber, *, contractor: bool = False) -> str:
    """Return the code on a badge."""
    identifier = Identifier.CONTRACTOR if contractor else Identifier.EMPLOYEE
    return identifier + _matching(BADGE_NUMBER, badge, BadBadge)


def station_code(name: str) -> str:
    """Return the code on the label of a machine, work center or station."""
    return Identifier.STATION + _matching(NAME, name, BadName)


def command_code(code: str) -> str:
    """Return the code of a command or reason on the command sheet."""
    return Identifier.STATUS + _matching(NAME, code, BadName)


def order_envelope(order: OrderNumber, serial: Serial, quantity: int) -> str:
    """Return what the Data Matrix in the header of a traveler says."""
    return envelope([(Identifier.ORDER, order_number(order)), *_sheet(serial, quantity)])


def operation_envelope(order: OrderNumber, number: int, serial: Serial, quantity: int) -> str:
    """Return what the Data Matrix of one operation's own sheet says."""
    operation = f"{order_number(order)}+{operation_text(number)}"
    return envelope([(Identifier.ORDER_OPERATION, operation), *_sheet(serial, quantity)])


def envelope(fields: Sequence[tuple[Identifier, str]]) -> str:
    """Return the fields in an ISO/IEC 15434 envelope of format 06, in the order given."""
    if not fields:
        raise BadValue("")
    parts = [identifier + _matching(_VALUE, value, BadValue) for identifier, value in fields]
    text = GS.join([f"[)>{RS}06", *parts]) + RS + EOT
    if len(text) > MAX_LENGTH:
        raise TooLong(text)
    return text


def _sheet(serial: Serial, quantity: int) -> list[tuple[Identifier, str]]:
    pieces = _within(quantity, HIGHEST_QUANTITY, BadQuantity)
    return [
        (Identifier.FORM, _matching(SERIAL, serial, BadSerial)),
        (Identifier.QUANTITY, str(pieces)),
    ]


def _matching(pattern: str, text: str, refusal: type[FieldRefused]) -> str:
    if not re.fullmatch(pattern, text):
        raise refusal(text)
    return text


def _within(number: int, highest: int, refusal: type[FieldRefused]) -> int:
    if not 0 <= number <= highest:
        raise refusal(number)
    return number
