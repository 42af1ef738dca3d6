"""A listening loop loses no scan that it could have had, and says when it hears nothing."""

import logging
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any, Protocol

import pytest

from hardware.framing import Fault, Framing
from hardware.scanners import STEADY_S, Heard, Presence, Scanner
from hardware.transport import Line, Port
from hardware.virtual import VirtualScanner

Listening = Callable[..., AbstractContextManager[Any]]


class Clock(Protocol):
    """A clock that a test sets."""

    at: float

    def __call__(self) -> float: ...


class Impatient(Event):
    """A stop signal that lets no time pass, notes every wait, and stops after some."""

    def __init__(self, waits: int) -> None:
        super().__init__()
        self.waited: list[float | None] = []
        self._left = waits

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        if len(self.waited) == self._left:
            self.set()
        return self.is_set()


class Dying(Line):
    """A line that opens, and is gone at the first read."""

    def open(self) -> Port:
        port = super().open()
        port.close()
        return port


def test_scans_arrive_in_order_with_their_device(
    listening: Listening, scanner: VirtualScanner, link: Path
) -> None:
    codes = [f"00001230{n:02}" for n in range(20)]

    with listening(Line(str(link))) as ear:
        assert ear.presence().is_there
        for code in codes:
            scanner.type(code)
        heard = [ear.reading() for _ in codes]

    assert [reading.frame.text for reading in heard] == codes
    assert {reading.device for reading in heard} == {str(link)}
    assert [reading.at for reading in heard] == sorted(reading.at for reading in heard)


def test_an_unplugged_scanner_is_heard_again_when_it_is_back(
    listening: Listening, scanner: VirtualScanner, link: Path
) -> None:
    with listening(Line(str(link))) as ear:
        assert ear.presence().is_there
        scanner.unplug()
        gone = ear.presence()
        scanner.open()
        back = ear.presence()
        scanner.type("0000123017")
        text = ear.reading().frame.text

    assert not gone.is_there
    assert gone.reason
    assert back.is_there
    assert text == "0000123017"


def test_it_waits_for_a_scanner_that_is_not_there_yet(listening: Listening, link: Path) -> None:
    with listening(Line(str(link))) as ear:
        assert not ear.presence().is_there

        with VirtualScanner(link) as scanner:
            assert ear.presence().is_there
            scanner.type("4711")
            assert ear.reading().frame.text == "4711"


def test_half_a_scan_before_unplugging_is_not_joined_to_the_next(
    listening: Listening, scanner: VirtualScanner, link: Path
) -> None:
    with listening(Line(str(link))) as ear:
        assert ear.presence().is_there
        scanner.send(b"00001")
        scanner.unplug()
        scanner.open()
        ear.skip_to_return()
        scanner.type("4711")
        text = ear.reading().frame.text

    assert text == "4711"


def test_scans_come_through_a_device_server_that_restarts(
    listening: Listening, device_server: socket.socket
) -> None:
    line = Line(f"socket://127.0.0.1:{device_server.getsockname()[1]}")

    with listening(line) as ear:
        for code in ("1H4711", "0000123017"):
            with device_server.accept()[0] as peer:
                assert ear.presence().is_there
                peer.sendall(code.encode() + b"\r\n")
                assert ear.reading().frame.text == code
            assert not ear.presence().is_there


def test_a_scan_right_after_every_opening_is_late(
    listening: Listening, scanner: VirtualScanner, link: Path, clock: Clock
) -> None:
    late = []

    with listening(Line(str(link)), now=clock) as ear:
        for _ in range(2):
            assert ear.presence().is_there
            scanner.type("old")
            late.append(ear.reading().is_late)
            clock.at += 0.5
            scanner.type("new")
            late.append(ear.reading().is_late)
            clock.at += STEADY_S
            scanner.unplug()
            assert not ear.presence().is_there
            scanner.open()

    assert late == [True, False, True, False]


def test_a_scan_without_its_end_is_reported_when_silence_follows(
    listening: Listening, scanner: VirtualScanner, link: Path
) -> None:
    with listening(Line(str(link))) as ear:
        assert ear.presence().is_there
        scanner.send(b"0000123017")

        assert ear.reading().frame.fault is Fault.NO_TERMINATOR


def test_a_scanner_without_a_suffix_can_be_heard_too(
    listening: Listening, scanner: VirtualScanner, link: Path
) -> None:
    with listening(Line(str(link)), framing=Framing(silence_ends=True)) as ear:
        assert ear.presence().is_there
        scanner.send(b"0000123017")

        assert ear.reading().frame.fault is None


def test_a_missing_scanner_is_logged_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    heard: Queue[Heard] = Queue()

    with caplog.at_level(logging.INFO):
        Scanner(Line("/dev/serial/by-id/none"), heard).listen(Impatient(5))

    assert [record.msg for record in caplog.records] == ["scanner gone device=%s role=%s reason=%s"]
    assert heard.qsize() == 1


def test_coming_and_going_are_logged_once_each(
    listening: Listening, scanner: VirtualScanner, link: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), listening(Line(str(link))) as ear:
        ear.presence()
        scanner.unplug()
        ear.presence()

    assert [record.msg.split(" device")[0] for record in caplog.records] == [
        "scanner there",
        "scanner gone",
    ]


def test_attempts_grow_rarer_and_never_rarer_than_two_seconds() -> None:
    stop = Impatient(7)

    Scanner(Line("/dev/serial/by-id/none"), Queue()).listen(stop)

    assert stop.waited == pytest.approx([0.1, 0.2, 0.4, 0.8, 1.6, 1.6, 1.6])


def test_a_port_that_dies_at_once_does_not_shorten_the_waits(scanner: VirtualScanner) -> None:
    stop = Impatient(4)

    Scanner(Dying(str(scanner.path)), Queue()).listen(stop)

    assert stop.waited == pytest.approx([0.1, 0.2, 0.4, 0.8])


def test_a_device_that_goes_whenever_it_is_opened_is_told_of_once(
    scanner: VirtualScanner,
) -> None:
    heard: Queue[Heard] = Queue()
    ticks = count(0.0, 0.1)

    Scanner(Dying(str(scanner.path)), heard, now=lambda: next(ticks)).listen(Impatient(20))

    told = [heard.get_nowait() for _ in range(heard.qsize())]
    presences = [report for report in told if isinstance(report, Presence)]
    assert presences == told
    assert [presence.is_there for presence in presences] == [True, False, True, False, False]
    assert "it goes whenever it is opened" in presences[-1].reason


def test_a_port_that_held_for_long_is_tried_again_at_once(scanner: VirtualScanner) -> None:
    stop = Impatient(4)
    ticks = count(0.0, 10.0)

    Scanner(Dying(str(scanner.path)), Queue(), now=lambda: next(ticks)).listen(stop)

    assert stop.waited == pytest.approx([0.1, 0.1, 0.1, 0.1])


def test_it_stops_when_told_and_lets_the_device_go(
    listening: Listening, scanner: VirtualScanner
) -> None:
    line = Line(str(scanner.path))

    with listening(line) as ear:
        assert ear.presence().is_there

    with line.open() as port:
        assert port.read() == b""
