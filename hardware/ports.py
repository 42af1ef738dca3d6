"""Serial devices found by what they are: pure; `hardware.transport` says what is plugged in.

`/dev/ttyUSB0` is whatever was plugged in first today. What USB knows of a device stays with it:
its vendor and product, its serial number if it has one, and the socket (location) it is in.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from hardware.errors import DeviceGone, SeveralMatch

USB = "usb:"

_NAME = re.compile(
    r"usb:(?P<vendor>[0-9a-f]{4}):(?P<product>[0-9a-f]{4})"
    # A comma begins the settings of a device, where a station is told of it.
    r"(?::(?P<serial>[^@,\0-\x1f]+))?"
    r"(?:@(?P<location>[0-9]+-[0-9]+(?:\.[0-9]+)*(?::[0-9]+\.[0-9]+)?))?",
    re.IGNORECASE,
)
_FLEETING = re.compile(r"/dev/tty(?:USB|ACM)[0-9]+")
_MOST_NAMED = 8


@dataclass(frozen=True)
class UsbPort:
    """A serial device on USB, under the path that it has until it is unplugged."""

    path: str
    vendor: int
    product: int
    serial: str | None = None
    location: str | None = None
    """Its socket, such as `3-1.2`, and its interface where it has several: `3-1.2:1.0`."""

    def __str__(self) -> str:
        serial = f"serial {self.serial}" if self.serial else "no serial"
        return f"{self.path} (location {self.location or 'unknown'}, {serial})"


Listing = Callable[[], Sequence[UsbPort]]
"""Says which serial devices are plugged in; `hardware.transport.plugged` does."""


@dataclass(frozen=True)
class UsbName:
    """An address that says what a device is; `str` gives it back in small letters."""

    vendor: int
    product: int
    serial: str | None = None
    location: str | None = None

    @classmethod
    def parse(cls, address: str) -> Self:
        """Return the name that an address is; raise ValueError when it is none."""
        match = _NAME.fullmatch(address)
        if not match:
            raise ValueError(
                "what a device is, is written usb:VENDOR:PRODUCT, with :SERIAL or @LOCATION behind "
                "it where several are alike, as in usb:05f9:4005:S1A2B3 or usb:0403:6001@3-1"
            )
        vendor, product, serial, location = match.group("vendor", "product", "serial", "location")
        return cls(int(vendor, 16), int(product, 16), serial, location)

    def __str__(self) -> str:
        serial = f":{self.serial}" if self.serial else ""
        location = f"@{self.location}" if self.location else ""
        return f"{USB}{self.vendor:04x}:{self.product:04x}{serial}{location}"

    def matches(self, port: UsbPort) -> bool:
        """Tell whether this names the device, perhaps among others."""
        return (
            (self.vendor, self.product) == (port.vendor, port.product)
            and self.serial in {None, port.serial}
            and (self.location is None or _is_at(self.location, port.location))
        )

    def find(self, listing: Listing) -> UsbPort:
        """Return the one device of this name; raise DeviceGone, or SeveralMatch with all named."""
        plugged = listing()
        matching = [port for port in plugged if self.matches(port)]
        if not matching:
            raise DeviceGone(str(self), f"it is not plugged in; {_there(plugged)}")
        if len(matching) > 1:
            raise SeveralMatch(str(self), _several(matching, plugged))
        return matching[0]


def canonical(address: str) -> str:
    """Return a USB name as `str` gives it, any other address as it is."""
    return str(UsbName.parse(address)) if _NAME.fullmatch(address) else address


def is_fleeting(address: str) -> bool:
    """Tell whether another device may have this address tomorrow."""
    return bool(_FLEETING.fullmatch(address))


def lasting_name(port: UsbPort, plugged: Sequence[UsbPort]) -> str | None:
    """Return the simplest name that means this device alone among those plugged in, if any does."""
    kind = UsbName(port.vendor, port.product)
    names = [
        kind,
        replace(kind, location=port.location),
        replace(kind, serial=port.serial, location=port.location),
    ]
    if port.serial:
        # Better than the kind alone, which is refused as soon as a second one is plugged in.
        names.insert(0, replace(kind, serial=port.serial))
    sole = (
        str(name) for name in names if [each for each in plugged if name.matches(each)] == [port]
    )
    return next((name for name in sole if _NAME.fullmatch(name)), None)


def check_by_id(address: str, listing: Listing) -> None:
    """Raise SeveralMatch when devices without a serial number share one name below by-id.

    The link leads to the one that was plugged in last, whichever that is.
    """
    if Path(address).parent.name != "by-id":
        return
    plugged, path = listing(), str(Path(address).resolve())
    linked = next((port for port in plugged if port.path == path), None)
    alike = [port for port in plugged if linked and _are_twins(linked, port)]
    if len(alike) > 1:
        raise SeveralMatch(address, _several(alike, plugged))


def _are_twins(one: UsbPort, other: UsbPort) -> bool:
    """Tell whether udev gives both the same name: that of a port ends with its interface."""

    def named(port: UsbPort) -> tuple[int, int, str | None, str]:
        return port.vendor, port.product, port.serial, (port.location or "").partition(":")[2]

    return named(one) == named(other)


def _is_at(wanted: str, location: str | None) -> bool:
    """Tell whether a location is meant: the interface may be left out on either side."""
    socket, _, interface = (location or "").partition(":")
    wanted_socket, _, wanted_interface = wanted.partition(":")
    return wanted_socket == socket and (
        wanted_interface == interface or not (wanted_interface and interface)
    )


def _several(matching: Sequence[UsbPort], plugged: Sequence[UsbPort]) -> str:
    named = [f"{port}: write {lasting_name(port, plugged) or _by_path(port)}" for port in matching]
    return f"{len(matching)} devices match; {'; '.join(named)}"


def _there(plugged: Sequence[UsbPort]) -> str:
    names = [f"{lasting_name(port, plugged)} ({port.path})" for port in plugged[:_MOST_NAMED]]
    return f"there are {', '.join(names)}" if names else "no serial device on USB is"


def _by_path(port: UsbPort) -> str:
    return f"its name below /dev/serial/by-path, which leads to {port.path}"
