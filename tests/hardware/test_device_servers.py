"""Scanners behind Debian's own device servers: real peers, with their ways to fail."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from itertools import count
from pathlib import Path
from queue import Empty
from typing import Any

import pytest

from hardware.device_servers import ServedFramer
from hardware.errors import DeviceGone
from hardware.framing import Framer
from hardware.scanners import Presence, Reading
from hardware.transport import Line, Port
from hardware.virtual import VirtualScanner
from tests.hardware.peers import Ser2net, needs_ser2net, needs_socat, socat

Listening = Callable[..., AbstractContextManager[Any]]
ReadUntil = Callable[[Port, bytes], bytes]

pytestmark = [
    # pyserial's RFC 2217 client still speaks to threads as in Python 2.
    pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning"),
]
RAW_AND_RFC2217 = pytest.mark.parametrize("speaks", ["raw", "rfc2217"])


def type_until_heard(ear: Any, scanner: VirtualScanner) -> None:
    """Type a new code again and again until one is heard."""
    for attempt in count():
        scanner.type(f"hello {attempt}")
        with suppress(Empty):
            while True:
                heard = ear.queue.get(timeout=0.5)
                if isinstance(heard, Reading) and heard.frame.text == f"hello {attempt}":
                    return


def told_until(ear: Any, reason: str) -> list[Presence]:
    """Return every coming and going up to one with this reason; nothing may be read meanwhile."""
    told = [ear.presence()]
    while reason not in told[-1].reason:
        told.append(ear.presence())
    return told


# socat


@needs_socat
def test_the_two_ends_of_a_wire_come_and_go_together(listening: Listening, tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"

    with listening(Line(str(near))) as ear:
        for code in (b"before", b"after"):
            with socat(f"pty,rawer,link={near}", f"pty,rawer,link={far}", ready="starting data"):
                ear.skip_to_return()
                with far.open("wb", buffering=0) as scanner:
                    scanner.write(code + b"\r")
                    assert ear.reading().frame.raw == code
            assert not ear.presence().is_there


@needs_socat
def test_a_scanner_is_heard_through_socat(
    listening: Listening, scanner: VirtualScanner, link: Path
) -> None:
    server = socat(
        "tcp-listen:0,bind=127.0.0.1,reuseaddr,fork",
        f"file:{link},rawer,nonblock",
        ready=r"listening on .*:(\d+)",
    )

    with server as port, listening(Line(f"socket://127.0.0.1:{port}")) as ear:
        type_until_heard(ear, scanner)
        scanner.unplug()
        assert not ear.presence().is_there
        scanner.open()
        type_until_heard(ear, scanner)


# ser2net


@needs_ser2net
@RAW_AND_RFC2217
def test_codes_and_beeps_pass_a_device_server(
    scanner: VirtualScanner, tmp_path: Path, read_until: ReadUntil, speaks: str
) -> None:
    server = Ser2net(tmp_path, scanner.path, speaks)

    with server.serving(), Line(server.address).open() as port:
        scanner.type("0000123017")
        assert read_until(port, b"\r") == b"0000123017\r"
        port.write(b"\x07")
        assert heard_by(scanner) == b"\x07"


@needs_ser2net
@RAW_AND_RFC2217
def test_a_device_server_that_is_restarted_is_gone_and_heard_again(
    listening: Listening, scanner: VirtualScanner, tmp_path: Path, speaks: str
) -> None:
    server = Ser2net(tmp_path, scanner.path, speaks)

    with listening(Line(server.address)) as ear:
        for _ in range(2):
            with server.serving():
                type_until_heard(ear, scanner)
            assert not ear.presence().is_there


@needs_ser2net
def test_what_a_device_server_kept_is_late(
    listening: Listening, scanner: VirtualScanner, tmp_path: Path, clock: Callable[[], float]
) -> None:
    server = Ser2net(tmp_path, scanner.path)

    with server.serving():
        Line(server.address).open().close()
        scanner.type("kept")
        with listening(Line(server.address), now=clock) as ear:
            assert ear.presence().is_there
            reading = ear.reading()

    assert (reading.frame.text, reading.is_late) == ("kept", True)


@needs_ser2net
def test_a_line_that_another_holds_is_contested_and_its_refusals_are_no_scans(
    listening: Listening, scanner: VirtualScanner, tmp_path: Path
) -> None:
    server = Ser2net(tmp_path, scanner.path)
    line = Line(server.address)

    with server.serving(), line.open() as other, listening(line) as ear:
        told = told_until(ear, "whenever it is opened")
        other.close()
        type_until_heard(ear, scanner)

    assert not any(presence.is_there for presence in told)


@needs_ser2net
def test_an_rfc_2217_line_that_another_holds_is_gone_until_it_is_free(
    listening: Listening, scanner: VirtualScanner, tmp_path: Path
) -> None:
    server = Ser2net(tmp_path, scanner.path, "rfc2217")
    line = Line(server.address)

    with server.serving(), line.open() as other, listening(line) as ear:
        assert not ear.presence().is_there
        other.close()
        type_until_heard(ear, scanner)


@needs_ser2net
def test_two_stations_that_kick_each_other_out_are_told_of_it(
    listening: Listening, scanner: VirtualScanner, tmp_path: Path
) -> None:
    server = Ser2net(tmp_path, scanner.path, options={"kickolduser": "true"})
    line = Line(server.address)

    with server.serving(), listening(line) as one, listening(line) as other:
        for ear in (one, other):
            told_until(ear, "does another program or station want it too?")


@needs_ser2net
def test_a_scanner_unplugged_behind_a_device_server_is_no_scan_and_is_heard_again(
    listening: Listening, scanner: VirtualScanner, link: Path, tmp_path: Path
) -> None:
    server = Ser2net(tmp_path, link)

    with server.serving(), listening(Line(server.address)) as ear:
        type_until_heard(ear, scanner)
        scanner.unplug()
        told = told_until(ear, "whenever it is opened")
        scanner.open()
        type_until_heard(ear, scanner)

    assert not any(presence.is_there for presence in told)


@needs_ser2net
def test_the_banner_of_a_device_server_is_no_scan(
    scanner: VirtualScanner, tmp_path: Path, listening: Listening
) -> None:
    banner = r'"\r\nser2net port \\p device \\d [\\B] (Debian GNU/Linux)\r\n\r\n"'
    server = Ser2net(tmp_path, scanner.path, options={"banner": banner})

    with server.serving(), listening(Line(server.address)) as ear:
        assert ear.presence().is_there
        scanner.type("0000123017")
        assert ear.reading().frame.text == "0000123017"


def heard_by(scanner: VirtualScanner) -> bytes:
    """Return what reaches a scanner, as soon as it does."""
    while not (heard := scanner.received()):
        time.sleep(0.01)
    return heard


# What it says itself


@pytest.mark.parametrize(
    "said", [b"Port already in use", b"Port's device failed open", b"Device open failure: gone"]
)
def test_a_refusal_is_a_device_that_is_gone(said: bytes) -> None:
    framer = ServedFramer("socket://server:4001", Framer())

    assert framer.feed(said, 1.0) == []
    with pytest.raises(DeviceGone, match=said.decode()):
        framer.feed(b"\r\n", 1.1)


def test_codes_beside_a_banner_are_whole() -> None:
    framer = ServedFramer("socket://server:4001", Framer())

    frames = framer.feed(b"\r\nser2net port tcp,4001 device\r\n\r\n4711\r", 1.0)

    assert [frame.text for frame in frames] == ["4711"]
