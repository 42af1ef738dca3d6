"""Bytes pass through every kind of line, and every way to lose a device has one name."""

import socket
import struct
from collections.abc import Callable

import pytest

from hardware.errors import DeviceGone, UnusableAddress
from hardware.transport import Line, Port
from hardware.virtual import VirtualScanner

ReadUntil = Callable[[Port, bytes], bytes]


def read_until_gone(port: Port) -> None:
    while True:
        port.read()


def at(server: socket.socket) -> Line:
    return Line(f"socket://127.0.0.1:{server.getsockname()[1]}")


def test_a_terminal_gives_the_bytes_of_a_scanner(
    scanner: VirtualScanner, read_until: ReadUntil
) -> None:
    with Line(str(scanner.path)).open() as port:
        scanner.type("0000123017")

        assert read_until(port, b"\r") == b"0000123017\r"


def test_every_byte_passes_a_terminal_unchanged(
    scanner: VirtualScanner, read_until: ReadUntil
) -> None:
    every = bytes(range(256))

    with Line(str(scanner.path)).open() as port:
        scanner.send(every)

        assert read_until(port, b"\xff") == every


def test_a_beep_reaches_the_scanner(scanner: VirtualScanner) -> None:
    with Line(str(scanner.path)).open() as port:
        port.write(b"\x07")

        assert scanner.received() == b"\x07"


def test_a_silent_line_gives_nothing(scanner: VirtualScanner) -> None:
    with Line(str(scanner.path)).open() as port:
        assert port.read() == b""


def test_a_loop_gives_back_what_was_written(read_until: ReadUntil) -> None:
    with Line("loop://").open() as port:
        port.write(b"4711\r")

        assert read_until(port, b"\r") == b"4711\r"


def test_a_device_server_gives_bytes_and_takes_them(
    device_server: socket.socket, read_until: ReadUntil
) -> None:
    with at(device_server).open() as port, device_server.accept()[0] as peer:
        peer.sendall(b"4711\r")
        port.write(b"\x07")

        assert read_until(port, b"\r") == b"4711\r"
        assert peer.recv(1) == b"\x07"


def test_a_connection_to_a_device_server_is_watched(device_server: socket.socket) -> None:
    with at(device_server).open() as port, device_server.accept()[0]:
        line = port._socket

        assert line is not None
        assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 5


def test_a_device_server_that_closes_is_gone(device_server: socket.socket) -> None:
    with at(device_server).open() as port:
        device_server.accept()[0].close()

        with pytest.raises(DeviceGone):
            read_until_gone(port)


def test_a_device_server_that_resets_is_gone_and_leaves_no_socket(
    device_server: socket.socket,
) -> None:
    with at(device_server).open() as port:
        peer, _ = device_server.accept()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.close()

        with pytest.raises(DeviceGone):
            read_until_gone(port)

    assert port._socket is not None
    assert port._socket.fileno() == -1


def test_an_unplugged_terminal_is_gone_for_every_call(scanner: VirtualScanner) -> None:
    with Line(str(scanner.path)).open() as port:
        scanner.unplug()

        with pytest.raises(DeviceGone):
            port.read()
        with pytest.raises(DeviceGone):
            port.read()
        with pytest.raises(DeviceGone):
            port.write(b"\x07")


def test_a_closed_port_is_gone_and_may_be_closed_again(scanner: VirtualScanner) -> None:
    port = Line(str(scanner.path)).open()
    port.close()
    port.close()

    with pytest.raises(DeviceGone):
        port.read()


def test_a_scanner_that_never_listens_does_not_hold_the_writer_for_ever(
    scanner: VirtualScanner,
) -> None:
    with Line(str(scanner.path)).open() as port, pytest.raises(DeviceGone, match="timeout"):
        port.write(b"\x07" * 100_000)


def test_a_second_opener_is_refused(scanner: VirtualScanner) -> None:
    line = Line(str(scanner.path))

    with line.open(), pytest.raises(DeviceGone, match="exclusively lock"):
        line.open()


def test_a_path_without_a_device_is_gone() -> None:
    with pytest.raises(DeviceGone) as gone:
        Line("/dev/serial/by-id/none").open()

    assert gone.value.address == "/dev/serial/by-id/none"


def test_a_port_where_nobody_answers_is_gone(device_server: socket.socket) -> None:
    line = at(device_server)
    device_server.close()

    with pytest.raises(DeviceGone):
        line.open()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/dev/tty\0",
        "http://scanner:80",
        "spy:///dev/ttyUSB0",
        "socket://",
        "socket://scanner",
        "socket://:4001",
        "socket://scanner:70000",
        "socket://scanner:4001?logging=debug",
        "rfc2217://scanner:4001?speed=1",
        "loop://?logging=debug",
    ],
)
def test_an_address_that_can_never_work_is_refused_at_once(address: str) -> None:
    with pytest.raises(UnusableAddress) as refused:
        Line(address)

    assert refused.value.address == address


def test_all_that_is_wrong_with_a_line_is_said_at_once() -> None:
    with pytest.raises(UnusableAddress, match=r"host or a port.*no option 'a'.*-1 baud"):
        Line("socket://scanner?a=1", baud=-1)


@pytest.mark.parametrize(
    "address",
    ["/dev/serial/by-id/usb-S1", "socket://[::1]:4001", "rfc2217://scanner:4001?ign_set_control"],
)
def test_an_address_that_may_work_is_taken(address: str) -> None:
    assert Line(address).address == address
