"""What makes a scanner's own beeper say how a scan went: pure.

A tone is told by its rhythm first, because many beepers know one pitch only, and because not
everybody hears pitch above the noise of a shop. docs/stations.md has the table: change both.
"""

from dataclasses import dataclass
from enum import StrEnum

_SHORT_S = 0.15
_LONG_S = 0.4
"""Between two beeps: an ear tells these apart, and a beeper that is still busy skips the next."""
_REST_S = 0.7
"""After a tone, so that it does not run into the next."""


class Tone(StrEnum):
    """What the operator hears of a scan."""

    TAKEN = "taken"
    LOOK = "look"
    """Taken, and something about it wants a look."""
    NOT_TAKEN = "not-taken"
    AGAIN = "again"
    """The same code was just read; nothing came of it."""
    KEPT = "kept"
    """Safe at the station while the server is away; to the operator as good as taken."""
    CALL = "call"
    """A person must act first."""


class Dialect(StrEnum):
    """Which commands a beeper follows."""

    NONE = "none"
    BEL = "bel"
    """One beep for each BEL; Zebra, Datalogic and many others, where it is switched on."""
    HONEYWELL = "honeywell"
    """The escape commands of Host ACK mode."""
    DATALOGIC = "datalogic"
    """The one-byte host commands of the RS-232 interface."""


@dataclass(frozen=True, slots=True)
class Beep:
    """Bytes to send at once, and the pause after them."""

    sends: bytes
    pause_s: float


Beeps = tuple[Beep, ...]


def beeps(dialect: Dialect, tone: Tone) -> Beeps:
    """Return what to send for a tone: nothing to a beeper that is not ours to sound."""
    return _SCORES[dialect].get(tone, ())


def _once(beep: bytes) -> Beeps:
    return (Beep(beep, _REST_S),)


def _evenly(beep: bytes, times: int, pause_s: float) -> Beeps:
    """Return beeps with the same pause between any two."""
    return (Beep(beep, pause_s),) * (times - 1) + _once(beep)


def _plain(beep: bytes) -> dict[Tone, Beeps]:
    """Return the tones of a beeper that has one sound only."""
    double = _evenly(beep, 2, _SHORT_S)
    return {
        Tone.TAKEN: _once(beep),
        Tone.KEPT: _once(beep),
        Tone.AGAIN: double,
        Tone.LOOK: _evenly(beep, 2, _LONG_S),
        Tone.NOT_TAKEN: _evenly(beep, 3, _LONG_S),
        Tone.CALL: (double[0], Beep(beep, _LONG_S), *double),
    }


# Each command ends with a comma, or newer models wait for the rest of it.
_LOW, _MEDIUM, _HIGH = b"\x1b4,", b"\x1b5,", b"\x1b6,"
_FORCED_BEEP = b"\x01"
"""The good read tone even where that is switched off, as it should be; `B` would obey."""
_NOT_ON_FILE = b"F"

_SCORES: dict[Dialect, dict[Tone, Beeps]] = {
    Dialect.NONE: {},
    Dialect.BEL: _plain(b"\a"),
    Dialect.DATALOGIC: _plain(_FORCED_BEEP) | {Tone.NOT_TAKEN: _once(_NOT_ON_FILE)},
    # The scanner plays a string of commands one after the other, and is free to read after it:
    # only what must be told apart by tempo needs pauses of ours.
    Dialect.HONEYWELL: {
        Tone.TAKEN: _once(_HIGH),
        Tone.KEPT: _once(_HIGH),
        Tone.AGAIN: _once(_HIGH * 2),
        Tone.LOOK: _evenly(_MEDIUM, 2, _LONG_S),
        Tone.NOT_TAKEN: _once(_LOW * 3),
        Tone.CALL: _once(_LOW + _MEDIUM + _HIGH),
    },
}
