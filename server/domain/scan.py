"""Reading codes: from what a scanner sent or a person typed to what it says.

Nothing here raises on any text. Between two readings of which one would be a wrong order, the
answer is `Unreadable`: a second scan costs a second, a report on the wrong order costs a day.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from server.domain.legacy import LegacyKind, LegacyPattern, LegacyPatternRefused
from server.domain.names import OrderNumber, Serial
from server.domain.scanned import (
    Badge,
    Command,
    FormNumber,
    OrderOperation,
    OrderSheet,
    Reason,
    Scanned,
    SheetOperation,
    StationLabel,
    TravelerLine,
    Unknown,
    Unreadable,
    badge,
    order_operation,
    order_sheet,
)
from server.domain.symbols import (
    BADGE_NUMBER,
    LINE_CODE_LENGTH,
    MAX_LENGTH,
    NAME,
    OPERATION_NUMBER,
    ORDER_NUMBER,
    QUANTITY,
    SERIAL,
    SERIAL_LENGTH,
    Identifier,
    LineNumber,
    is_order_number,
    is_valid_line_code,
    operation_number,
    operation_text,
)

__all__ = [
    "Badge",
    "Command",
    "FormNumber",
    "LegacyKind",
    "LegacyPattern",
    "LegacyPatternRefused",
    "OrderOperation",
    "OrderSheet",
    "Reason",
    "Scanned",
    "SheetOperation",
    "StationLabel",
    "TravelerLine",
    "Unknown",
    "Unreadable",
    "read",
    "typed",
]

# Python's own strip() would also take GS and RS for white space.
_AROUND = " \t\r\n\x00\x02\x03"
_CAPITALS = {small: small - 32 for small in range(ord("a"), ord("z") + 1)}
_AIM = re.compile(r"(\][A-Za-z][0-9])?(.*)", re.DOTALL)
# The letters of symbologies in use: with CapsLock on, `]C0` arrives as `]c0` and `]d1` as `]D1`.
_AIM_LETTERS = "ACEFGILQRSdez"
# EAN and GS1 symbols hold application identifiers, which look like ours and mean other things.
_SUPPLIER_SYMBOLOGY = re.compile(r"\]([EeI].|C1|d[25]|Q[34])")

# A wedge drops or doubles the separators or types NUL for them: any run of them is one boundary.
_SEPARATORS = re.compile(r"[\x00\x04\x1c-\x1f]+")
_ENVELOPE = re.compile(r"\[\)>\x1d?([0-9]{2})\x1d?(.+)", re.DOTALL)
_SHEET = rf"\x1d?10W(?P<serial>{SERIAL})(?:\x1d?Q(?P<quantity>{QUANTITY}))?"
# What follows the order holds no W but its own, so there is at most one way to read these, with
# or without separators; that is why the form control number is not optional here.
_ORDER_BODY = re.compile(rf"W(?P<order>{ORDER_NUMBER}){_SHEET}")
_OPERATION_BODY = re.compile(
    rf"3W(?P<order>{ORDER_NUMBER})\+(?P<operation>{OPERATION_NUMBER}){_SHEET}"
)

_SPACED = re.compile(rf"(\S+?)(?: +[-/]? *|[-/] +)({OPERATION_NUMBER})")
_GLUED = re.compile(rf"(\S+)[-/]({OPERATION_NUMBER})")
_TYPED_BADGE = re.compile(rf"(?:([13])H *)?({BADGE_NUMBER})")


class _Received(NamedTuple):
    """A code as it arrived: the AIM identifier, the text after it, the same in capitals."""

    symbology: str | None
    text: str
    capitals: str


def read(raw: str, legacy: Sequence[LegacyPattern] = ()) -> Scanned:
    """Return what a scanner's code says."""
    received = _received(raw)
    says = _fault(raw, received) or _scanned(received, legacy)
    return replace(says, raw=raw[:MAX_LENGTH], symbology=received.symbology)


def typed(raw: str, legacy: Sequence[LegacyPattern] = ()) -> Scanned:
    """Return what a number says that a person typed, or scanned into the place for typing.

    Order and operation may be separated by blanks, `/` or `-`. A glued `-010` or `/010` is
    taken as an operation although an order number could end so: where a plant has such numbers,
    a blank before the operation settles it.
    """
    received = _received(raw)
    if received.symbology or received.text.startswith("[)>"):
        return read(raw, legacy)
    says = _fault(raw, received) or _unseparated(received) or _typed(received, legacy)
    return replace(says, raw=raw[:MAX_LENGTH])


def _received(raw: str) -> _Received:
    match = _AIM.fullmatch(raw[:MAX_LENGTH].strip(_AROUND))
    symbology, text = match.groups() if match else (None, "")
    if symbology and symbology[1] not in _AIM_LETTERS:
        symbology = symbology.swapcase()
    text = text.strip(_AROUND)
    return _Received(symbology, text, text.translate(_CAPITALS))


def _fault(raw: str, received: _Received) -> Scanned | None:
    if len(raw) > MAX_LENGTH:
        return Unreadable(received.text, Reason.TOO_LONG)
    if not received.text:
        return Unreadable(received.text, Reason.EMPTY)
    return None


def _unseparated(received: _Received) -> Scanned | None:
    if re.search(r"[\x00-\x1f\x7f]", received.text):
        return Unreadable(received.text, Reason.CONTROL_CHARACTERS)
    return None


def _scanned(received: _Received, legacy: Sequence[LegacyPattern]) -> Scanned:
    if _SUPPLIER_SYMBOLOGY.fullmatch(received.symbology or ""):
        return Unknown(received.text, Reason.SUPPLIER_CODE)
    if received.text.startswith("[)>"):
        return _enveloped(received)
    return (
        _unseparated(received)
        or _legacy(received, legacy)
        or _line(received)
        or _identified(received)
        or _foreign(received)
    )


def _typed(received: _Received, legacy: Sequence[LegacyPattern]) -> Scanned:
    return (
        _legacy(received, legacy)
        or _typed_line(received)
        or _typed_badge(received.capitals)
        or _typed_operation(received.capitals)
        or _typed_code(received)
        or order_sheet(received.capitals)
        or _foreign(received)
    )


def _enveloped(received: _Received) -> Scanned:
    body = _SEPARATORS.sub("\x1d", received.capitals).rstrip("\x1d")
    match = _ENVELOPE.fullmatch(body)
    if not match:
        return Unreadable(received.text, Reason.DAMAGED_ENVELOPE)
    form, fields = match.groups()
    if form != "06" or not fields.startswith((Identifier.ORDER, Identifier.ORDER_OPERATION)):
        return Unknown(received.text, Reason.SUPPLIER_CODE)
    return _sheet(fields) or Unreadable(received.text, Reason.DAMAGED_ENVELOPE)


def _sheet(fields: str) -> Scanned | None:
    match = _OPERATION_BODY.fullmatch(fields) or _ORDER_BODY.fullmatch(fields)
    if not match or not is_order_number(match["order"]):
        return None
    order, serial = OrderNumber(match["order"]), Serial(match["serial"])
    quantity = int(match["quantity"]) if match["quantity"] else None
    if match.re is _ORDER_BODY:
        return OrderSheet(order, serial, quantity)
    return SheetOperation(order, operation_number(match["operation"]), serial, quantity)


def _legacy(received: _Received, legacy: Sequence[LegacyPattern]) -> Scanned | None:
    readings = (pattern.says(received.capitals) for pattern in legacy)
    return next((says for says in readings if says), None)


def _line(received: _Received) -> TravelerLine | Unreadable | None:
    digits = received.text
    if not re.fullmatch(rf"[0-9]{{{LINE_CODE_LENGTH}}}", digits):
        return None
    if not is_valid_line_code(digits):
        return Unreadable(digits, Reason.CHECK_DIGIT)
    return TravelerLine(Serial(digits[:SERIAL_LENGTH]), LineNumber(int(digits[SERIAL_LENGTH:-1])))


def _typed_line(received: _Received) -> Scanned | None:
    line = _line(received._replace(text=received.text.replace(" ", "")))
    if not line or not _SPACED.fullmatch(received.text):
        return line
    # Two groups of digits may also be an order number and its operation.
    return Unreadable(received.text, Reason.AMBIGUOUS) if isinstance(line, TravelerLine) else None


def _typed_operation(text: str) -> Scanned | None:
    if match := _SPACED.fullmatch(text):
        return order_operation(match[1], match[2])
    match = _GLUED.fullmatch(text)
    if not match or match[2] != operation_text(int(match[2])):
        return None
    return order_operation(match[1], match[2])


def _typed_badge(text: str) -> Scanned | None:
    match = _TYPED_BADGE.fullmatch(text)
    return badge(match[2], contractor=match[1] == "3") if match else None


def _identified(received: _Received) -> Scanned | None:
    text = received.capitals
    identifier = next((known for known in _VALUES if text.startswith(known)), None)
    says = _VALUES[identifier](text.removeprefix(identifier)) if identifier else None
    # A lone W begins too many foreign codes to promise that another scan would help.
    if says or identifier in {None, Identifier.ORDER}:
        return says
    return Unreadable(received.text, Reason.MALFORMED)


def _typed_code(received: _Received) -> Scanned | None:
    # Without a scanner, an order number that begins with W is likelier than our code of an order.
    says = _identified(received)
    return None if isinstance(says, OrderSheet | Unreadable) else says


def _foreign(received: _Received) -> Scanned:
    reason = Reason.NOT_OURS if received.text.isascii() else Reason.NOT_ASCII
    return Unknown(received.text, reason)


def _employee(value: str) -> Scanned | None:
    return badge(value)


def _contractor(value: str) -> Scanned | None:
    return badge(value, contractor=True)


def _operation(value: str) -> Scanned | None:
    order, _, operation = value.rpartition("+")
    return order_operation(order, operation)


def _form(value: str) -> Scanned | None:
    return FormNumber(Serial(value)) if re.fullmatch(SERIAL, value) else None


def _station(value: str) -> Scanned | None:
    return StationLabel(value) if re.fullmatch(NAME, value) else None


def _command(value: str) -> Scanned | None:
    return Command(value) if re.fullmatch(NAME, value) else None


# The whitelist, longest first; whatever begins otherwise is not ours.
_VALUES: dict[Identifier, Callable[[str], Scanned | None]] = {
    Identifier.FORM: _form,
    Identifier.STATION: _station,
    Identifier.ORDER_OPERATION: _operation,
    Identifier.STATUS: _command,
    Identifier.EMPLOYEE: _employee,
    Identifier.CONTRACTOR: _contractor,
    Identifier.ORDER: order_sheet,
}
