"""What the stack light of a station shows: derived from what has been told, never set by hand.

Green while something runs here, else white; yellow when the last report is one to look at, or the
server has been away for long; blue while a person is called. Red belongs to machine and safety.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread

from hardware.framing import Fault
from hardware.stack_light import LightAddress, Lights, StackLight
from kiosk.events import Answer, Answered, Link, LinkChanged, Scan
from kiosk.events import Event as Kept
from kiosk.waiting import BADGE_TIME

LONG_AWAY_S = 300.0
GOODBYE_S = 5.0
BADGE_S = BADGE_TIME.total_seconds()
"""After this a scan does not wait for a badge any more, and nobody is called to show one."""

STARTS = frozenset({"started", "resumed", "joined", "reported", "panel"})
"""Codes of answers after which the operation runs."""
ENDS = frozenset({"completed", "paused", "left"})


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a station; times are those of one monotonic clock."""

    running: frozenset[str] = frozenset()
    ran: frozenset[str] = frozenset()
    """What ran before the last report, which may be taken back."""
    is_flagged: bool = False
    called_until: float = -math.inf
    away_since: float = math.inf
    """Never, while the server is there."""

    def after(self, answer: Answer, at: float) -> "Situation":
        """Return the situation after an answer to any device of the station."""
        now = self._working(answer)
        match answer.verdict:
            case "ok":
                return replace(now, is_flagged=False, called_until=-math.inf)
            case "look":
                return replace(now, is_flagged=True, called_until=-math.inf)
            case "call":
                lasts_s = BADGE_S if answer.code == "badge-needed" else math.inf
                return replace(now, called_until=at + lasts_s)
            case _:
                return now

    def _working(self, answer: Answer) -> "Situation":
        number = {answer.number}
        if answer.code in STARTS:
            return replace(self, running=self.running | number, ran=self.running)
        if answer.code in ENDS:
            return replace(self, running=self.running - number, ran=self.running)
        if answer.code == "undone":
            return replace(self, running=self.ran)
        return self

    def lights(self, now: float) -> Lights:
        """Return what shines at a time."""
        return Lights(
            yellow=self.is_flagged or now - self.away_since > LONG_AWAY_S,
            green=bool(self.running),
            blue=now <= self.called_until,
            white=not self.running,
        )


class Signal:
    """The voice that a stack light looks at: told by the router, read by the light's thread."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        # Replaced as a whole, so that the other thread never sees half a change.
        self._situation = Situation(away_since=now())

    def lights(self) -> Lights:
        """Return what should shine now."""
        return self._situation.lights(self._now())

    def answered(self, answered: Answered) -> None:
        """Show the server's verdict."""
        self.overheard(answered.answer)

    def overheard(self, answer: Answer) -> None:
        """Show what came of a touch or a scan at another device of the station."""
        self._situation = self._situation.after(answer, self._now())

    def linked(self, changed: LinkChanged) -> None:
        """Show that the server is away, once it has been for long."""
        if changed.link is Link.HERE:
            self._situation = replace(self._situation, away_since=math.inf)
        elif self._situation.away_since == math.inf:
            self._situation = replace(self._situation, away_since=self._now())

    def not_kept(self, scan: Scan, reason: str) -> None:
        """Show that something is wrong with the disk."""
        del scan, reason
        self._situation = replace(self._situation, is_flagged=True)

    def kept(self, event: Kept, unsent: int) -> None:
        """Show nothing new: not yet judged, a scan changes nothing."""

    def repeated(self, scan: Scan) -> None:
        """Show nothing new: nothing came of it."""

    def misread(self, scan: Scan, fault: Fault) -> None:
        """Show nothing new: only who scanned has to know, and hears it."""


@contextmanager
def shining(address: LightAddress | None, signal: Signal) -> Iterator[None]:
    """Have a stack light, if there is one, show the signal from a thread that nobody waits for."""
    if address is None:
        yield
        return
    stop = Event()
    light = StackLight(address, signal.lights)
    thread = Thread(target=light.shine, args=(stop,), name=str(address), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(GOODBYE_S)
