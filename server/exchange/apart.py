"""Files of work orders read in a process apart, so that none of them holds up the floor.

`python -m server.exchange.apart` is that process: it takes one file, and less of the machine than
anything else. It gets a line of JSON with the name and the mapping, and then the bytes of the file;
it answers with lines of JSON, each a part of the reading.
"""

import json
import logging
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from pydantic import TypeAdapter

from server.exchange.findings import Expected, Findings
from server.services.ports import OrderReader, PlannedRow, Reading

logger = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "server.exchange.apart")
COMPUTING_S = 60
LONGEST_S = 180
"""How long a file may take; longer than it may compute, because it gives way to all others."""
MEMORY_BYTES = 1_000_000_000
"""How large the process may grow."""
NICENESS = 10
PLANS_AT_ONCE = 500
"""So few that others get their turn while a large reading is taken over."""
OUT_OF_MEMORY = 3
"""The exit status of a process that has met its limit."""

_READING = TypeAdapter(Reading)


class ReaderApart:
    """Reads files of work orders in a process each, one after the other."""

    def __init__(self, command: Sequence[str] = COMMAND, longest_s: float = LONGEST_S) -> None:
        self._command = list(command)
        self._longest_s = longest_s
        self._turn = threading.Lock()

    def __call__(self, name: str, content: bytes, mapping: Mapping[str, str]) -> Reading:
        """Return everything in the file, or everything that is wrong with it."""
        head = json.dumps({"name": name, "mapping": dict(mapping)}).encode()
        # A second process would take from the floor what the first one leaves to it.
        with self._turn:
            said = self._answer(b"%b\n%b" % (head, content))
        if said is None:
            findings = Findings(name)
            findings.add(Expected.TOO_COSTLY)
            return Reading(errors=findings.errors())
        return _whole(said)

    def _answer(self, asked: bytes) -> bytes | None:
        """Return what the process says, or None when it does not come to an end that is good."""
        try:
            done = subprocess.run(  # noqa: S603  # The command is our own.
                self._command,
                input=asked,
                capture_output=True,
                timeout=self._longest_s,
                check=False,
                # A key pressed in the server's terminal is for the server.
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            logger.warning("file takes too long to read after=%g", self._longest_s)
            return None
        if done.returncode:
            why = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            logger.warning("file cannot be read status=%d why=%s", done.returncode, why)
            return None
        return done.stdout


def _whole(said: bytes) -> Reading:
    """Return the reading whose parts were said."""
    plans: list[PlannedRow] = []
    last = Reading()
    for line in said.splitlines():
        last = _READING.validate_json(line)
        plans += last.plans
        # Lets everybody else have a turn, be they greenlets or threads.
        time.sleep(0)
    return replace(last, plans=tuple(plans))


def _parts(reading: Reading) -> Iterator[Reading]:
    """Yield a reading in parts; the last one has all that is no plan."""
    plans = reading.plans
    whole = len(plans) // PLANS_AT_ONCE * PLANS_AT_ONCE
    for start in range(0, whole, PLANS_AT_ONCE):
        yield Reading(plans[start : start + PLANS_AT_ONCE])
    yield replace(reading, plans=plans[whole:])


def main(reader: OrderReader | None = None) -> None:
    """Read the file that comes in, within limits, and say what it contains."""
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (COMPUTING_S, COMPUTING_S))
    # The libraries of spreadsheets are large; whoever only asks for a reading does without them.
    read: OrderReader = reader or import_module("server.exchange.orders").read_orders
    try:
        asked = json.loads(sys.stdin.buffer.readline())
        reading = read(asked["name"], sys.stdin.buffer.read(), asked["mapping"])
        for part in _parts(reading):
            sys.stdout.buffer.write(_READING.dump_json(part) + b"\n")
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
