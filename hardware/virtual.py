"""Devices that are not there: real bytes on a real pseudo-terminal, without the plastic."""

import os
import pty
import time
import tty
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from hardware.errors import DeviceGone, LinkRefused

_TERMINALS = Path("/dev/pts")
_BITS_PER_BYTE = 10
_MOST_BYTES = 4096


class VirtualScanner:
    """A scanner on a pseudo-terminal; to whoever opens its path it is a serial device.

    The link is its stable name, as /dev/serial/by-id holds those of real ones. What it types while
    nobody listens is lost, as with a real one.
    """

    def __init__(
        self,
        link: Path | None = None,
        *,
        prefix: bytes = b"",
        suffix: bytes = b"\r",
        baud: int = 9600,
    ) -> None:
        self.link = link
        self._prefix = prefix
        self._suffix = suffix
        self._s_per_byte = _BITS_PER_BYTE / baud
        self._ends: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> Self:
        """Plug it in; again after `unplug`, then perhaps under another path but the same link.

        A link that would replace something else raises LinkRefused.
        """
        if self._ends is None:
            # Our own hold on the reader's end keeps the terminal raw between two readers.
            writer, reader = self._ends = pty.openpty()
            tty.setraw(reader)
            os.set_blocking(writer, False)
            self._point_link()
        return self

    @property
    def path(self) -> Path:
        """Return the terminal to open, or raise DeviceGone while it is unplugged."""
        return Path(os.ttyname(self._plugged()[1]))

    def type(self, text: str) -> None:
        """Send a code between the configured prefix and suffix, as fast as the line allows."""
        self.send(self._prefix + text.encode() + self._suffix)

    def send(self, raw: bytes) -> None:
        """Send bytes as they are, as fast as the line allows."""
        for byte in raw:
            writer, _ = self._plugged()
            # A full buffer means that nobody has listened for long.
            with suppress(BlockingIOError):
                os.write(writer, bytes([byte]))
            time.sleep(self._s_per_byte)

    def received(self) -> bytes:
        """Return what the other side has written since the last call, such as beeps."""
        writer, _ = self._plugged()
        with suppress(BlockingIOError):
            return os.read(writer, _MOST_BYTES)
        return b""

    def unplug(self) -> None:
        """Pull the cable: readers find the device gone, and its link goes too."""
        if self._ends is None:
            return
        if self.link is not None and _target(self.link) == self.path:
            self.link.unlink()
        for end in self._ends:
            os.close(end)
        self._ends = None

    def close(self) -> None:
        """Put it away; harmless when it is unplugged."""
        self.unplug()

    def _plugged(self) -> tuple[int, int]:
        if self._ends is None:
            raise DeviceGone(str(self.link or "virtual scanner"), "it is unplugged")
        return self._ends

    def _point_link(self) -> None:
        if self.link is None:
            return
        try:
            _point(self.link, self.path)
        except OSError as problem:
            self.unplug()
            raise LinkRefused(str(self.link), str(problem)) from problem


def paced(
    codes: Iterable[str],
    per_minute: float,
    *,
    now: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[str]:
    """Return the codes one by one at a steady pace, the first at once.

    A pace that is not positive raises ValueError.
    """
    if not per_minute > 0:
        raise ValueError(f"{per_minute} codes per minute is no pace")
    return _paced(codes, 60 / per_minute, now, wait)


def _paced(
    codes: Iterable[str],
    interval_s: float,
    now: Callable[[], float],
    wait: Callable[[float], None],
) -> Iterator[str]:
    began = now()
    for turn, code in enumerate(codes):
        # From the beginning, not from the last code: the time that typing takes does not add up.
        early_s = began + turn * interval_s - now()
        if early_s > 0:
            wait(early_s)
        yield code


def _target(link: Path) -> Path | None:
    return link.readlink() if link.is_symlink() else None


def _point(link: Path, terminal: Path) -> None:
    """Make the link name the terminal, in one step; only a link to a terminal is replaced."""
    old = _target(link)
    if os.path.lexists(link) and (old is None or old.parent != _TERMINALS):
        raise FileExistsError(f"{link} is something else")
    fresh = link.with_name(f".{link.name}.{os.getpid()}")
    fresh.symlink_to(terminal)
    fresh.replace(link)
