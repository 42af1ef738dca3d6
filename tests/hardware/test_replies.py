"""A beep reaches the scanner that has read the code; one that cannot is lost, and nothing else."""

import logging
import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from hardware.beepers import Beep
from hardware.replies import MOST_WAITING, Replies
from hardware.scanners import Heard, Presence, Reading, Scanner
from hardware.transport import Line
from hardware.virtual import VirtualScanner

PATIENCE_S = 30.0
BEEP = (Beep(b"\a", 0.0),)
HUGE = (Beep(b"\a" * 1_000_000, 0.0),)
"""More than any buffer on the way takes while nobody reads."""
PAUSED = (Beep(b"(", 3600.0), Beep(b")", 0.0))


class Desk:
    """What is heard of one scanner, and the way back to it."""

    def __init__(self, line: Line) -> None:
        self.queue: Queue[Heard] = Queue()
        self.scanner = Scanner(line, self.queue)

    def hear(self) -> Heard:
        return self.queue.get(timeout=PATIENCE_S)

    def hear_code(self) -> str:
        heard = self.hear()
        assert isinstance(heard, Reading), heard
        return heard.frame.text

    def hear_presence(self) -> bool:
        heard = self.hear()
        assert isinstance(heard, Presence), heard
        return heard.is_there


@contextmanager
def listening(line: Line) -> Iterator[Desk]:
    """Listen to a scanner until it is there, and in a thread that is gone afterwards."""
    desk, stop = Desk(line), Event()
    thread = Thread(target=desk.scanner.listen, args=(stop,))
    thread.start()
    try:
        assert desk.hear_presence()
        yield desk
    finally:
        stop.set()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
        assert writers(line.address) == []


def writers(device: str) -> list[str]:
    """Return the threads that may write to a device."""
    names = [one.name for one in threading.enumerate()]
    return [name for name in names if name == f"replies to {device}"]


def at(scanner: VirtualScanner) -> Line:
    return Line(str(scanner.link))


def beep_of(scanner: VirtualScanner, ends: bytes = b"\a") -> bytes:
    """Wait until a scanner was told something that ends so, and return all of it."""
    told = b""
    until = time.monotonic() + PATIENCE_S
    while not told.endswith(ends):
        assert scanner._ends
        assert time.monotonic() < until, told
        if select.select([scanner._ends[0]], [], [], 0.5)[0]:
            told += os.read(scanner._ends[0], 65536)
    return told


@pytest.fixture
def other(tmp_path: Path) -> Iterator[VirtualScanner]:
    """Return a second scanner."""
    with VirtualScanner(tmp_path / "usb-Other_S2", baud=115200) as plugged:
        yield plugged


def test_a_beep_goes_to_the_scanner_that_it_is_for(
    scanner: VirtualScanner, other: VirtualScanner
) -> None:
    with listening(at(scanner)) as desk, listening(at(other)) as second:
        desk.scanner.send(BEEP)
        told = beep_of(scanner)
        second.scanner.send((Beep(b"!", 0.0),))

        assert (told, beep_of(other, b"!")) == (b"\a", b"!")


def test_the_parts_of_a_tone_are_sent_in_order(scanner: VirtualScanner) -> None:
    with listening(at(scanner)) as desk:
        desk.scanner.send((Beep(b"1", 0.01), Beep(b"2", 0.01), Beep(b"3", 0.01)))

        assert beep_of(scanner, b"3") == b"123"


def test_a_beep_for_a_scanner_that_is_not_there_is_lost(
    scanner: VirtualScanner,
) -> None:
    with listening(at(scanner)) as desk:
        scanner.unplug()
        desk.scanner.send(BEEP)
        assert not desk.hear_presence()
        desk.scanner.send(BEEP)
        scanner.open()
        assert desk.hear_presence()
        desk.scanner.send((Beep(b"!", 0.0),))

        assert beep_of(scanner, b"!") == b"!"


def test_a_scanner_that_takes_nothing_is_heard_all_the_same(
    scanner: VirtualScanner, caplog: pytest.LogCaptureFixture
) -> None:
    codes = [f"00001230{n:02}" for n in range(5)]
    with caplog.at_level(logging.WARNING), listening(at(scanner)) as desk:
        for code in codes:
            desk.scanner.send(HUGE)
            scanner.type(code)
        heard = [desk.hear_code() for _ in codes]

    assert heard == codes
    assert len(caplog.records) <= 1


def test_what_a_scanner_did_not_take_in_time_does_not_sound_later(
    scanner: VirtualScanner, other: VirtualScanner, caplog: pytest.LogCaptureFixture
) -> None:
    room = room_of(other)
    with caplog.at_level(logging.WARNING), listening(at(scanner)) as desk:
        desk.scanner.send(HUGE)
        desk.scanner.send(HUGE)
        wait_until_logged(caplog, "beep lost")
        desk.scanner.send((Beep(b"!", 0.0),))
        told = beep_of(scanner, b"!")

    # What the other side of a pseudo-terminal has taken in cannot be called back.
    assert len(told) < room


def test_a_beep_that_hangs_ends_with_the_listening(scanner: VirtualScanner) -> None:
    with listening(at(scanner)) as desk:
        desk.scanner.send(HUGE)


def test_a_pause_in_a_tone_ends_with_the_listening(scanner: VirtualScanner) -> None:
    with listening(at(scanner)) as desk:
        desk.scanner.send(PAUSED)

        assert beep_of(scanner, b"(") == b"("


def test_beeps_that_pile_up_are_dropped(scanner: VirtualScanner) -> None:
    replies = Replies()
    with at(scanner).open() as port, replies.through(port):
        replies.send(PAUSED)
        beep_of(scanner, b"(")
        for _ in range(10 * MOST_WAITING):
            replies.send(BEEP)

        assert replies._mouth is not None
        assert replies._mouth._waiting.qsize() == MOST_WAITING


def test_nobody_writes_to_a_port_that_is_about_to_be_closed(scanner: VirtualScanner) -> None:
    replies = Replies()
    with at(scanner).open() as port:
        with replies.through(port):
            replies.send(HUGE)
            before = writers(port.address)
        after = writers(port.address)
        replies.send(BEEP)

    assert (len(before), after) == (1, [])


def test_a_device_server_that_takes_nothing_holds_nobody_up(device_server: socket.socket) -> None:
    line = Line(f"socket://127.0.0.1:{device_server.getsockname()[1]}")
    with listening(line) as desk, device_server.accept()[0] as peer:
        desk.scanner.send((Beep(b"\a" * 50_000_000, 0.0),))
        peer.sendall(b"4711\r")

        assert desk.hear_code() == "4711"


def test_a_device_server_passes_the_beep_on(device_server: socket.socket) -> None:
    line = Line(f"socket://127.0.0.1:{device_server.getsockname()[1]}")
    with listening(line) as desk, device_server.accept()[0] as peer:
        peer.settimeout(PATIENCE_S)
        desk.scanner.send(BEEP)

        assert peer.recv(1) == b"\a"


def room_of(scanner: VirtualScanner) -> int:
    """Return how many bytes a terminal takes while nobody reads them."""
    terminal = os.open(scanner.path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    taken = 0
    with suppress(BlockingIOError):
        while True:
            taken += os.write(terminal, b"\a" * 1024)
    os.close(terminal)
    return taken


def wait_until_logged(caplog: pytest.LogCaptureFixture, words: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not any(words in record.msg for record in caplog.records):
        assert time.monotonic() < until
        time.sleep(0.01)
