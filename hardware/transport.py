"""Bytes to and from a device: the only file that knows pyserial.

pyserial 3.5 reports one unplug in five different ways and goes on saying that the port is open;
here every one of them is DeviceGone.
"""

import socket
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, cast
from urllib.parse import parse_qs, urlsplit

import serial
from serial import rfc2217
from serial.tools.list_ports import comports
from serial.tools.list_ports_common import ListPortInfo

from hardware.device_servers import ServedFramer
from hardware.errors import DeviceGone, UnusableAddress
from hardware.framing import Framer, Framing
from hardware.ports import USB, Listing, UsbName, UsbPort, check_by_id

LOST = (serial.SerialException, OSError, termios.error, TypeError, ValueError)
"""All that an unplugged device makes pyserial raise, depending on the call."""

_NETWORK = frozenset({"socket", "rfc2217"})
# ser2net often needs ign_set_control. The logging option would set up the whole program's log.
_OPTIONS: dict[str, frozenset[str]] = {
    "socket": frozenset(),
    "rfc2217": frozenset({"ign_set_control", "poll_modem"}),
    "loop": frozenset(),
}

_READ_TIMEOUT_S = 0.05
_WRITE_TIMEOUT_S = 1.0
_MOST_BYTES = 4096


def plugged() -> list[UsbPort]:
    """Return the serial devices on USB, in the order of their paths; raise DeviceGone."""
    with _lost("USB"):
        ports = [_usb_port(found) for found in sorted(comports())]
    return [port for port in ports if port]


@dataclass(frozen=True)
class Line:
    """Where a device is reached and how fast: a path, `socket://`, `rfc2217://` or `loop://`.

    Or what it is, as `hardware.ports` has it: `usb:05f9:4005:S1A2B3`. It is looked for at each
    opening, since a device that was unplugged may come back under another path.
    An address or a speed that can never work raises UnusableAddress at once.
    """

    address: str
    baud: int = 9600
    listing: Listing = field(default=plugged, compare=False, repr=False)

    def __post_init__(self) -> None:
        problems = [*_problems(self.address)]
        if self.baud <= 0:
            problems.append(f"{self.baud} baud is no speed")
        if problems:
            raise UnusableAddress(self.address, "; ".join(problems))

    @property
    def is_remote(self) -> bool:
        """Tell whether opening proves nothing: a device server answers, whatever hangs on it."""
        return self.address.partition("://")[0] in _NETWORK

    def open(self) -> "Port":
        """Return the opened port, ours alone; what was sent before is lost."""
        with _lost(self.address):
            handle = self._handle(self._place())
            handle.open()
        return Port(self.address, handle)

    def framer(self, framing: Framing | None) -> Framer | ServedFramer:
        """Return what makes frames of the bytes that its port reads."""
        framer = Framer(framing)
        return ServedFramer(self.address, framer) if self.is_remote else framer

    def _place(self) -> str:
        """Return the path or URL to open this time."""
        if self.address.lower().startswith(USB):
            return UsbName.parse(self.address).find(self.listing).path
        check_by_id(self.address, self.listing)
        return self.address

    def _handle(self, place: str) -> serial.Serial:
        if place.startswith("rfc2217:"):
            # It refuses a time-out for writing.
            remote = _Rfc2217(baudrate=self.baud, timeout=_READ_TIMEOUT_S, exclusive=True)
            remote.port = place
            # To its stubs it is another class, though everything that we use of it is the same.
            return cast("serial.Serial", remote)
        return serial.serial_for_url(
            place,
            baudrate=self.baud,
            timeout=_READ_TIMEOUT_S,
            write_timeout=_WRITE_TIMEOUT_S,
            exclusive=True,
            do_not_open=True,
        )


class _Rfc2217(rfc2217.Serial):
    """A connection that leaves neither a noise nor a socket when the device server hangs up."""

    _socket: socket.socket | None

    def _telnet_read_loop(self) -> None:
        # pyserial lets it die of an answer that cannot be sent. That it has ended shows at the
        # next read, whatever it has ended of.
        with suppress(*LOST):
            super()._telnet_read_loop()  # type: ignore[misc]  # The stubs leave it out.

    def close(self) -> None:
        line = self._socket
        super().close()
        # It does not close what can no more be shut down, and opening may fail like that again
        # and again.
        if line is not None:
            line.close()


class Port:
    """An open line."""

    def __init__(self, address: str, handle: serial.Serial) -> None:
        self.address = address
        self._handle = handle
        # Network handlers keep their socket private, but nobody else can watch over it.
        self._socket: socket.socket | None = getattr(handle, "_socket", None)
        if self._socket is not None:
            _keep_alive(self._socket)

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
        """Return what has come in, or nothing after 50 ms of silence."""
        with _lost(self.address):
            waiting = min(self._handle.in_waiting, _MOST_BYTES)
            return bytes(self._handle.read(max(1, waiting)))

    def write(self, answer: bytes) -> None:
        """Send bytes to the device, such as the beep that follows a commit."""
        with _lost(self.address):
            try:
                self._handle.write(answer)
            except serial.SerialTimeoutException:
                # What is stuck in the buffer would sound at a later scan.
                self._handle.reset_output_buffer()
                raise

    def stop_writing(self) -> None:
        """End a write that hangs in another thread; the port is good for closing only."""
        with suppress(*LOST):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)
            else:
                self._handle.cancel_write()

    def close(self) -> None:
        """Let the device go, dead or alive: a dead one that is held gets another name when back."""
        with suppress(*LOST):
            self._handle.close()
        # pyserial leaves a socket open when the other side has already reset it.
        if self._socket is not None:
            self._socket.close()


def _problems(address: str) -> Iterator[str]:
    """Yield what is wrong with an address; pyserial finds it out late, and stumbles over some."""
    scheme, is_url, _ = address.partition("://")
    if not address or "\0" in address:
        yield "a path or an address is needed"
    elif address.lower().startswith(USB):
        yield from _name_problems(address)
    elif is_url and scheme not in _OPTIONS:
        yield f"it begins with {scheme}://, not with {', '.join(_OPTIONS)}"
    elif is_url:
        yield from _url_problems(address)


def _name_problems(address: str) -> Iterator[str]:
    try:
        UsbName.parse(address)
    except ValueError as problem:
        yield str(problem)


def _url_problems(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        yield str(problem)
        return
    if parts.scheme in _NETWORK and not (parts.hostname and port):
        yield f"it lacks a host or a port: {parts.scheme}://host:port"
    for option in sorted(set(parse_qs(parts.query, keep_blank_values=True))):
        if option not in _OPTIONS[parts.scheme]:
            yield f"there is no option {option!r}"


def _usb_port(found: ListPortInfo) -> UsbPort | None:
    """Return what pyserial has found, unless it is no device on USB."""
    if found.vid is None or found.pid is None:
        return None
    return UsbPort(
        found.device, found.vid, found.pid, found.serial_number or None, found.location or None
    )


def _keep_alive(line: socket.socket) -> None:
    """Make a cut network cable show as an error after about 20 seconds, instead of never."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 5)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)


@contextmanager
def _lost(address: str) -> Iterator[None]:
    try:
        yield
    except LOST as problem:
        raise DeviceGone(address, str(problem)) from problem
