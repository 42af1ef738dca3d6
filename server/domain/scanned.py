"""What a scanned or typed code says: one small value for each kind of code."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, TypeAlias

from server.domain.names import BadgeNumber, OperationId, OrderNumber, Serial
from server.domain.symbols import (
    BADGE_NUMBER,
    OPERATION_NUMBER,
    LineNumber,
    is_order_number,
    line_code,
    operation_number,
    operation_text,
)

HUMAN_LENGTH = 40
"""The most characters of a foreign code that a screen shows."""


class Reason(StrEnum):
    """Why a code is unknown or unreadable."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    CONTROL_CHARACTERS = "control-characters"
    NOT_ASCII = "not-ascii"
    """Most likely the scanner is set to another keyboard layout."""
    CHECK_DIGIT = "check-digit"
    MALFORMED = "malformed"
    """It begins as one of ours, and does not go on as one."""
    DAMAGED_ENVELOPE = "damaged-envelope"
    AMBIGUOUS = "ambiguous"
    """What was typed can be read in two ways."""
    SUPPLIER_CODE = "supplier-code"
    NOT_OURS = "not-ours"


@dataclass(frozen=True, slots=True)
class Reading:
    """What all readings have; two are equal when they say the same, however it arrived."""

    kind: ClassVar[str]

    raw: str = field(default="", kw_only=True, compare=False)
    """What arrived, unchanged; of a code that is too long, its first 256 characters."""
    symbology: str | None = field(default=None, kw_only=True, compare=False)
    """The AIM identifier such as `]C0`, if the scanner sent one."""


@dataclass(frozen=True, slots=True)
class TravelerLine(Reading):
    """One line of one printed sheet: the code that starts work."""

    kind: ClassVar[str] = "traveler-line"

    serial: Serial
    line: LineNumber

    @property
    def human(self) -> str:
        """Return the ten digits in groups: sheet, line, check digit."""
        digits = line_code(self.serial, self.line)
        return f"{digits[:7]} {digits[7:9]} {digits[9]}"


@dataclass(frozen=True, slots=True)
class NamesOperation(Reading):
    """What the two readings that name an operation have."""

    order: OrderNumber
    number: int

    @property
    def operation(self) -> OperationId:
        """Return which operation it is."""
        return OperationId(self.order, self.number)

    @property
    def human(self) -> str:
        """Return order and operation as they are printed."""
        return f"{self.order} / {operation_text(self.number)}"


@dataclass(frozen=True, slots=True)
class OrderOperation(NamesOperation):
    """An operation without a sheet: uncontrolled paper, or a number typed by hand."""

    kind: ClassVar[str] = "order-operation"


@dataclass(frozen=True, slots=True)
class SheetOperation(NamesOperation):
    """An operation on a printed sheet, with the quantity it was printed for."""

    kind: ClassVar[str] = "sheet-operation"

    serial: Serial
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class OrderSheet(Reading):
    """A work order; with a serial it is one printed sheet, without one uncontrolled paper."""

    kind: ClassVar[str] = "order-sheet"

    order: OrderNumber
    serial: Serial | None = None
    quantity: int | None = None

    @property
    def human(self) -> str:
        """Return the order number."""
        return self.order


@dataclass(frozen=True, slots=True)
class Badge(Reading):
    """Somebody's badge."""

    kind: ClassVar[str] = "badge"

    number: BadgeNumber
    contractor: bool = False

    @property
    def human(self) -> str:
        """Return the badge number."""
        return self.number


@dataclass(frozen=True, slots=True)
class StationLabel(Reading):
    """The label of a machine, work center or station."""

    kind: ClassVar[str] = "station-label"

    name: str

    @property
    def human(self) -> str:
        """Return the name on the label."""
        return self.name


@dataclass(frozen=True, slots=True)
class Command(Reading):
    """A line of the command sheet: a command or a reason."""

    kind: ClassVar[str] = "command"

    code: str

    @property
    def human(self) -> str:
        """Return the command's code."""
        return self.code


@dataclass(frozen=True, slots=True)
class FormNumber(Reading):
    """A form control number alone: the sheet itself, for recall."""

    kind: ClassVar[str] = "form-number"

    serial: Serial

    @property
    def human(self) -> str:
        """Return the form control number."""
        return self.serial


@dataclass(frozen=True, slots=True)
class NotTaken(Reading):
    """What all codes have that say nothing to us."""

    text: str
    """The code without AIM identifier and surrounding white space."""
    reason: Reason

    @property
    def human(self) -> str:
        """Return as much of the code as a screen can show."""
        shown = re.sub(r"[^ -~]", "·", self.text)
        return shown if len(shown) <= HUMAN_LENGTH else shown[: HUMAN_LENGTH - 1] + "…"


@dataclass(frozen=True, slots=True)
class Unknown(NotTaken):
    """A code that arrived well and is not one of ours."""

    kind: ClassVar[str] = "unknown"


@dataclass(frozen=True, slots=True)
class Unreadable(NotTaken):
    """A code that arrived damaged: scanning it again may help."""

    kind: ClassVar[str] = "unreadable"


Scanned: TypeAlias = (
    TravelerLine
    | OrderOperation
    | SheetOperation
    | OrderSheet
    | Badge
    | StationLabel
    | Command
    | FormNumber
    | Unknown
    | Unreadable
)
"""Everything that a scan can turn out to be."""


def order_sheet(text: str) -> OrderSheet | None:
    """Return the work order of that number as uncontrolled paper, or None if it is no number."""
    return OrderSheet(OrderNumber(text)) if is_order_number(text) else None


def order_operation(order: str, operation: str) -> OrderOperation | None:
    """Return the operation of those numbers as uncontrolled paper, or None if they are none."""
    if not is_order_number(order) or not re.fullmatch(OPERATION_NUMBER, operation):
        return None
    return OrderOperation(OrderNumber(order), operation_number(operation))


def badge(number: str, *, contractor: bool = False) -> Badge | None:
    """Return the badge of that number, or None if it is no badge number."""
    if not re.fullmatch(BADGE_NUMBER, number):
        return None
    return Badge(BadgeNumber(number), contractor)
