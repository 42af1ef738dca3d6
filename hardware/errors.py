"""What the drivers raise.

HardwareError
├── DeviceGone            not there just now: unplugged, cut off, held by another program
│   ├── DeviceContested   there, but gone again as soon as it is opened
│   └── SeveralMatch      more than one device has this name, so none of them is taken
├── UnusableAddress       no device can ever be reached under this address
├── LinkRefused           a virtual device cannot have the name it was given
└── SymbolError
    ├── PayloadError
    │   ├── EmptyPayload
    │   ├── PayloadNotEncodable
    │   └── PayloadTooLong
    ├── SymbolTooNarrow   its bars would be finer than paper and scanners stand
    └── SymbolUnreadable  the drawn symbol does not say what it was made from
"""

from typing import ClassVar


class HardwareError(Exception):
    """Something that a device, or the paper for it, cannot do."""

    code: ClassVar[str] = "hardware"


class DeviceGone(HardwareError):
    """The device is not there just now; opening it again may help."""

    code = "device-gone"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address} is gone: {reason}")
        self.address = address
        self.reason = reason


class DeviceContested(DeviceGone):
    """The device goes again whenever it is opened, as when two stations take it from each other."""

    code = "device-contested"

    def __init__(self, gone: DeviceGone) -> None:
        super().__init__(
            gone.address,
            "it goes whenever it is opened; does another program or station want it too? "
            f"({gone.reason})",
        )


class SeveralMatch(DeviceGone):
    """Several devices match, and any guess could be the wrong one; unplugging one helps too."""

    code = "several-match"


class UnusableAddress(HardwareError):
    """The address or its settings are wrong; trying again cannot help."""

    code = "unusable-address"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address!r} cannot name a device: {reason}")
        self.address = address
        self.reason = reason


class LinkRefused(HardwareError):
    """A virtual device cannot have this name; choose another."""

    code = "link-refused"

    def __init__(self, link: str, reason: str) -> None:
        super().__init__(f"{link} cannot be the name of a virtual device: {reason}")
        self.link = link
        self.reason = reason


class SymbolError(HardwareError):
    """A barcode that must not be printed."""

    code = "symbol"


class PayloadError(SymbolError):
    """A payload that the symbology cannot carry."""

    code = "payload"

    def __init__(self, symbology: str, payload: str, problem: str) -> None:
        super().__init__(f"{symbology} cannot carry {payload[:60]!r}: {problem}")
        self.symbology = symbology
        self.payload = payload


class EmptyPayload(PayloadError):
    """There is nothing to encode."""

    code = "payload-empty"

    def __init__(self, symbology: str) -> None:
        super().__init__(symbology, "", "it is empty")


class PayloadNotEncodable(PayloadError):
    """Some characters would not come out of a scanner as they went in."""

    code = "payload-not-encodable"

    def __init__(self, symbology: str, payload: str, characters: str) -> None:
        super().__init__(symbology, payload, f"it contains {characters!a}")
        self.characters = characters


class PayloadTooLong(PayloadError):
    """The payload has more characters than a symbol of ours may have."""

    code = "payload-too-long"

    def __init__(self, symbology: str, payload: str, longest: int) -> None:
        super().__init__(symbology, payload, f"it has {len(payload)} characters, not {longest}")
        self.longest = longest


class SymbolTooNarrow(SymbolError):
    """The narrowest bar would be too fine for office paper."""

    code = "symbol-too-narrow"

    def __init__(self, x_mm: float, least_mm: float) -> None:
        super().__init__(f"bars of {x_mm} mm do not scan reliably: use {least_mm} mm or more")
        self.x_mm = x_mm
        self.least_mm = least_mm


class SymbolUnreadable(SymbolError):
    """A reader did not find exactly the payload in the symbol."""

    code = "symbol-unreadable"

    def __init__(self, payload: str, read: tuple[str, ...]) -> None:
        super().__init__(f"the symbol of {payload!r} reads as {list(read)!r}")
        self.payload = payload
        self.read = read
