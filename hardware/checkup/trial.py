"""A scanner tried out: what came from it, byte by byte, and what is wrong with that."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.errors import DeviceGone
from hardware.framing import Fault, Frame
from hardware.sources import FrameMaker, Opened, Source
from hardware.transport import Line

QUIET_S = 0.3
"""After so much silence the scanner has said it all."""

_ENDS = {b"\r\n": "CR LF", b"\r": "CR", b"\n": "LF", b"\t": "TAB", b"\x03": "ETX"}
_STX = b"\x02"
_MOST_SHOWN = 64
_MOST_BYTES = 20_000
"""Somebody who holds the trigger down must not keep us here for ever."""

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
    Fault.DROPPED: (
        "keys were lost on their way",
        "Scan again; if it stays so, see what keeps this machine busy.",
    ),
    Fault.UNKNOWN_KEY: (
        "a key came that means no character",
        "Set the scanner to the US keyboard layout with its programming codes.",
    ),
}


@dataclass(slots=True)
class Tried:
    """What a scanner has sent, up to the first silence."""

    raw: bytes = b""
    frames: list[Frame] = field(default_factory=list)


def check_by_scanning(
    source: Source, seconds: float, say: Callable[[str], object]
) -> Iterator[Finding]:
    """Ask for a scan, and tell what came."""
    about = f"test of {source.address}"
    try:
        with source.open() as opened:
            framer = source.framer(None)
            # What somebody scans before being asked may have begun before it was opened.
            framer.feed(opened.read(), time.monotonic())
            say(f"Scan anything with {source.address}, within {seconds:g} seconds ...")
            tried = _tried(opened, framer, seconds)
    except DeviceGone as gone:
        yield wrong(
            about,
            f"it cannot be opened: {gone.reason}",
            "Stop the agent and every other program that uses it, and look at the cable.",
        )
        return
    speed = f" at {source.baud} baud" if isinstance(source, Line) else ""
    if tried.raw:
        came = _shown(tried, is_serial=isinstance(source, Line))
        yield _judged(about, came, speed, tried.frames)
    else:
        yield wrong(
            about,
            f"nothing came within {seconds:g} seconds{speed}",
            "Scan again; if it beeps and nothing comes, set it to its serial (RS-232 or virtual "
            "COM) mode, or to keyboard mode for a keyboard: address.",
        )


def _tried(opened: Opened, framer: FrameMaker, seconds: float) -> Tried:
    """Return what comes until the first silence after something came."""
    tried, now = Tried(), time.monotonic
    last, until = 0.0, now() + seconds
    while len(tried.raw) < _MOST_BYTES:
        asked = now()
        if asked - last >= QUIET_S if tried.raw else asked >= until:
            break
        chunk = opened.read()
        last = now() if chunk else last
        tried.raw += chunk
        tried.frames += framer.feed(chunk, last if chunk else asked)
    return tried


def _shown(tried: Tried, *, is_serial: bool) -> str:
    """Return what came, as somebody can compare it with the scanner's manual."""
    text = " | ".join(repr(frame.text[:_MOST_SHOWN]) for frame in tried.frames) or "no code"
    if not is_serial:
        raw = b"".join(frame.raw for frame in tried.frames)
        return f"{text}, bytes {_hex(raw)}, typed"
    end = next((name for end, name in _ENDS.items() if tried.raw.endswith(end)), "nothing")
    begun = ", begun by STX" if tried.raw.startswith(_STX) else ""
    return f"{text}, bytes {_hex(tried.raw)}, ended by {end}{begun}"


def _judged(about: str, came: str, speed: str, frames: Sequence[Frame]) -> Finding:
    faults = [frame.fault for frame in frames if frame.fault]
    if faults:
        why, advice = _FAULTS[faults[0]]
        return wrong(about, f"{came}: {why}{speed and f' (read{speed})'}", advice)
    if not frames:
        return wrong(about, came, "Set the scanner to send the code, not only its suffix.")
    if len(frames) > 1:
        return look(about, f"{came}: {len(frames)} codes", "Scan one code at a time.")
    return ok(about, came)


def _hex(raw: bytes) -> str:
    shown = raw[:_MOST_SHOWN].hex(" ")
    return f"{shown} ..." if len(raw) > _MOST_SHOWN else shown
