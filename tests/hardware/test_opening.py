"""What a device that cannot be opened, or goes at the worst moment, looks like."""

import fcntl
import os
import subprocess
import sys
import termios
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from hardware.errors import DeviceGone
from hardware.scanners import Reading
from hardware.transport import Line
from hardware.virtual import VirtualScanner

Listening = Callable[..., AbstractContextManager[Any]]

# Root may open everything: these rights are what makes it so.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-sys_admin"]
OPEN = """
import sys
from hardware.errors import DeviceGone
from hardware.transport import Line
try:
    Line(sys.argv[1]).open().close()
except DeviceGone as gone:
    print(gone.reason)
"""


def may_be_ordinary() -> bool:
    """Tell whether a command can be run without the rights of root."""
    return bool(os.geteuid()) or not subprocess.run([*ORDINARY, "true"], check=False).returncode


def opened_by_somebody(path: Path) -> str:
    """Return why somebody without special rights cannot open a device, or nothing."""
    rights = [] if os.geteuid() else ORDINARY
    command = [*rights, sys.executable, "-c", OPEN, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


needs_rights = pytest.mark.skipif(
    not may_be_ordinary(), reason="root cannot give up its rights here, so nothing is denied to it"
)


@needs_rights
def test_a_device_that_others_may_not_open_is_gone_for_them(scanner: VirtualScanner) -> None:
    assert opened_by_somebody(scanner.path) == ""

    scanner.path.chmod(0)

    assert "Permission denied" in opened_by_somebody(scanner.path)


@needs_rights
def test_a_device_that_another_program_keeps_for_itself_is_gone(scanner: VirtualScanner) -> None:
    with scanner.path.open("rb", buffering=0) as other:
        fcntl.ioctl(other, termios.TIOCEXCL)
        busy = opened_by_somebody(scanner.path)
        fcntl.ioctl(other, termios.TIOCNXCL)

    assert "busy" in busy


def test_a_device_that_another_listens_to_is_told_to_be_gone_until_it_is_let_go(
    listening: Listening, scanner: VirtualScanner
) -> None:
    line = Line(str(scanner.path))

    with line.open() as other, listening(line) as ear:
        refused = ear.presence()
        other.close()
        there = ear.presence()
        scanner.type("4711")
        reading = ear.reading()

    assert "exclusively lock" in refused.reason
    assert (refused.is_there, there.is_there, reading.frame.text) == (False, True, "4711")


@pytest.mark.parametrize("kind", ["nothing", "folder", "file"])
def test_a_path_that_is_no_device_is_gone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "file":
        path.write_text("4711\r")

    with pytest.raises(DeviceGone) as gone:
        Line(str(path)).open()

    assert gone.value.reason


def test_a_scan_at_the_moment_of_unplugging_is_heard_whole_or_not_at_all(
    listening: Listening, scanner: VirtualScanner, link: Path
) -> None:
    scan = b"0000123017\r"

    for sent in range(1, len(scan) + 1):
        with listening(Line(str(link))) as ear:
            assert ear.presence().is_there
            scanner.send(scan[:sent])
            scanner.unplug()
            heard = codes_until_gone(ear)
            scanner.open()
        assert heard == [] or (heard, sent) == (["0000123017"], len(scan))


def codes_until_gone(ear: Any) -> list[str]:
    """Return what is taken for a code before the device is gone."""
    codes = []
    while isinstance(report := ear.queue.get(timeout=30), Reading):
        if report.frame.fault is None:
            codes.append(report.frame.text)
    return codes
