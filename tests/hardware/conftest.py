"""Scanners on pseudo-terminals, device servers on sockets, and a thread that listens to them."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from hardware.scanners import Heard, Presence, Reading, Scanner
from hardware.sources import Source
from hardware.transport import Port
from hardware.virtual import VirtualScanner

PATIENCE_S = 10.0


@dataclass
class Steps:
    """A clock that stands still until it is set."""

    at: float = 100.0

    def __call__(self) -> float:
        return self.at


class Ear:
    """What one listening thread puts on its queue, in order."""

    def __init__(self) -> None:
        self.queue: Queue[Heard] = Queue()

    def presence(self) -> Presence:
        """Return the next report, which must be a coming or going."""
        heard = self.queue.get(timeout=PATIENCE_S)
        assert isinstance(heard, Presence)
        return heard

    def reading(self) -> Reading:
        """Return the next report, which must be a frame."""
        heard = self.queue.get(timeout=PATIENCE_S)
        assert isinstance(heard, Reading)
        return heard

    def skip_to_return(self) -> None:
        """Pass over all reports up to the next one that the device is there."""
        while True:
            heard = self.queue.get(timeout=PATIENCE_S)
            if isinstance(heard, Presence) and heard.is_there:
                return


Listen = Callable[..., AbstractContextManager[Ear]]


@pytest.fixture
def listening() -> Listen:
    """Return a context in which a thread listens to a device, and is gone afterwards."""

    @contextmanager
    def listen(source: Source, **settings: object) -> Iterator[Ear]:
        ear, stop = Ear(), Event()
        scanner = Scanner(source, ear.queue, **settings)  # type: ignore[arg-type]  # Passed on.
        thread = Thread(target=scanner.listen, args=(stop,))
        thread.start()
        try:
            yield ear
        finally:
            stop.set()
            thread.join(PATIENCE_S)
            assert not thread.is_alive()

    return listen


@pytest.fixture
def read_until() -> Callable[[Port, bytes], bytes]:
    """Return a function that reads a port up to and with an ending."""

    def read(port: Port, ending: bytes) -> bytes:
        seen = b""
        while not seen.endswith(ending):
            seen += port.read()
        return seen

    return read


@pytest.fixture
def clock() -> Steps:
    return Steps()


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "usb-Scanner_S1A2B3"


@pytest.fixture
def scanner(link: Path) -> Iterator[VirtualScanner]:
    """Return a plugged scanner, fast enough for a test."""
    with VirtualScanner(link, baud=115200) as plugged:
        yield plugged


@pytest.fixture
def device_server() -> Iterator[socket.socket]:
    """Return a listening socket of this machine, such as a serial device server has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE_S)
        yield server
