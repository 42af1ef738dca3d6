"""Answers to the floor: the verdict that every scan and every touch gets."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from server.domain.errors import FloorRule, Refusal
from server.domain.names import BadgeNumber


class Verdict(StrEnum):
    """The colour, word and sound of an answer."""

    OK = "ok"
    LOOK = "look"
    """Taken, but something is unusual."""
    REFUSED = "refused"
    CALL = "call"
    """A person must act first: scan a badge, choose, confirm."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The operator of the next action, and how long the badge scan holds."""

    badge: BadgeNumber
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CrewMember:
    """An operator who works on an operation."""

    badge: BadgeNumber
    name: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The finish panel of a running operation."""

    operation: str
    part: str
    revision: str
    title: str
    description: str
    quantity: int
    arrived: int
    good: int
    scrap: int
    rework: int
    remaining: int
    more_will_come: bool
    crew: tuple[CrewMember, ...]
    may_join: CrewMember | None = None
    """The operator who is signed in and not yet in the crew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the operator is told; kept with the fact, so that a repeat gets the same."""

    id: str
    verdict: Verdict
    code: str
    """What happened (`started`, `badge`, `reported` …) or why not: the code of a refusal."""
    number: str
    """What was read, as a person would say it."""
    details: dict[str, Any] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    may_insist: bool = False
    """The same again with `insists` is taken, and flagged to the dispatcher."""
    panel: Panel | None = None
    undo_until: datetime | None = None
    operator: SignedIn | None = None
    """Who is signed in after this answer."""


_codec = TypeAdapter(Answer)


def encode(answer: Answer) -> str:
    """Return an answer as the JSON text that is stored and sent."""
    return _codec.dump_json(answer).decode()


def decode(text: str) -> Answer:
    """Return the answer that was stored as JSON text."""
    return _codec.validate_json(text)


def refused(answer_id: str, refusal: Refusal, number: str, operator: SignedIn | None) -> Answer:
    """Return the answer to a scan or touch that the rules do not allow."""
    needs_person = refusal.code == "badge-needed"
    return Answer(
        answer_id,
        Verdict.CALL if needs_person else Verdict.REFUSED,
        refusal.code,
        number,
        refusal.details,
        may_insist=isinstance(refusal, FloorRule),
        operator=operator,
    )
