"""Codes out of a scanner's bytes: pure, without a clock, for any bytes whatever."""

from dataclasses import dataclass
from enum import StrEnum

_STX = 0x02
_ENDS = frozenset(b"\r\n\t\x03")
# Printable ASCII, and what an ISO/IEC 15434 envelope is built of: EOT FS GS RS US.
_PLAIN = bytes(range(0x20, 0x7F)) + b"\x04\x1c\x1d\x1e\x1f"


class Fault(StrEnum):
    """Why the bytes of a frame must not be taken for a code."""

    GARBLED = "garbled"
    """Too many are not printable: check the scanner's speed."""

    TOO_LONG = "too-long"
    """More came without an end than any code of ours has; the frame holds its beginning."""

    NO_TERMINATOR = "no-terminator"
    """They were followed by silence: check the scanner's suffix."""

    TAIL = "tail"
    """They are the end of a code whose beginning was already given as a fault."""

    DROPPED = "dropped"
    """Keys were lost on their way to us: what is left may look like another code."""

    UNKNOWN_KEY = "unknown-key"
    """A key means no character: check that the scanner is set to the US layout."""


@dataclass(frozen=True)
class Frame:
    """The bytes that a scanner sent as one code, or that it could not send as one."""

    raw: bytes
    at: float
    fault: Fault | None = None

    @property
    def text(self) -> str:
        r"""Return the bytes as text; what is not UTF-8 shows as \xNN."""
        return self.raw.decode("utf-8", errors="backslashreplace")


@dataclass(frozen=True)
class Framing:
    """How one scanner marks the end of a code.

    CR, LF, TAB and ETX always do. Where `silence_ends`, so does silence; it is a fault otherwise.
    """

    silence_ends: bool = False
    silence_s: float = 0.1
    longest: int = 256
    garbled_share: float = 0.2
    tail_s: float = 1.0
    """How long after silence broke a code its rest may still arrive."""

    def __post_init__(self) -> None:
        if not (self.silence_s > 0 and self.tail_s >= self.silence_s and self.longest > 0):
            raise ValueError(f"{self} can never frame a code")


class Framer:
    """Cuts one scanner's bytes into frames."""

    def __init__(self, framing: Framing | None = None) -> None:
        self._framing = framing or Framing()
        self._pending = bytearray()
        self._is_dropping = False
        self._is_tail = False
        self._last = 0.0

    def feed(self, chunk: bytes, at: float) -> list[Frame]:
        """Return the frames that end with these bytes, read at `at` seconds of any steady clock.

        No bytes mean that the scanner was silent until then. Only that proves a silence: bytes
        that come late may have been kept waiting by this computer. CR LF is one end, not two.
        """
        silent_s = at - self._last
        if self._is_tail and silent_s >= self._framing.tail_s:
            self._is_tail = False
        if not chunk:
            return self._silence(at) if silent_s >= self._framing.silence_s else []
        self._last = at
        return [frame for byte in chunk for frame in self._take(byte, at)]

    def _take(self, byte: int, at: float) -> list[Frame]:
        if byte in _ENDS:
            return self._end(at, Fault.TAIL if self._is_tail else None)
        if byte == _STX:
            return self._end(at, Fault.NO_TERMINATOR)
        if self._is_dropping:
            return []
        self._pending.append(byte)
        if len(self._pending) <= self._framing.longest:
            return []
        del self._pending[self._framing.longest :]
        cut = self._end(at, Fault.TOO_LONG)
        self._is_dropping = True
        return cut

    def _silence(self, at: float) -> list[Frame]:
        if self._framing.silence_ends:
            return self._end(at, None)
        if not (self._pending or self._is_dropping):
            return []
        ended = self._end(at, Fault.NO_TERMINATOR)
        # What a stalled line delivers next looks like a code of its own, and may be a valid one.
        self._is_tail = True
        return ended

    def _end(self, at: float, fault: Fault | None) -> list[Frame]:
        raw = bytes(self._pending)
        self._pending.clear()
        self._is_dropping = self._is_tail = False
        if not raw:
            return []
        strange = len(raw.translate(None, delete=_PLAIN))
        if strange > self._framing.garbled_share * len(raw):
            fault = Fault.GARBLED
        return [Frame(raw, at, fault)]
