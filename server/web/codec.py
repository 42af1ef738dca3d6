"""JSON as it goes over the wire: one fast codec for pages, answers and Socket.IO alike."""

from typing import Any

from flask import Flask
from flask.json.provider import JSONProvider
from pydantic_core import from_json, to_json
from socketio.packet import Packet


class Json:
    """What Socket.IO wants of a JSON module; times, enums and dataclasses need no preparation."""

    @staticmethod
    def dumps(value: object, **_: object) -> str:
        """Return a value as compact JSON text."""
        return to_json(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: object) -> Any:  # noqa: ANN401 - JSON may be anything
        """Return the value of a JSON text; raise ValueError when it is none."""
        return from_json(text)


class TextPacket(Packet):  # type: ignore[misc] # Socket.IO has no types.
    """A Socket.IO packet that is never binary, so that nobody searches every message for bytes."""

    uses_binary_events = False
    json = Json


class Provider(JSONProvider):
    """The same codec for Flask."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def dumps(self, obj: Any, **kwargs: Any) -> str:  # noqa: ANN401 - as Flask declares it
        """Return a value as compact JSON text."""
        return Json.dumps(obj, **kwargs)

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:  # noqa: ANN401 - as Flask declares it
        """Return the value of a JSON text."""
        return Json.loads(s, **kwargs)
