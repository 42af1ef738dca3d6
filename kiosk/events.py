"""What goes through the router of a station box: what was read, what was kept, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that a device has read."""

    at: datetime
    text: str
    device: str
    late: bool
    """It came right after the device did: a device server may have kept it for a long time."""


@dataclass(frozen=True, slots=True)
class Event:
    """A scan that is in the journal: its place there is its order, its id is its own."""

    seq: int
    id: str
    scan: Scan
    answer: Mapping[str, Any] | None = None
    """What the server answered, when it has."""


@dataclass(frozen=True, slots=True)
class Packet:
    """An event as it is sent: its number in the epoch, and the id of the one before it."""

    seq: int
    prev: str
    event: Event


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a push: the number of its last event, when, and the answers by their ids."""

    upto: int
    at: datetime
    answers: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server made of a scan, or of a touch on the station's screen."""

    verdict: str
    code: str
    number: str
    details: Mapping[str, Any]
    said: Mapping[str, Any]
    """The whole answer, as docs/protocol.md has it."""


def answer_of(said: object) -> Answer | None:
    """Return the answer that a message is, or None when it is none."""
    if not isinstance(said, Mapping):
        return None
    words = [said.get(name) for name in ("verdict", "code", "number")]
    details = said.get("details")
    if not all(isinstance(word, str) for word in words) or not isinstance(details, Mapping):
        return None
    verdict, code, number = (str(word) for word in words)
    return Answer(verdict, code, number, details, said)


class Link(StrEnum):
    """How it stands between the box and the server."""

    HERE = "here"
    AWAY = "away"
    SHUT = "shut"
    """The server answers, but does not take this box for the station."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The server has answered a scan of ours."""

    event: Event
    answer: Answer


@dataclass(frozen=True, slots=True)
class Overheard:
    """The server has answered another device of this station, such as its screen."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The server has come, gone, or shut the box out; told once for each change."""

    link: Link
    reason: str = ""


News = Answered | Overheard | LinkChanged
