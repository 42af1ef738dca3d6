"""A USB bus for tests: virtual scanners, and what USB would know of them."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from hardware.errors import DeviceGone
from hardware.ports import UsbPort
from hardware.transport import Line
from hardware.virtual import VirtualScanner

VENDOR, PRODUCT = 0x0403, 0x6001
KIND = "usb:0403:6001"


@dataclass(frozen=True)
class Plug:
    """One scanner, which has a path on the bus for as long as it is plugged in."""

    scanner: VirtualScanner
    serial: str | None
    location: str | None


@dataclass
class UsbBus:
    """Lists what is plugged in as `hardware.transport.plugged` does."""

    is_on: bool = True
    """Whether the hub has power, on which all of them hang."""
    _plugs: list[Plug] = field(default_factory=list)

    def add(
        self, scanner: VirtualScanner, serial: str | None = None, location: str | None = None
    ) -> None:
        """Give a scanner a place on the bus; it is listed while it is plugged in."""
        self._plugs.append(Plug(scanner, serial, location))

    def line(self, address: str) -> Line:
        """Return a line that looks for its device on this bus."""
        return Line(address, listing=self)

    def __call__(self) -> list[UsbPort]:
        """Return what is plugged in."""
        return [
            UsbPort(path, VENDOR, PRODUCT, plug.serial, plug.location)
            for plug in self._plugs
            if self.is_on and (path := _path(plug.scanner))
        ]


def _path(scanner: VirtualScanner) -> str:
    try:
        return str(scanner.path)
    except DeviceGone:
        return ""


def replug_elsewhere(scanner: VirtualScanner) -> tuple[Path, Path]:
    """Unplug a scanner and plug it in under another number; return both paths."""
    before = scanner.path
    # While something holds the dead one its number is taken, as that of ttyUSB0 is.
    holder = os.open(before, os.O_RDWR | os.O_NOCTTY)
    try:
        scanner.unplug()
        scanner.open()
    finally:
        os.close(holder)
    return before, scanner.path
