"""The loop that listens to one scanner for as long as the station lives."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from hardware.beepers import Beeps
from hardware.errors import DeviceContested, DeviceGone
from hardware.framing import Frame, Framing
from hardware.replies import Replies
from hardware.roles import Role
from hardware.sources import Opened, Source

logger = logging.getLogger(__name__)

LATE_S = 0.5
"""How long after opening a frame may still be one that a device server had kept for us."""

FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 1.6
"""A replugged scanner is heard again within two seconds, however long it was away."""

STEADY_S = 2 * LONGEST_WAIT_S
"""Two stations that take a device from each other hold it for as long as the other one waits."""

_SHORT_LIVES = 2
_THERE = "there"


@dataclass(frozen=True)
class Reading:
    """One frame and the device it came from, at a time of the monotonic clock."""

    at: float
    device: str
    frame: Frame
    is_late: bool
    role: Role = Role.SCANNER


@dataclass(frozen=True)
class Presence:
    """From now on the device is listened to, or no longer; told once for each change.

    While it is not listened to, another kind of reason is a change too.
    """

    at: float
    device: str
    is_there: bool
    reason: str = ""
    role: Role = Role.SCANNER


Heard = Reading | Presence


class Hearer(Protocol):
    """Takes what scanners say, from any thread; a queue does."""

    def put(self, heard: Heard, /) -> object:
        """Take one report."""
        ...


class Scanner:
    """One scanner; `listen` is the whole life of its thread."""

    def __init__(
        self,
        source: Source,
        heard: Hearer,
        framing: Framing | None = None,
        now: Callable[[], float] = time.monotonic,
        role: Role = Role.SCANNER,
    ) -> None:
        self._source = source
        self._role = role
        self._heard = heard
        self._framing = framing
        self._now = now
        self._told: str | None = None
        self._short_lives = 0
        self._replies = Replies()

    def send(self, beeps: Beeps) -> None:
        """Have the device beep, if it is there and takes it; returns at once, from any thread."""
        self._replies.send(beeps)

    def listen(self, stop: Event) -> None:
        """Tell what the scanner says until told to stop, whatever happens to it."""
        wait = FIRST_WAIT_S / 2
        while not stop.is_set():
            # A port that dies as soon as it is opened, as when two stations fight over it, was no
            # success: the wait goes on growing.
            lived_s = self._listen_once(stop)
            was_steady = lived_s > STEADY_S
            self._short_lives = 0 if was_steady else self._short_lives + (lived_s > 0)
            wait = FIRST_WAIT_S if was_steady else min(2 * wait, LONGEST_WAIT_S)
            stop.wait(wait)

    def _listen_once(self, stop: Event) -> float:
        """Listen until the device goes, and return for how many seconds it was there."""
        opened = None
        try:
            with self._source.open() as port, self._replies.through(port):
                opened = self._now()
                self._read(port, opened, stop)
        except DeviceGone as gone:
            is_contested = self._is_flapping and opened is not None
            self._tell_gone(self._now(), DeviceContested(gone) if is_contested else gone)
        return 0.0 if opened is None else self._now() - opened

    def _read(self, port: Opened, opened: float, stop: Event) -> None:
        framer = self._source.framer(self._framing)
        there_from = opened + self._proves_itself_s()
        while not stop.is_set():
            asked = self._now()
            if asked >= there_from:
                self._tell_there(asked)
            chunk = port.read()
            # If this thread is kept waiting after an empty read, bytes may have come meanwhile:
            # the silence is certain only up to the question.
            for frame in framer.feed(chunk, self._now() if chunk else asked):
                is_late = frame.at - opened < LATE_S
                device = self._source.address
                self._tell_there(frame.at)
                self._heard.put(Reading(frame.at, device, frame, is_late, self._role))

    @property
    def _is_flapping(self) -> bool:
        return self._short_lives >= _SHORT_LIVES

    def _proves_itself_s(self) -> float:
        """Return for how long it must stay before it is told to be there, if it says nothing."""
        if self._is_flapping:
            return STEADY_S
        return LATE_S if self._source.is_remote else 0.0

    def _tell_there(self, at: float) -> None:
        if self._told == _THERE:
            return
        self._told = _THERE
        logger.info("scanner there device=%s role=%s", self._source.address, self._role)
        self._heard.put(Presence(at, self._source.address, is_there=True, role=self._role))

    def _tell_gone(self, at: float, gone: DeviceGone) -> None:
        if self._told == gone.code:
            return
        self._told = gone.code
        device, role = self._source.address, self._role
        logger.warning("scanner gone device=%s role=%s reason=%s", device, role, gone.reason)
        self._heard.put(Presence(at, device, is_there=False, reason=gone.reason, role=role))
