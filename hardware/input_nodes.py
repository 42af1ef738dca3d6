"""Keyboards as Linux has them: listed below /sys/class/input, taken by ioctl in /dev/input."""

import errno
import fcntl
import re
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.keys import ENTER
from hardware.ports import UsbPort

SYSTEM = Path("/sys/class/input")
NODES = Path("/dev/input")

# The numbers that linux/input.h makes of EVIOCGID, EVIOCGUNIQ, EVIOCGKEY, EVIOCSCLOCKID, EVIOCGRAB.
_LONGEST_UNIQ = 256
_KEY_BYTES = 96
_GET_ID = 0x80084502
_GET_UNIQ = 0x80004508 | _LONGEST_UNIQ << 16
_GET_KEYS = 0x80004518 | _KEY_BYTES << 16
_SET_CLOCK = 0x400445A0
_GRAB = 0x40044590
_ID = struct.Struct("@HHHH")

_INTERFACE = re.compile(r"[0-9]+-[0-9]+(?:\.[0-9]+)*:[0-9]+\.[0-9]+")
_WORD_BITS = 8 * struct.calcsize("@l")
_DIGITS = range(2, 12)


@dataclass(frozen=True)
class Identity:
    """What an opened device says of itself."""

    vendor: int
    product: int
    serial: str | None


Ioctl = Callable[..., Any]
"""Asks the kernel about an opened device, as `fcntl.ioctl` does."""


class InputNodes:
    """The input devices of this machine."""

    def __init__(
        self, system: Path = SYSTEM, nodes: Path = NODES, ioctl: Ioctl = fcntl.ioctl
    ) -> None:
        self._system = system
        self._nodes = nodes
        self._ioctl = ioctl

    def keyboards(self) -> list[UsbPort]:
        """Return everything that types, in the order of its node."""
        return sorted(self._keyboards(), key=lambda port: (len(port.path), port.path))

    def identity(self, node: int) -> Identity:
        """Return what an opened device is, whatever its path was before; raise OSError."""
        _, vendor, product, _ = _ID.unpack(self._ioctl(node, _GET_ID, bytes(_ID.size)))
        try:
            uniq = self._ioctl(node, _GET_UNIQ, bytes(_LONGEST_UNIQ))
        except OSError as problem:
            if problem.errno != errno.ENOENT:
                raise
            uniq = b""
        return Identity(vendor, product, _text(uniq.partition(b"\0")[0]))

    def is_pressed(self, node: int) -> bool:
        """Tell whether a key of an opened device is down; raise OSError."""
        return any(self._ioctl(node, _GET_KEYS, bytes(_KEY_BYTES)))

    def grab(self, node: int) -> None:
        """Take an opened device for us alone, until it is closed; raise OSError."""
        self._ioctl(node, _SET_CLOCK, struct.pack("@i", time.CLOCK_MONOTONIC))
        self._ioctl(node, _GRAB, 1)

    def _keyboards(self) -> Iterator[UsbPort]:
        for entry in self._system.glob("event*"):
            try:
                found = self._keyboard(entry)
            except (OSError, ValueError):
                # It was unplugged while we looked.
                continue
            if found:
                yield found

    def _keyboard(self, entry: Path) -> UsbPort | None:
        device = entry / "device"
        if not _types((device / "capabilities" / "key").read_text(encoding="ascii")):
            return None
        vendor, product = (
            int((device / "id" / name).read_text(encoding="ascii"), 16)
            for name in ("vendor", "product")
        )
        serial = _text((device / "uniq").read_bytes())
        interfaces = _INTERFACE.findall(str(entry.resolve()))
        location = interfaces[-1] if interfaces else None
        return UsbPort(str(self._nodes / entry.name), vendor, product, serial, location)


def _types(capabilities: str) -> bool:
    """Tell whether a device has digits and Enter: a scanner also has nodes that have neither."""
    keys = 0
    for word in capabilities.split():
        keys = keys << _WORD_BITS | int(word, 16)
    return all(keys >> key & 1 for key in (ENTER, *_DIGITS))


def _text(raw: bytes) -> str | None:
    return raw.decode("utf-8", errors="backslashreplace").strip() or None
