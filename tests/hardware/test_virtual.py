"""A virtual scanner behaves as one of plastic does."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import pytest

from hardware.errors import DeviceGone, LinkRefused
from hardware.transport import Line, Port
from hardware.virtual import VirtualScanner, paced

ReadUntil = Callable[[Port, bytes], bytes]


class Clock(Protocol):
    """A clock that a test sets."""

    at: float

    def __call__(self) -> float: ...


def fill(scanner: VirtualScanner) -> None:
    """Leave no room for another byte between the scanner and its reader."""
    assert scanner._ends is not None
    with suppress(BlockingIOError):
        while True:
            os.write(scanner._ends[0], b"7" * 1000)
    with suppress(BlockingIOError):
        while True:
            os.write(scanner._ends[0], b"7")


def test_it_types_between_its_prefix_and_its_suffix(read_until: ReadUntil) -> None:
    settings = VirtualScanner(prefix=b"\x02", suffix=b"\x03", baud=115200)

    with settings as scanner, Line(str(scanner.path)).open() as port:
        scanner.type("WO1")

        assert read_until(port, b"\x03") == b"\x02WO1\x03"


def test_its_link_names_its_terminal(scanner: VirtualScanner, link: Path) -> None:
    assert link.readlink() == scanner.path
    assert scanner.path.parent == Path("/dev/pts")


def test_its_link_goes_with_it_and_comes_back_with_it(scanner: VirtualScanner, link: Path) -> None:
    scanner.unplug()
    was_there = link.is_symlink()
    scanner.open()

    assert not was_there
    assert link.readlink() == scanner.path


def test_what_it_types_while_nobody_listens_is_lost(
    scanner: VirtualScanner, read_until: ReadUntil
) -> None:
    scanner.type("lost")

    with Line(str(scanner.path)).open() as port:
        scanner.type("heard")

        assert read_until(port, b"\r") == b"heard\r"


def test_it_goes_on_typing_when_nobody_listens_for_long(
    scanner: VirtualScanner, read_until: ReadUntil
) -> None:
    fill(scanner)

    scanner.type("lost")

    with Line(str(scanner.path)).open() as port:
        scanner.type("heard")
        assert read_until(port, b"\r").endswith(b"heard\r")


def test_it_hears_nothing_when_nothing_is_written(scanner: VirtualScanner) -> None:
    assert scanner.received() == b""


def test_unplugged_it_can_neither_type_nor_be_opened(scanner: VirtualScanner) -> None:
    scanner.unplug()

    with pytest.raises(DeviceGone):
        scanner.type("4711")
    with pytest.raises(DeviceGone):
        _ = scanner.path


def test_closing_and_opening_twice_are_harmless(scanner: VirtualScanner) -> None:
    path = scanner.path

    assert scanner.open().path == path
    scanner.close()
    scanner.close()


def test_the_last_one_plugged_gets_the_link(scanner: VirtualScanner, link: Path) -> None:
    with VirtualScanner(link) as other:
        assert link.readlink() == other.path
        scanner.unplug()

        assert link.readlink() == other.path


def test_a_link_left_by_a_killed_program_is_replaced(link: Path) -> None:
    link.symlink_to("/dev/pts/99999")

    with VirtualScanner(link) as scanner:
        assert link.readlink() == scanner.path


def test_it_never_overwrites_a_file(link: Path) -> None:
    link.write_text("mine")

    with pytest.raises(LinkRefused):
        VirtualScanner(link).open()

    assert link.read_text() == "mine"


def test_it_never_takes_the_link_of_something_else(link: Path, tmp_path: Path) -> None:
    link.symlink_to(tmp_path)

    with pytest.raises(LinkRefused):
        VirtualScanner(link).open()

    assert link.readlink() == tmp_path


def test_a_link_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    scanner = VirtualScanner(tmp_path / "none" / "scanner")

    with pytest.raises(LinkRefused):
        scanner.open()
    with pytest.raises(DeviceGone):
        _ = scanner.path


def test_codes_come_at_a_steady_pace_however_long_typing_takes(clock: Clock) -> None:
    waits = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        clock.at += seconds

    for code in paced("abcd", 30, now=clock, wait=wait):
        clock.at += 3.0 if code == "b" else 0.5

    assert waits == pytest.approx([1.5, 0.5])


def test_paced_codes_are_all_given_in_order() -> None:
    assert [*paced("abc", 1, now=lambda: 0.0, wait=lambda _: None)] == ["a", "b", "c"]


@pytest.mark.parametrize("per_minute", [0, -3, float("nan")])
def test_a_pace_must_be_positive(per_minute: float) -> None:
    with pytest.raises(ValueError, match="no pace"):
        paced([], per_minute)
