"""Scanners that type: found by what they are, and taken away from everybody else while we listen.

A keyboard that is taken is dead for whoever sits at it. So only one that is named is ever taken,
and what was opened has to say itself that it is the one.
"""

import errno
import os
import select
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from hardware.errors import DeviceGone, SeveralMatch, UnusableAddress
from hardware.framing import Framing
from hardware.input_nodes import Identity, InputNodes
from hardware.keystrokes import EVENT, TYPED, KeyFramer
from hardware.ports import USB, UsbName, UsbPort, lasting_name

KEYBOARD = "keyboard:"

_ADVICE = {
    errno.EACCES: ": put this user into the group input, or add a udev rule",
    errno.EBUSY: ": another program has taken it; stop that one",
}
_READ_TIMEOUT_MS = 50
_MOST_BYTES = 256 * EVENT.size


class Nodes(Protocol):
    """Where keyboards are found and taken; `InputNodes` is this machine."""

    def keyboards(self) -> list[UsbPort]:
        """Return everything that types."""
        ...

    def identity(self, node: int) -> Identity:
        """Return what an opened device is; raise OSError."""
        ...

    def is_pressed(self, node: int) -> bool:
        """Tell whether a key of an opened device is down; raise OSError."""
        ...

    def grab(self, node: int) -> None:
        """Take an opened device for us alone; raise OSError."""
        ...


@dataclass(frozen=True)
class Keyboard:
    """A scanner that types, as the settings name it."""

    name: UsbName
    nodes: Nodes = field(default_factory=InputNodes, compare=False, repr=False)

    @classmethod
    def parse(cls, address: str) -> Self:
        """Return the keyboard that an address names; raise UnusableAddress when it names none."""
        scheme, what = address[: len(KEYBOARD)], address[len(KEYBOARD) :]
        try:
            if scheme.lower() == KEYBOARD:
                return cls(UsbName.parse(USB + what))
        except ValueError:
            pass
        raise UnusableAddress(
            address,
            "a scanner that types is written keyboard:VENDOR:PRODUCT, with :SERIAL or @LOCATION "
            "behind it where several are alike, as in keyboard:05f9:2206",
        )

    @property
    def is_remote(self) -> bool:
        """Tell that it is here."""
        return False

    @property
    def address(self) -> str:
        """Return what it is called, in small letters."""
        return _written(str(self.name))

    def framer(self, framing: Framing | None) -> KeyFramer:
        """Return what makes frames of the events that its port reads."""
        return KeyFramer(framing or TYPED)

    def open(self) -> "KeyboardPort":
        """Return the opened keyboard, ours alone; what was typed before is lost."""
        with _lost(self.address):
            found = self._find()
            node = os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        port = KeyboardPort(self.address, node)
        try:
            self._take(node, found)
        except DeviceGone:
            port.close()
            raise
        return port

    def _find(self) -> UsbPort:
        plugged = self.nodes.keyboards()
        matching = [port for port in plugged if self.name.matches(port)]
        if not matching:
            raise DeviceGone(self.address, f"it is not plugged in; {_there(plugged)}")
        if len(matching) > 1:
            named = "; ".join(f"{port}: write {_alone(port, plugged)}" for port in matching)
            raise SeveralMatch(self.address, f"{len(matching)} keyboards match; {named}")
        return matching[0]

    def _take(self, node: int, found: UsbPort) -> None:
        with _lost(self.address):
            # Between looking and opening, the path may have become another keyboard's.
            if self.nodes.identity(node) != Identity(found.vendor, found.product, found.serial):
                raise DeviceGone(self.address, f"{found.path} has just become another device")
            # Whoever has seen a key go down would never see it come up again, and repeat it.
            if self.nodes.is_pressed(node):
                raise DeviceGone(self.address, "a key of it is held down: release it")
            self.nodes.grab(node)


class KeyboardPort:
    """An opened keyboard."""

    def __init__(self, address: str, node: int) -> None:
        self.address = address
        self._node = node
        self._poll = select.poll()
        self._poll.register(node, select.POLLIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self) -> bytes:
        """Return the key events that have come, or nothing after 50 ms without any."""
        with _lost(self.address):
            if not self._poll.poll(_READ_TIMEOUT_MS):
                return b""
            events = os.read(self._node, _MOST_BYTES)
        if not events:
            raise DeviceGone(self.address, "it has nothing more to say")
        return events

    def write(self, _answer: bytes) -> None:
        """Send nothing: a scanner that types takes no beeps, though others of its station may."""

    def stop_writing(self) -> None:
        """Do nothing: no write hangs where none is possible."""

    def close(self) -> None:
        """Give the keyboard back to everybody; the kernel ends the grab."""
        with suppress(OSError):
            os.close(self._node)


def _written(name: str) -> str:
    return KEYBOARD + name.removeprefix(USB)


def _alone(port: UsbPort, plugged: list[UsbPort]) -> str:
    """Return the name of this keyboard alone, or what to do when it has none."""
    name = lasting_name(port, plugged)
    return _written(name) if name else "nothing, unplug it: it has no name of its own"


def _there(plugged: list[UsbPort]) -> str:
    names = [f"{_alone(port, plugged)} ({port.path})" for port in plugged]
    return f"there are {', '.join(names)}" if names else "no keyboard is"


@contextmanager
def _lost(address: str) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        advice = _ADVICE.get(problem.errno or 0, "")
        raise DeviceGone(address, f"{problem}{advice}") from problem
