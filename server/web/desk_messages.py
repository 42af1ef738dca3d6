"""What the desk says: the bodies of its POSTs, as docs/protocol.md has them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter
from pydantic.dataclasses import dataclass

from server.domain.plant import Role
from server.domain.sequence import Rule
from server.web.station_messages import Operation

MOST_ORDERS = 1000
MOST_OPERATIONS = 10_000
LONGEST_NAME, LONGEST_TEXT = 60, 500

Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT, strip_whitespace=True)]
Password = Annotated[str, StringConstraints(max_length=1000)]
Names = Annotated[tuple[Name, ...], Field(max_length=MOST_ORDERS)]
Version = Annotated[int, Field(ge=0, strict=True)]
_strict = ConfigDict(extra="forbid")


def _or_empty(value: object) -> object:
    return "" if value is None else value


MaybeText = Annotated[Text, BeforeValidator(_or_empty)]


@dataclass(frozen=True, slots=True, config=_strict)
class ReleaseMessage:
    """Orders to be released; a reason overrides failed checks."""

    orders: Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST_ORDERS)]
    reason: MaybeText = ""


@dataclass(frozen=True, slots=True, config=_strict)
class HoldMessage:
    """An order to be stopped, and why."""

    order: Name
    why: Text


@dataclass(frozen=True, slots=True, config=_strict)
class FreeMessage:
    """An order whose hold is to be taken away."""

    order: Name


@dataclass(frozen=True, slots=True, config=_strict)
class MoveMessage:
    """An operation to be moved to just before another; None means last."""

    version: Version
    operation: Operation
    before: Operation | None


@dataclass(frozen=True, slots=True, config=_strict)
class ProposeMessage:
    """A dispatch rule to be tried on a list."""

    rule: Rule


@dataclass(frozen=True, slots=True, config=_strict)
class AcceptMessage:
    """A proposal that a dispatcher accepts."""

    version: Version
    rule: Rule
    order: Annotated[tuple[Operation, ...], Field(max_length=MOST_OPERATIONS)]


@dataclass(frozen=True, slots=True, config=_strict)
class UndoMessage:
    """The last resequence to be taken back."""

    version: Version


@dataclass(frozen=True, slots=True, config=_strict)
class PrintMessage:
    """A document to be printed."""

    kind: Literal["traveler", "dispatch-list", "badges", "station-labels", "try-it"]
    order: MaybeText = ""
    work_center: MaybeText = ""
    badges: Names = ()
    stations: Names = ()
    reason: MaybeText = ""


@dataclass(frozen=True, slots=True, config=_strict)
class StationMessage:
    """A station to be set up, or to be moved to another work center."""

    name: Name
    work_center: Name


@dataclass(frozen=True, slots=True, config=_strict)
class AccountMessage:
    """An account to be created."""

    name: Name
    role: Role
    password: Password
    display_name: MaybeText = ""


@dataclass(frozen=True, slots=True, config=_strict)
class AccountChangeMessage:
    """What an account is to be from now on; an empty password leaves it as it is."""

    role: Role
    active: bool
    display_name: MaybeText = ""
    password: Password = ""


@dataclass(frozen=True, slots=True, config=_strict)
class WorkCenterMessage:
    """A work center to be set up or changed."""

    name: Name
    description: MaybeText = ""
    department: MaybeText = ""
    frozen: Annotated[int, Field(strict=True)] = 1


@dataclass(frozen=True, slots=True, config=_strict)
class OperatorMessage:
    """An operator to be set up or changed."""

    badge: Name
    name: Name
    contractor: bool = False
    active: bool = True


RELEASE = TypeAdapter(ReleaseMessage)
HOLD = TypeAdapter(HoldMessage)
FREE = TypeAdapter(FreeMessage)
MOVE = TypeAdapter(MoveMessage)
PROPOSE = TypeAdapter(ProposeMessage)
ACCEPT = TypeAdapter(AcceptMessage)
UNDO = TypeAdapter(UndoMessage)
PRINT = TypeAdapter(PrintMessage)
STATION = TypeAdapter(StationMessage)
ACCOUNT = TypeAdapter(AccountMessage)
ACCOUNT_CHANGE = TypeAdapter(AccountChangeMessage)
WORK_CENTER = TypeAdapter(WorkCenterMessage)
OPERATOR = TypeAdapter(OperatorMessage)
