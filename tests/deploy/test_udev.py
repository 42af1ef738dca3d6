"""The udev rules: udev can read them, and every vendor gets all that it needs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

VENDORS = {"05e0", "0c2e", "05f9", "0403", "10c4", "1a86", "067b"}
KEYBOARDS = {"05e0", "0c2e", "05f9"}
"""Those whose scanners may type; the others make adapters."""

# key{attribute} operator "value", as udev(7) has it; a match or something to be done.
PART = re.compile(r'([A-Z_]+)(?:\{([^}]+)\})?(==|!=|=|\+=|:=)"((?:[^"\\]|\\.)*)"')
MATCHES = {"ACTION", "ATTR", "ATTRS", "ENV", "KERNEL", "SUBSYSTEM", "TEST"}
DEEDS = {"ATTR", "ENV", "GOTO", "GROUP", "LABEL", "MODE"}

Part = tuple[str, str, str, str]
Rule = list[Part]


@pytest.fixture
def path(deploy: Path) -> Path:
    return deploy / "udev" / "70-floorline.rules"


@pytest.fixture
def rules(path: Path) -> list[Rule]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [parsed(line) for line in lines if line.strip() and not line.startswith("#")]


def parsed(line: str) -> Rule:
    """Return the parts of a rule; what is no part raises ValueError."""
    parts = [PART.fullmatch(part.strip()) for part in re.split(r",\s*(?=[A-Z])", line)]
    if not all(parts):
        raise ValueError(line)
    return [(found[1], found[2] or "", found[3], found[4]) for found in parts if found]


def vendors(rule: Rule) -> set[str]:
    """Return the vendors that a rule is for."""
    (listed,) = (part[3] for part in rule if part[1] == "idVendor" and part[2] == "==")
    return set(listed.split("|"))


def doing(rules: list[Rule], part: Part) -> list[Rule]:
    return [rule for rule in rules if part in rule]


def test_udev_can_read_them(path: Path) -> None:
    udevadm = shutil.which("udevadm")
    if udevadm is None:
        pytest.skip("udevadm is not here: no udev to ask")
    asked = subprocess.run([udevadm, "verify", path], capture_output=True, text=True, check=False)
    if "Unknown command verb" in asked.stderr:
        pytest.skip("this udev is older than 254: it has no `udevadm verify`")

    assert asked.returncode == 0, asked.stdout + asked.stderr


def test_every_rule_is_made_of_matches_and_deeds(rules: list[Rule]) -> None:
    wrong = [
        part
        for rule in rules
        for part in rule
        if part[0] not in (MATCHES if part[2] in {"==", "!="} else DEEDS)
    ]

    assert len(rules) > 4
    assert wrong == []


def test_a_typing_error_would_be_found() -> None:
    with pytest.raises(ValueError, match="SUBSYSTEM"):
        parsed('SUBSYSTEM=="tty" GROUP="dialout"')


def test_every_jump_has_its_target(rules: list[Rule]) -> None:
    jumps = {part[3] for rule in rules for part in rule if part[0] == "GOTO"}
    labels = {part[3] for rule in rules for part in rule if part[0] == "LABEL"}

    assert jumps == labels


def test_no_scanner_goes_to_sleep(rules: list[Rule]) -> None:
    (awake,) = doing(rules, ("ATTR", "power/control", "=", "on"))

    assert vendors(awake) == VENDORS
    assert ("TEST", "", "==", "power/control") in awake


@pytest.mark.parametrize("subsystem", ["usb", "tty"])
def test_modem_manager_asks_no_scanner_for_a_sim(rules: list[Rule], subsystem: str) -> None:
    ignored = doing(rules, ("ENV", "ID_MM_DEVICE_IGNORE", "=", "1"))

    (rule,) = (rule for rule in ignored if ("SUBSYSTEM", "", "==", subsystem) in rule)
    assert vendors(rule) == VENDORS


def test_lines_and_keyboards_belong_to_the_groups_of_the_agent(rules: list[Rule]) -> None:
    (lines,) = doing(rules, ("GROUP", "", "=", "dialout"))
    (keyboards,) = doing(rules, ("GROUP", "", "=", "input"))

    assert vendors(lines) == VENDORS
    assert vendors(keyboards) == KEYBOARDS
    assert ("MODE", "", "=", "0660") in lines
    assert ("MODE", "", "=", "0660") in keyboards
