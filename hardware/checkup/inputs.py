"""The keyboards of this machine, which many scanners pretend to be."""

from collections.abc import Iterator
from pathlib import Path

from hardware.checkup.access import may_open, rights_of, user, way_in
from hardware.checkup.findings import Finding, ok, wrong

INPUTS = Path("/dev/input")


def check_inputs(*, is_needed: bool, inputs: Path = INPUTS) -> Iterator[Finding]:
    """Look whether keyboards could be read; only scanners that type make that necessary."""
    about, keyboards = str(inputs), sorted(inputs.glob("event*"))
    shut = [path for path in keyboards if not may_open(path)]
    if not keyboards:
        yield ok(about, "no keyboard or scanner that types is plugged in")
    elif not shut:
        yield ok(about, f"{user()} may read all {len(keyboards)} devices")
    elif is_needed:
        found = f"{user()} may not read {shut[0].name} ({rights_of(shut[0])})"
        yield wrong(about, found, way_in(shut[0]))
    else:
        yield ok(about, f"{user()} may not read it, and no scanner here needs that")
