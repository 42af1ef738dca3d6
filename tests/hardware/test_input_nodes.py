"""What the kernel says of keyboards is understood, and it is asked as it wants to be."""

import errno
import os
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hardware.input_nodes import Identity, InputNodes
from tests.hardware.typist import FakeKeyboard, FakeNodes

NODE = 7
WRITE, READ = 1, 2
NUMERIC_PAD = "402000000 0 0 100e0000000000 0"


def number(direction: int, request: int, size: int) -> int:
    """Return the number of a request to evdev, as _IOC in asm-generic/ioctl.h makes it."""
    return direction << 30 | size << 16 | ord("E") << 8 | request


EVIOCGID = number(READ, 0x02, 8)
EVIOCGUNIQ = number(READ, 0x08, 256)
EVIOCGKEY = number(READ, 0x18, 96)
EVIOCSCLOCKID = number(WRITE, 0xA0, 4)
EVIOCGRAB = number(WRITE, 0x90, 4)


@dataclass
class Kernel:
    """A kernel with one opened device; it answers as drivers/input/evdev.c does."""

    serial: bytes | None = b"S1A2B3"
    keys: bytes = bytes(96)
    asked: list[tuple[int, int, bytes | int]] = field(default_factory=list)

    def __call__(self, node: int, request: int, about: bytes | int) -> bytes:
        self.asked.append((node, request, about))
        if request == EVIOCGUNIQ and self.serial is None:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        answers = {
            EVIOCGID: struct.pack("@HHHH", 3, 0x05F9, 0x2206, 0x0111),
            EVIOCGUNIQ: (self.serial or b"").ljust(256, b"\0"),
            EVIOCGKEY: self.keys,
        }
        return answers.get(request, b"")


@pytest.mark.parametrize(
    ("serial", "said"), [(b"S1A2B3", "S1A2B3"), (b"", None), (None, None), (b"S\xff", "S\\xff")]
)
def test_an_opened_device_says_what_it_is(serial: bytes | None, said: str | None) -> None:
    nodes = InputNodes(ioctl=Kernel(serial))

    assert nodes.identity(NODE) == Identity(0x05F9, 0x2206, said)


def test_a_key_that_is_down_is_seen() -> None:
    enter = bytes(3) + bytes([1 << 28 % 8]) + bytes(92)

    assert InputNodes(ioctl=Kernel(keys=enter)).is_pressed(NODE)
    assert not InputNodes(ioctl=Kernel()).is_pressed(NODE)


def test_times_are_set_to_the_clock_of_the_program_before_the_grab() -> None:
    kernel = Kernel()

    InputNodes(ioctl=kernel).grab(NODE)

    assert kernel.asked == [
        (NODE, EVIOCSCLOCKID, struct.pack("@i", time.CLOCK_MONOTONIC)),
        (NODE, EVIOCGRAB, 1),
    ]


def test_any_other_refusal_is_told() -> None:
    def gone(_node: int, _request: int, _about: bytes | int) -> bytes:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    with pytest.raises(OSError, match="No such device"):
        InputNodes(ioctl=gone).identity(NODE)


def test_the_listing_says_what_usb_knows_of_a_keyboard(tmp_path: Path) -> None:
    nodes = FakeNodes(tmp_path)

    with FakeKeyboard(nodes, number=10, serial="S1", usb="3-1.2"), FakeKeyboard(nodes, number=9):
        found = nodes.keyboards()

    assert [(port.serial, port.location) for port in found] == [
        (None, "3-1:1.0"), ("S1", "3-1.2:1.0"),
    ]  # fmt: skip
    assert {(port.vendor, port.product) for port in found} == {(0x05F9, 0x2206)}
    assert [Path(port.path).name for port in found] == ["event9", "event10"]


@pytest.mark.parametrize(
    "keys", ["0", "", "3e000b00000000 0 0 1f 1f00000000000000 0 0", NUMERIC_PAD]
)
def test_what_has_no_row_of_digits_and_no_enter_types_nothing(keys: str, tmp_path: Path) -> None:
    nodes = FakeNodes(tmp_path)

    with FakeKeyboard(nodes, keys=keys):
        assert nodes.keyboards() == []
