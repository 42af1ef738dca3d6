"""A device is found by what it is at every opening: real bytes, on a bus that a test plugs."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest

from hardware.errors import DeviceGone, SeveralMatch, UnusableAddress
from hardware.roles import Role
from hardware.transport import Line, Port
from hardware.virtual import VirtualScanner
from tests.hardware.usb_bus import KIND, UsbBus, replug_elsewhere

Listening = Callable[..., AbstractContextManager[Any]]
ReadUntil = Callable[[Port, bytes], bytes]


@pytest.fixture
def bus() -> UsbBus:
    return UsbBus()


@pytest.fixture
def others() -> Iterator[tuple[VirtualScanner, VirtualScanner]]:
    """Return two more scanners, plugged in."""
    with VirtualScanner(baud=115200) as one, VirtualScanner(baud=115200) as other:
        yield one, other


def test_a_device_is_opened_by_what_it_is(
    bus: UsbBus, scanner: VirtualScanner, read_until: ReadUntil
) -> None:
    bus.add(scanner, serial="S1", location="3-1")

    with bus.line(f"{KIND}:S1").open() as port:
        scanner.type("0000123017")

        assert read_until(port, b"\r") == b"0000123017\r"
        assert port.address == f"{KIND}:S1"


@pytest.mark.parametrize("address", ["usb:05f9", "USB:05f9:4005:", "usb:05f9:4005@left"])
def test_a_name_that_can_never_be_found_is_refused_at_once(address: str) -> None:
    with pytest.raises(UnusableAddress, match="usb:VENDOR:PRODUCT"):
        Line(address)


def test_a_device_that_is_not_plugged_in_is_gone() -> None:
    with pytest.raises(DeviceGone) as gone:
        UsbBus().line(f"{KIND}:S1").open()

    assert gone.value.address == f"{KIND}:S1"


def test_a_scanner_that_comes_back_under_another_number_is_heard_under_its_name(
    listening: Listening, bus: UsbBus, scanner: VirtualScanner
) -> None:
    bus.add(scanner, serial="S1")

    with listening(bus.line(f"{KIND}:S1")) as ear:
        assert ear.presence().is_there
        before, after = replug_elsewhere(scanner)
        ear.skip_to_return()
        scanner.type("0000123017")
        reading = ear.reading()

    assert before != after
    assert (reading.device, reading.frame.text) == (f"{KIND}:S1", "0000123017")


def test_a_scanner_is_opened_again_while_something_still_holds_its_dead_path(
    bus: UsbBus, scanner: VirtualScanner, read_until: ReadUntil
) -> None:
    bus.add(scanner, serial="S1")
    line = bus.line(f"{KIND}:S1")

    with line.open() as dead:
        before = scanner.path
        scanner.unplug()
        # While the dead one is held its number is taken: the kernel gives the next one.
        scanner.open()
        with line.open() as port:
            scanner.type("4711")

            assert scanner.path != before
            assert read_until(port, b"\r") == b"4711\r"
        with pytest.raises(DeviceGone):
            dead.read()


def test_another_device_under_the_old_number_is_left_alone(
    listening: Listening, bus: UsbBus, scanner: VirtualScanner
) -> None:
    bus.add(scanner, serial="S1")

    with listening(bus.line(f"{KIND}:S1")) as ear, ExitStack() as until_heard:
        assert ear.presence().is_there
        scanner.unplug()
        assert not ear.presence().is_there
        stranger = until_heard.enter_context(VirtualScanner(baud=115200))
        bus.add(stranger, serial="S2")
        scanner.open()
        assert ear.presence().is_there
        stranger.type("stranger")
        scanner.type("0000123017")

        assert ear.reading().frame.text == "0000123017"


def test_two_identical_adapters_are_refused_with_both_named(
    bus: UsbBus, others: tuple[VirtualScanner, VirtualScanner]
) -> None:
    for place, scanner in enumerate(others, start=1):
        bus.add(scanner, location=f"3-{place}")

    with pytest.raises(SeveralMatch) as refused:
        bus.line(KIND).open()

    for place, scanner in enumerate(others, start=1):
        named = f"{scanner.path} (location 3-{place}, no serial): write {KIND}@3-{place}"
        assert named in refused.value.reason


def test_two_identical_adapters_are_told_apart_by_where_they_are_plugged(
    bus: UsbBus, others: tuple[VirtualScanner, VirtualScanner], read_until: ReadUntil
) -> None:
    for place, scanner in enumerate(others, start=1):
        bus.add(scanner, location=f"3-{place}")

    with bus.line(f"{KIND}@3-2:1.0").open() as port:
        others[1].type("right")

        assert read_until(port, b"\r") == b"right\r"


def test_the_loop_refuses_two_that_match_and_listens_when_one_is_left(
    listening: Listening, bus: UsbBus, others: tuple[VirtualScanner, VirtualScanner]
) -> None:
    left, right = others
    bus.add(left)
    bus.add(right)

    with listening(bus.line(KIND), role=Role.BADGE_READER) as ear:
        refused = ear.presence()
        right.unplug()
        there = ear.presence()
        left.type("4101")
        reading = ear.reading()

    assert not refused.is_there
    assert "2 devices match" in refused.reason
    assert there.is_there
    assert {refused.role, there.role, reading.role} == {Role.BADGE_READER}


def test_a_scanner_that_was_gone_and_is_now_refused_is_told_of_again(
    listening: Listening,
    bus: UsbBus,
    others: tuple[VirtualScanner, VirtualScanner],
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus.is_on = False
    for scanner in others:
        bus.add(scanner)

    with caplog.at_level(logging.WARNING), listening(bus.line(KIND)) as ear:
        gone = ear.presence()
        bus.is_on = True
        refused = ear.presence()

    assert "not plugged in" in gone.reason
    assert "2 devices match" in refused.reason
    assert len(caplog.records) == 2


def test_a_name_by_id_that_two_share_opens_neither(
    bus: UsbBus, others: tuple[VirtualScanner, VirtualScanner], tmp_path: Path
) -> None:
    link = tmp_path / "by-id" / "usb-FTDI_USB-Serial-if00-port0"
    link.parent.mkdir()
    link.symlink_to(others[1].path)
    for place, scanner in enumerate(others, start=1):
        bus.add(scanner, location=f"3-{place}")

    with pytest.raises(SeveralMatch, match=f"write {KIND}@3-1; .*write {KIND}@3-2"):
        bus.line(str(link)).open()
