"""Load from many stations at once, and what it took."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gevent

from benchmarks.wire import Wire

Message = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Load:
    """What a stretch of load amounted to."""

    clients: int
    answers: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        """Return the answers a second."""
        return self.answers / self.seconds


def percentile(sorted_values: list[float], share: float) -> float:
    """Return the value below which a share of the sorted values lies."""
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]


def press(wires: list[Wire], message: Callable[[int], Message], seconds: float) -> Load:
    """Let every connection ask again as soon as it is answered, for some seconds."""
    until = time.perf_counter() + seconds
    took: list[float] = []

    def one(at: int) -> None:
        while time.perf_counter() < until:
            event, payload = message(at)
            began = time.perf_counter()
            answer = wires[at].ask(event, payload)
            took.append(time.perf_counter() - began)
            if answer.get("verdict", "ok") != "ok":
                raise RuntimeError(answer)

    began = time.perf_counter()
    gevent.joinall([gevent.spawn(one, at) for at in range(len(wires))], raise_error=True)
    elapsed = time.perf_counter() - began
    took.sort()
    milliseconds = [1e3 * t for t in took]
    return Load(
        len(wires),
        len(took),
        elapsed,
        percentile(milliseconds, 0.5),
        percentile(milliseconds, 0.99),
    )


def listening(wires: list[Wire]) -> None:
    """Let every connection read what comes, each in a greenlet."""
    for wire in wires:
        gevent.spawn(wire.listen)


def new_id() -> str:
    """Return an id for a confirmation."""
    return str(uuid.uuid4())
