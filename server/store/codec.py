"""Values as text: events and the lists inside a row, to JSON and back."""

import json
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from server.domain.events import EVENTS, Event
from server.domain.operations import RoutingStep
from server.domain.paper import SheetLine
from server.domain.plant import Box

_EVENTS: dict[type[Event], TypeAdapter[Event]] = {kind: TypeAdapter(kind) for kind in EVENTS}
_KINDS = {kind.__name__: adapter for kind, adapter in _EVENTS.items()}
_ROUTING = TypeAdapter(tuple[RoutingStep, ...])
_BOX = TypeAdapter(Box)
_LINES = TypeAdapter(tuple[SheetLine, ...])


def event_text(event: Event) -> str:
    """Return an event as JSON."""
    return _EVENTS[type(event)].dump_json(event).decode()


def event_from(kind: str, body: str) -> Event:
    """Return the event that was written as JSON under the name of its class."""
    return _KINDS[kind].validate_json(body)


def routing_text(routing: tuple[RoutingStep, ...]) -> str:
    """Return a routing as JSON."""
    return _ROUTING.dump_json(routing).decode()


def routing_from(text: str) -> tuple[RoutingStep, ...]:
    """Return the routing that was written as JSON."""
    return _ROUTING.validate_json(text)


def lines_text(lines: tuple[SheetLine, ...]) -> str:
    """Return the lines of a sheet as JSON."""
    return _LINES.dump_json(lines).decode()


def lines_from(text: str) -> tuple[SheetLine, ...]:
    """Return the lines that were written as JSON."""
    return _LINES.validate_json(text)


def box_text(box: Box) -> str:
    """Return how a box is as JSON."""
    return _BOX.dump_json(box).decode()


def box_from(text: str) -> Box:
    """Return how a box is, as it was written as JSON."""
    return _BOX.validate_json(text)


def words_text(words: Sequence[str]) -> str:
    """Return a short list of words as JSON."""
    return json.dumps(words) if words else "[]"


def words_from(text: str) -> tuple[Any, ...]:
    """Return the words that were written as JSON; most lists are empty."""
    return () if text == "[]" else tuple(json.loads(text))
