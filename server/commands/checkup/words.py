"""What the doctor found, for people at a terminal and for machines."""

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from hardware.checkup.findings import Finding, State

WIDEST = 80
_MARK = "  {:<6} "
_INDENT = " " * len(_MARK.format(""))

Told = tuple[str, Finding]
"""A finding with the name of its area."""


def told(findings: Iterable[Told]) -> Iterator[str]:
    """Yield the lines about each finding as soon as it is there, and how many there were last."""
    area, states = "", Counter[State]()
    for name, finding in findings:
        if name != area:
            yield f"{name}" if not area else f"\n{name}"
            area = name
        states[finding.state] += 1
        yield from _lines(finding)
    yield f"\n{states[State.WRONG]} wrong, {states[State.LOOK]} to look at, {states[State.OK]} ok."


def as_json(findings: Iterable[Told]) -> str:
    """Return all findings as one JSON object."""
    checks = [
        {
            "area": area,
            "about": finding.about,
            "state": finding.state,
            "found": finding.found,
            "advice": finding.advice,
        }
        for area, finding in findings
    ]
    is_wrong = any(check["state"] is State.WRONG for check in checks)
    return json.dumps({"ok": not is_wrong, "checks": checks}, indent=2)


def _lines(finding: Finding) -> Iterator[str]:
    words = finding.state.value if finding.state is State.OK else finding.state.value.upper()
    yield _wrapped(f"{finding.about}: {finding.found}", _MARK.format(words), _INDENT)
    if finding.advice:
        yield _wrapped(finding.advice, f"{_INDENT}-> ", f"{_INDENT}   ")


def _wrapped(text: str, first: str, others: str) -> str:
    # Words longer than a line, such as by-id names, are left whole: somebody will copy them.
    width = min(WIDEST, shutil.get_terminal_size().columns)
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
