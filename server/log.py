"""Structured logs: a constant event with its values, as text for people or as JSON for machines.

A call such as `logger.info("paper printed order=%s copies=%d", order, 2)` has the event `paper
printed` and the fields `order` and `copies`: callers write plain logging, nothing else.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

_FIELD = re.compile(r"(\w+)=%[sdrfg]")

LOUD = (
    "alembic",
    "engineio",
    "flask_wtf",
    "geventwebsocket",
    "socketio",
    "werkzeug",
    "weasyprint",
    "fontTools",
)
"""Libraries that log what their users do; only their warnings matter here."""


def configure(style: Literal["text", "json"], stream: TextIO = sys.stderr) -> None:
    """Send every log line of this process to a stream, in one style."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def structure(record: logging.LogRecord) -> tuple[str, dict[str, Any]]:
    """Return the event of a log record and its fields."""
    template = str(record.msg)
    names = _FIELD.findall(template)
    values = record.args if isinstance(record.args, tuple) else ()
    if not names or len(names) != len(values):
        return record.getMessage(), {}
    return _FIELD.sub("", template).strip(), dict(zip(names, values, strict=True))


class TextLines(logging.Formatter):
    """One line for people: time, level, event and fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text, a traceback below it."""
        return "\n".join(self._lines(record))

    def _lines(self, record: logging.LogRecord) -> Iterator[str]:
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event, fields = structure(record)
        said = " ".join(f"{name}={_quoted(value)}" for name, value in fields.items())
        yield f"{moment} {record.levelname:<7} {event} {said}".rstrip()
        if record.exc_info:
            yield self.formatException(record.exc_info)


class JsonLines(logging.Formatter):
    """One JSON object in a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON; fields that JSON does not know are written as text."""
        event, fields = structure(record)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": event,
            **{name: value for name, value in fields.items() if name not in _OWN},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        # Letters beyond ASCII are escaped: some of them begin a new line for some readers.
        return json.dumps(line, default=str)


_OWN = frozenset({"at", "level", "logger", "event"})


def _quoted(value: object) -> str:
    """Return a value as one word, so that nothing that is logged can pretend to be another line."""
    text = str(value)
    return text if text.isprintable() and " " not in text and text else json.dumps(text)
