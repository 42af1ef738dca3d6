"""The keyboards of this machine, which many scanners pretend to be."""

from collections.abc import Iterator
from pathlib import Path

from hardware.checkup.access import may_open, rights_of, user, way_in
from hardware.checkup.findings import Finding, ok, wrong
from hardware.checkup.processes import Agents, holders_of
from hardware.input_nodes import InputNodes
from hardware.keyboards import KEYBOARD, Keyboard, Nodes
from hardware.ports import USB, lasting_name


def check_keyboards(nodes: Nodes | None = None) -> Iterator[Finding]:
    """Tell what types, and how a scanner among that is named."""
    keyboards = (nodes or InputNodes()).keyboards()
    for each in keyboards:
        found = f"{each.vendor:04x}:{each.product:04x}, serial number {each.serial or 'none'}"
        name = lasting_name(each, keyboards)
        write = (
            f"; if a scanner, write --scanner {KEYBOARD}{name.removeprefix(USB)}" if name else ""
        )
        yield ok(each.path, f"it types: {found}{write}")
    if not keyboards:
        yield ok("keyboards on USB", "none is plugged in, and no scanner that types")


def check_keyboard(address: str, agents: Agents, nodes: Nodes | None = None) -> Iterator[Finding]:
    """Look whether a scanner that types is there, and whether it can be read."""
    about, keyboard = f"scanner {address}", Keyboard.parse(address)
    matching = [
        each for each in (nodes or keyboard.nodes).keyboards() if keyboard.name.matches(each)
    ]
    if len(matching) != 1:
        found = f"{' and '.join(map(str, matching))} match" if matching else "it is not plugged in"
        yield wrong(about, found, "Give one of the keyboards above with --scanner.")
        return
    path = Path(matching[0].path)
    own = agents()
    if any(one.pid in own for one in holders_of(path).seen):
        yield ok(about, f"there, as {path}; the agent of this station listens to it")
    elif may_open(path):
        yield ok(about, f"there, as {path}")
    else:
        yield wrong(about, f"{user()} may not open {path} ({rights_of(path)})", way_in(path))
