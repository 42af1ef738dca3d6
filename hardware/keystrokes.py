"""Codes out of the key events of a scanner that types: pure, for any events whatever.

They come out as hardware/framing.py has them. Each event carries the kernel's own time, so pauses
are certain however long this computer kept the events waiting.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from hardware.framing import Fault, Frame, Framer, Framing
from hardware.keys import ENDS, FOREIGN, KEYPAD, LOCKS, Modifier, character

EVENT = struct.Struct("@LLHHi")
"""An event as Linux has it in /dev/input: seconds, microseconds, type, code, value."""

EV_SYN, EV_KEY = 0, 1
SYN_DROPPED = 3
RELEASED, PRESSED = 0, 1  # The third value, 2, is a repeat: scanners mean each character once.

TYPED = Framing(silence_s=0.15)
"""A scanner that types is slower than a serial one; static/js/station/wedge.js has the same."""

_MUTE = frozenset(Modifier) | LOCKS


class KeyEvent(NamedTuple):
    """Something that an input device did, at a time of the monotonic clock."""

    at: float
    type: int
    code: int
    value: int


class KeyFramer:
    """Makes frames of one scanner's key events; it is new whenever the device was opened."""

    def __init__(self, framing: Framing = TYPED) -> None:
        self._framing = framing
        self._framer = Framer(framing)
        self._held: set[int] = set()
        self._unparsed = b""
        self._is_first = True
        self._is_reading = False
        self._spoiled: Fault | None = None
        """What is wrong with everything up to the next Enter."""
        self._is_untold = False
        self._last = 0.0

    def feed(self, chunk: bytes, at: float) -> list[Frame]:
        """Return the frames that end with these events, as they were read from the device.

        No bytes mean that no key was pressed until `at`.
        """
        if not chunk:
            self._is_first = False
            return self._pause(at)
        self._unparsed += chunk
        whole = len(self._unparsed) // EVENT.size * EVENT.size
        events, self._unparsed = self._unparsed[:whole], self._unparsed[whole:]
        return self.take(_parsed(events))

    def take(self, events: Iterable[KeyEvent]) -> list[Frame]:
        """Return the frames that end with these events."""
        return [frame for event in events for frame in self._take(event)]

    def _take(self, event: KeyEvent) -> list[Frame]:
        if self._is_first:
            # The device was opened while it typed: what came before was never seen.
            self._is_first = False
            self._spoiled = Fault.TAIL
            self._last = event.at
        frames = self._pause(event.at)
        if (event.type, event.code) == (EV_SYN, SYN_DROPPED):
            self._spoil(Fault.DROPPED, event.at)
        elif event.type == EV_KEY and event.value == PRESSED:
            frames += self._press(event.code, event.at)
        elif event.type == EV_KEY and event.value == RELEASED:
            self._held.discard(event.code)
        return frames

    def _press(self, key: int, at: float) -> list[Frame]:
        if key in ENDS:
            return self._end(at)
        if key in _MUTE:
            self._held.add(key)
            return []
        typed = character(key, frozenset(self._held))
        if not typed:
            # Before a code, it is a prefix, such as F12, or nothing of a code at all.
            if self._is_reading or key in FOREIGN or key in KEYPAD:
                self._spoil(Fault.UNKNOWN_KEY, at)
            return []
        self._is_reading = True
        self._last = at
        return self._told(self._framer.feed(typed.encode(), at))

    def _spoil(self, fault: Fault, at: float) -> None:
        """Let nothing be a code up to the next Enter: what is left looks like another one."""
        # Keys that were lost are the graver fault: which are known to be unknown hardly matters.
        if self._spoiled is not Fault.DROPPED:
            self._spoiled = fault
        self._is_untold = True
        self._last = at
        if fault is Fault.DROPPED:
            # Among what was lost may be the release of a Shift.
            self._held.clear()

    def _pause(self, at: float) -> list[Frame]:
        """Return what a silence up to this time ends; what is spoiled stays so up to an Enter."""
        frames = self._told(self._framer.feed(b"", at))
        silent_s = at - self._last
        if silent_s < self._framing.silence_s:
            return frames
        frames += self._rest(at)
        self._is_reading = False
        is_past = self._spoiled is Fault.TAIL and silent_s >= self._framing.tail_s
        if is_past or self._framing.silence_ends:
            self._spoiled = None
        return frames

    def _end(self, at: float) -> list[Frame]:
        frames = self._told(self._framer.feed(b"\r", at))
        frames += self._rest(at)
        self._is_reading = False
        self._spoiled = None
        # A Shift that is never released would change every code from here on.
        self._held.clear()
        return frames

    def _told(self, frames: list[Frame]) -> list[Frame]:
        if self._spoiled is None or not frames:
            return frames
        self._is_untold = False
        return [replace(frame, fault=self._spoiled) for frame in frames]

    def _rest(self, at: float) -> list[Frame]:
        """Return a fault that has to be told although not one character is left."""
        if not self._is_untold:
            return []
        self._is_untold = False
        return [Frame(b"", at, self._spoiled)]


def _parsed(raw: bytes) -> Iterator[KeyEvent]:
    for seconds, microseconds, kind, code, value in EVENT.iter_unpack(raw):
        yield KeyEvent(seconds + microseconds / 1_000_000, kind, code, value)
