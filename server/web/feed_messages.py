"""What a station's box sends from its journal, as docs/protocol.md has it."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StrictBool, StringConstraints, TypeAdapter
from pydantic.dataclasses import dataclass as checked_dataclass

from server.domain.errors import Invalid
from server.domain.feed import Cursor
from server.web.checked import checked
from server.web.station_messages import (
    REPORT,
    SCAN,
    UNDO,
    Id,
    Moment,
    ReportMessage,
    ScanMessage,
    UndoMessage,
)

MOST_EVENTS = 100
MOST_DEVICES = 20
_strict = ConfigDict(extra="forbid")
_KINDS: dict[str, TypeAdapter[Any]] = {"scan": SCAN, "report": REPORT, "undo": UNDO}

Message = ScanMessage | ReportMessage | UndoMessage


@checked_dataclass(frozen=True, slots=True, config=_strict)
class HelloMessage:
    """A box asks how far the server has come in its epoch."""

    epoch: Id
    version: Annotated[str, StringConstraints(max_length=40)] = ""


@checked_dataclass(frozen=True, slots=True, config=_strict)
class FeedEvent:
    """One event of a journal; whatever its message is, the event itself is sound."""

    seq: Annotated[int, Field(ge=1, le=2**53, strict=True)]
    id: Id
    prev: Annotated[str, StringConstraints(max_length=36)]
    kind: Annotated[str, StringConstraints(max_length=20)]
    message: Any


@checked_dataclass(frozen=True, slots=True, config=_strict)
class PushMessage:
    """The next events of a journal."""

    epoch: Id
    events: Annotated[list[FeedEvent], Field(min_length=1, max_length=MOST_EVENTS)]


@checked_dataclass(frozen=True, slots=True, config=_strict)
class DeviceStatus:
    """A scanner or badge reader of a box, and whether it is listened to."""

    name: Annotated[str, StringConstraints(max_length=200)]
    listens: StrictBool


@checked_dataclass(frozen=True, slots=True, config=_strict)
class StatusMessage:
    """How a box is; `at` by its own clock."""

    at: Moment
    round_trip_ms: Annotated[int, Field(ge=0, le=600_000, strict=True)]
    unsent: Annotated[int, Field(ge=0, le=2**53, strict=True)]
    devices: Annotated[list[DeviceStatus], Field(max_length=MOST_DEVICES)]
    version: Annotated[str, StringConstraints(max_length=40)]
    oldest_at: Moment | None = None


HELLO = TypeAdapter(HelloMessage)
PUSH = TypeAdapter(PushMessage)
STATUS = TypeAdapter(StatusMessage)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a push."""

    cursor: Cursor
    answers: tuple[object, ...]
    fresh: tuple[tuple[str, object], ...]
    """The ids and answers of those events that were not here before."""


def decoded(event: FeedEvent) -> Message | None:
    """Return what an event says, or None when it makes no sense."""
    adapter = _KINDS.get(event.kind)
    if adapter is None or not isinstance(event.message, dict):
        return None
    try:
        message: Message = checked(adapter, {**event.message, "id": event.id})
    except Invalid:
        return None
    return message
