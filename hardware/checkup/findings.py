"""What a check of the doctor found, and what to do about it."""

import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hardware.errors import HardwareError


class State(StrEnum):
    """How it stands with what was looked at."""

    OK = "ok"
    LOOK = "look"
    """It works, but somebody should look into it."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    state: State
    found: str
    advice: str = ""
    """What to do about it, in one sentence; there always is one unless the state is ok."""


Check = Callable[[], Iterable[Finding]]
"""Looks at one thing or at several."""


@dataclass(frozen=True, slots=True)
class Area:
    """Checks that belong together, in the order in which they are done."""

    name: str
    checks: tuple[Check, ...]


TROUBLE = (
    ArithmeticError,
    HardwareError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    sqlite3.Error,
    subprocess.SubprocessError,
)
"""What a machine in an odd state makes a check raise; it must not keep the others from running."""


def ok(about: str, found: str, advice: str = "") -> Finding:
    """Return that all is well."""
    return Finding(about, State.OK, found, advice)


def look(about: str, found: str, advice: str) -> Finding:
    """Return that somebody should look into it."""
    return Finding(about, State.LOOK, found, advice)


def wrong(about: str, found: str, advice: str) -> Finding:
    """Return that something has to be done."""
    return Finding(about, State.WRONG, found, advice)


def examined(areas: Iterable[Area]) -> Iterator[tuple[str, Finding]]:
    """Return each finding with the name of its area; every check runs, whatever fails."""
    for area in areas:
        for check in area.checks:
            yield from ((area.name, finding) for finding in _guarded(area.name, check))


def _guarded(name: str, check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except TROUBLE as trouble:
        said = f"the check itself failed: {type(trouble).__name__}: {trouble}"
        yield wrong(name.lower(), said, "Report this to the authors of Floorline, with this line.")
