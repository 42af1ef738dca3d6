"""What the operator hears from the scanner is true: it comes after the commit, once for each scan.

The scanner is a real pseudo-terminal, and the journal is read through a connection of its own.
"""

import os
import select
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from threading import Event

import pytest

from hardware.beepers import Dialect
from hardware.scanners import Heard, Presence
from hardware.transport import Line
from hardware.virtual import VirtualScanner
from kiosk.agent import Agent, Router
from kiosk.devices import Device
from kiosk.events import Link, LinkChanged, News
from kiosk.feedback import Feedback
from kiosk.journal import Journal
from kiosk.uplink import Uplink
from kiosk.voices import Beeper, Chorus
from tests.fakes.station_host import MemoryStationHost, StationServer
from tests.kiosk.box import PATIENCE_S, Box, in_thread

TAKEN = b"\x1b6,"
NOT_TAKEN = b"\x1b4," * 3
AGAIN = b"\x1b6," * 2
CALL = b"\x1b4,\x1b5,\x1b6,"
SILENCE_S = 0.5
"""Long enough for a beep that does not wait for the commit."""


class Attentive(Router):
    """A router that says when the scanner is listened to, and when the server is there."""

    def __init__(
        self, journal: Journal, uplink: Uplink, feedback: Feedback, now: Callable[[], datetime]
    ) -> None:
        super().__init__(journal, uplink, feedback, now)
        self.listens = Event()
        self.linked = Event()

    def take(self, heard: Heard | News) -> None:
        super().take(heard)
        if isinstance(heard, Presence) and heard.is_there:
            self.listens.set()
        if isinstance(heard, LinkChanged) and heard.link is Link.HERE:
            self.linked.set()


@contextmanager
def beeping(box: Box, journal: Journal, scanner: VirtualScanner) -> Iterator[Attentive]:
    """Be an agent that listens to a scanner and sounds its beeper."""
    uplink, stop, voices = box.uplink(journal), Event(), Chorus(box.ears)
    router = Attentive(journal, uplink, voices, box.watch)
    agent = Agent(router, uplink, [Device(Line(str(scanner.link)))])
    voices.join(Beeper(Dialect.HONEYWELL, agent.send, box.watch))
    with in_thread(lambda: agent.run(stop), stop.set):
        assert router.listens.wait(PATIENCE_S)
        yield router


def sounds(scanner: VirtualScanner, within_s: float) -> bool:
    """Tell whether the scanner is told anything within a time."""
    assert scanner._ends
    return bool(select.select([scanner._ends[0]], [], [], within_s)[0])


def heard(scanner: VirtualScanner, tone: bytes) -> bytes:
    """Wait until a scanner was told as many bytes as a tone has, and return them."""
    told = b""
    until = time.monotonic() + PATIENCE_S
    while len(told) < len(tone) and time.monotonic() < until:
        if sounds(scanner, SILENCE_S):
            assert scanner._ends
            told += os.read(scanner._ends[0], len(tone) - len(told))
    return told


def kept(box: Box) -> list[str]:
    """Return the texts in the journal's file, as another process sees them."""
    with closing(sqlite3.connect(f"file:{box.folder}/journal.db?mode=ro", uri=True)) as db:
        return [text for (text,) in db.execute("select text from events order by seq")]


def test_the_beep_comes_after_the_commit(
    box: Box, journal: Journal, server: StationServer, scanner: VirtualScanner
) -> None:
    server.stop()
    with beeping(box, journal, scanner), closing(locked(box)) as lock:
        scanner.type("4101")
        too_early = sounds(scanner, SILENCE_S)
        missing = "4101" not in kept(box)
        lock.rollback()
        told = heard(scanner, TAKEN)
        there = kept(box)

    assert (too_early, missing) == (False, True)
    assert told == TAKEN
    assert there[-1] == "4101"


@pytest.mark.slow
def test_a_scan_that_cannot_be_kept_never_sounds_as_taken(
    box: Box, journal: Journal, server: StationServer, scanner: VirtualScanner
) -> None:
    server.stop()
    with beeping(box, journal, scanner), closing(locked(box)) as lock:
        scanner.type("4101")
        told = heard(scanner, NOT_TAKEN)
        lock.rollback()
        there = kept(box)

    assert told == NOT_TAKEN
    assert "4101" not in there


def test_a_verdict_of_the_server_is_heard(
    box: Box, journal: Journal, host: MemoryStationHost, scanner: VirtualScanner
) -> None:
    host.said_of["4711"] = {"verdict": "refused", "code": "unknown-code"}
    host.said_of["1000123456"] = {"verdict": "call", "code": "badge-needed"}
    with beeping(box, journal, scanner) as router:
        assert router.linked.wait(PATIENCE_S)
        scanner.type("4711")
        refused = heard(scanner, NOT_TAKEN)
        scanner.type("1000123456")
        called = heard(scanner, CALL)

    assert (refused, called) == (NOT_TAKEN, CALL)


def test_a_code_that_was_just_read_has_a_tone_of_its_own_and_is_no_event(
    box: Box, journal: Journal, server: StationServer, scanner: VirtualScanner
) -> None:
    server.stop()
    with beeping(box, journal, scanner):
        scanner.type("4101")
        scanner.type("4101")
        told = heard(scanner, TAKEN + AGAIN)

    assert told == TAKEN + AGAIN
    assert kept(box).count("4101") == 1


def test_what_was_kept_is_not_sounded_again_when_it_is_sent(
    box: Box, journal: Journal, server: StationServer, scanner: VirtualScanner
) -> None:
    with beeping(box, journal, scanner):
        server.stop()
        scanner.type("one")
        first = heard(scanner, TAKEN)
        server.start()
        box.ears.hear_answer("one", PATIENCE_S)
        server.host.said_of["two"] = {"verdict": "refused", "code": "held"}
        scanner.type("two")
        second = heard(scanner, NOT_TAKEN)

    assert (first, second) == (TAKEN, NOT_TAKEN)


def locked(box: Box) -> sqlite3.Connection:
    """Return a connection that keeps everybody else from writing to the journal."""
    lock = sqlite3.connect(box.folder / "journal.db", isolation_level=None)
    lock.execute("begin immediate")
    return lock
