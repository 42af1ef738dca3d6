"""A scanner tried out: what came from it, byte by byte, and what is wrong with that."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.errors import DeviceGone
from hardware.framing import Fault, Frame, Framer, Framing
from hardware.transport import Line, Port

QUIET_S = 0.3
"""After so much silence the scanner has said it all."""

_ENDS = {b"\r\n": "CR LF", b"\r": "CR", b"\n": "LF", b"\t": "TAB", b"\x03": "ETX"}
_STX = b"\x02"
_MOST_SHOWN = 64

_FAULTS = {
    Fault.GARBLED: (
        "most of it is not printable",
        "Set the scanner and --baud to the same speed, parity and number of bits.",
    ),
    Fault.TOO_LONG: (
        "longer than any code of ours",
        "Set the scanner's suffix to CR, and scan a single code.",
    ),
    Fault.NO_TERMINATOR: (
        "no CR, LF or TAB came behind it",
        "Set the scanner's suffix to CR with its programming codes.",
    ),
    Fault.TAIL: (
        "the end of a code whose beginning is missing",
        "Scan again; if it stays so, look at the cable.",
    ),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a scanner has sent, up to the first silence."""

    raw: bytes
    frames: tuple[Frame, ...]

    @property
    def terminator(self) -> str:
        """Return the name of what ended the code, or nothing."""
        return next((name for end, name in _ENDS.items() if self.raw.endswith(end)), "")


def tried(raw: bytes) -> Tried:
    """Return what the station would make of some bytes that silence follows."""
    framing, framer = Framing(), Framer()
    frames = framer.feed(raw, 0.0)
    frames += framer.feed(b"", framing.silence_s)
    return Tried(raw, tuple(frames))


def check_by_scanning(
    line: Line, seconds: float, say: Callable[[str], object]
) -> Iterator[Finding]:
    """Ask for a scan, and tell what came."""
    about = f"test of {line.address}"
    try:
        with line.open() as port:
            say(f"Scan anything with {line.address}, within {seconds:g} seconds ...")
            raw = _first(port, seconds)
    except DeviceGone as gone:
        yield wrong(
            about,
            f"it cannot be opened: {gone.reason}",
            "Stop the agent and every other program that uses it, and look at the cable.",
        )
        return
    yield _judged(about, tried(raw), line) if raw else _silent(about, seconds, line)


def _first(port: Port, seconds: float) -> bytes:
    """Return what comes until the first silence after something came."""
    raw, until = b"", time.monotonic() + seconds
    while time.monotonic() < until:
        if chunk := port.read():
            raw += chunk
            until = min(until, time.monotonic()) + QUIET_S
        # Somebody who holds the trigger down must not keep us here for ever.
        if len(raw) > Framing().longest:
            break
    return raw


def _silent(about: str, seconds: float, line: Line) -> Finding:
    return wrong(
        about,
        f"nothing came within {seconds:g} seconds at {line.baud} baud",
        "Scan again; if it beeps and nothing comes, set it to its serial (RS-232 or virtual COM) "
        "mode.",
    )


def _judged(about: str, came: Tried, line: Line) -> Finding:
    found = (
        f"{' | '.join(repr(frame.text[:_MOST_SHOWN]) for frame in came.frames) or 'no code'}, "
        f"bytes {_hex(came.raw)}, ended by {came.terminator or 'nothing'}"
    )
    if came.raw.startswith(_STX):
        found += ", begun by STX"
    faults = [frame.fault for frame in came.frames if frame.fault]
    if faults:
        why, advice = _FAULTS[faults[0]]
        return wrong(about, f"{found}: {why} (read at {line.baud} baud)", advice)
    if not came.frames:
        return wrong(about, found, "Set the scanner to send the code, not only its suffix.")
    if len(came.frames) > 1:
        return look(about, f"{found}: {len(came.frames)} codes", "Scan one code at a time.")
    return ok(about, found)


def _hex(raw: bytes) -> str:
    shown = raw[:_MOST_SHOWN].hex(" ")
    return f"{shown} ..." if len(raw) > _MOST_SHOWN else shown
