"""What a station says: the messages of its namespace, as docs/protocol.md has them."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    TypeAdapter,
)
from pydantic.dataclasses import dataclass as checked_dataclass

from server.domain.names import OperationId

LONGEST_TEXT = 4000
"""A scanner that is stuck sends thousands of characters; more than these are no message."""
LONGEST_REASON = 200
MOST_PIECES = 1_000_000
MOST_VERSION = 2**53


def _parsed(written: object) -> object:
    try:
        return OperationId.parse(str(written))
    except ValueError:
        raise ValueError("operation") from None


def _moment(written: object) -> object:
    try:
        moment = datetime.fromisoformat(str(written)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("moment") from None
    return moment


Id = Annotated[
    str, StringConstraints(pattern=r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")
]
Pieces = Annotated[int, Field(ge=0, le=MOST_PIECES, strict=True)]
Reason = Annotated[str, StringConstraints(max_length=LONGEST_REASON, strip_whitespace=True)]
Operation = Annotated[OperationId, BeforeValidator(_parsed)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Badge = Annotated[str, StringConstraints(max_length=20)]
_strict = ConfigDict(extra="forbid")


@checked_dataclass(frozen=True, slots=True, config=_strict)
class ScanMessage:
    """A code that was read, or typed."""

    id: Id
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
    typed: StrictBool = False
    insists: StrictBool = False
    operator: Badge | None = None
    """The badge that was read for it, as the device kept it; "" for none."""
    at: Moment | None = None
    """When it was made, by the device's clock: only what was kept for later says it."""


@checked_dataclass(frozen=True, slots=True, config=_strict)
class ReportMessage:
    """A touch on the panel of an operation."""

    id: Id
    operation: Operation
    verb: Literal["quantity", "pause", "join", "leave"]
    good: Pieces = 0
    scrap: Pieces = 0
    rework: Pieces = 0
    scrap_reason: Reason = ""
    rework_reason: Reason = ""
    pause_reason: Reason = ""
    badge: Badge | None = None
    closes_short: StrictBool = False
    insists: StrictBool = False
    operator: Badge | None = None
    at: Moment | None = None


@checked_dataclass(frozen=True, slots=True, config=_strict)
class UndoMessage:
    """A touch that takes back a report."""

    id: Id
    undone: Id
    at: Moment | None = None


@checked_dataclass(frozen=True, slots=True, config=_strict)
class SeenMessage:
    """The screen has painted a version of its list."""

    version: Annotated[int, Field(ge=0, le=MOST_VERSION, strict=True)]


@checked_dataclass(frozen=True, slots=True, config=_strict)
class EnrolMessage:
    """The one-time code that makes a device a station."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]


SCAN = TypeAdapter(ScanMessage)
REPORT = TypeAdapter(ReportMessage)
UNDO = TypeAdapter(UndoMessage)
SEEN = TypeAdapter(SeenMessage)
ENROL = TypeAdapter(EnrolMessage)
