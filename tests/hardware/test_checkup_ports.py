"""The doctor looks at serial ports: what they are, who holds them, who may open them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from hardware.checkup.findings import Finding, State
from hardware.checkup.processes import lock_of
from hardware.checkup.serial_ports import check_address, check_ports
from hardware.checkup.trial import check_by_scanning
from hardware.ports import UsbPort
from hardware.transport import Line
from hardware.virtual import VirtualScanner
from tests.hardware.nobody import TTY, as_nobody, open_folder

HOLD = """
import os, sys
os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another(path: Path) -> Iterator[int]:
    """Have another process hold a port, and lend its number."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdin
        assert holder.stdout.readline() == b"held\n"
        yield holder.pid
        holder.stdin.close()


def nobody_is_an_agent() -> frozenset[int]:
    return frozenset()


def looked_at(scanner: VirtualScanner, own: int = 0) -> Finding:
    (finding,) = check_address(str(scanner.link), lambda: {own}, list)
    return finding


def test_a_scanner_that_nobody_else_holds_is_well(scanner: VirtualScanner) -> None:
    assert looked_at(scanner).state is State.OK


def test_a_port_that_another_process_holds_is_named_with_it(scanner: VirtualScanner) -> None:
    with held_by_another(scanner.path) as pid:
        finding = looked_at(scanner)

    assert finding.state is State.WRONG
    assert f"(process {pid})" in finding.found
    assert "python" in finding.found
    assert "only one program" in finding.advice


def test_the_stations_own_agent_may_hold_its_scanner(scanner: VirtualScanner) -> None:
    with held_by_another(scanner.path) as pid:
        finding = looked_at(scanner, own=pid)

    assert finding.state is State.OK
    assert finding.found.endswith("the agent of this station listens to it")


def test_the_process_that_is_a_virtual_scanner_does_not_hold_it(tmp_path: Path) -> None:
    link = tmp_path / "scanner"
    command = [sys.executable, "-m", "server.cli", "scan", "--link", str(link), "--no-wait"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stderr
        assert process.stdin
        process.stderr.readline()
        (finding,) = check_address(str(link), nobody_is_an_agent, list)
        process.stdin.close()

    assert finding.state is State.OK, finding


def test_a_scanner_that_is_unplugged_is_missed(scanner: VirtualScanner) -> None:
    scanner.unplug()

    finding = looked_at(scanner)

    assert finding.state is State.WRONG
    assert "not plugged in" in finding.found


def test_a_device_that_is_not_on_usb_is_missed_with_what_there_is(tmp_path: Path) -> None:
    listing = [UsbPort(str(tmp_path), 0x05F9, 0x4204, "S1")]

    (finding,) = check_address("usb:05e0:1701", nobody_is_an_agent, lambda: listing)

    assert finding.state is State.WRONG
    assert "usb:05f9:4204:S1" in finding.found


def test_a_network_scanner_is_not_opened() -> None:
    (finding,) = check_address("socket://127.0.0.1:1", nobody_is_an_agent, list)

    assert finding.state is State.OK


def test_every_port_on_usb_is_told_with_what_it_may_be_called(tmp_path: Path) -> None:
    device = tmp_path / "ttyACM0"
    device.touch()
    port = UsbPort(str(device), 0x05F9, 0x4204, "S1A2B3", "3-1.2")

    found = {one.about: one for one in check_ports(nobody_is_an_agent, lambda: [port])}

    assert found[str(device)].state is State.OK
    for word in ("05f9:4204", "S1A2B3", "3-1.2", "--scanner usb:05f9:4204:S1A2B3"):
        assert word in found[str(device)].found


def test_identical_devices_without_serial_number_are_warned_of(tmp_path: Path) -> None:
    ports = [
        UsbPort(str(tmp_path / name), 0x0403, 0x6001, None, place)
        for name, place in (("ttyUSB0", "3-1"), ("ttyUSB1", "3-2"))
    ]
    for port in ports:
        Path(port.path).touch()

    found = {one.about: one for one in check_ports(nobody_is_an_agent, lambda: ports)}

    assert found["0403:6001"].state is State.LOOK
    assert "ttyUSB0 and" in found["0403:6001"].found
    assert "--scanner usb:0403:6001@3-2" in found[ports[1].path].found


def seen_by_nobody(mode: int) -> Finding:
    """Return what somebody without rights finds of a device of the group tty."""
    with open_folder() as folder:
        device = folder / "ttyACM0"
        device.touch()
        device.chmod(mode)
        if os.geteuid() == 0:
            os.chown(device, 0, TTY)
        with as_nobody():
            (finding,) = check_address(str(device), nobody_is_an_agent, list)
    return finding


def test_a_port_that_this_user_may_not_open_says_which_group_may() -> None:
    finding = seen_by_nobody(0o660)

    assert finding.state is State.WRONG
    assert "may not open it (-rw-rw---- tty)" in finding.found
    assert "usermod -aG tty" in finding.advice


def test_a_port_whose_group_may_not_read_needs_the_udev_rules() -> None:
    assert "udev rules" in seen_by_nobody(0o600).advice


def test_a_lock_file_counts_while_its_process_lives(tmp_path: Path) -> None:
    lock = tmp_path / "LCK..ttyACM0"
    lock.write_text(f"{os.getpid():10}\n")

    assert lock_of(Path("/dev/ttyACM0"), [tmp_path]) == (lock, os.getpid())

    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    lock.write_text(f"{gone.pid:10}\n")

    assert lock_of(Path("/dev/ttyACM0"), [tmp_path]) is None


def scanned(scanner: VirtualScanner, raw: bytes) -> Finding:
    """Return what the trial of a scanner says when somebody scans as soon as it asks."""
    hands: list[Thread] = []

    def scan(_asked: str) -> None:
        hands.append(Thread(target=scanner.send, args=(raw,)))
        hands[0].start()

    (finding,) = check_by_scanning(Line(str(scanner.link)), 30.0, scan)
    hands[0].join()
    return finding


def test_a_code_is_read_back_with_its_bytes_and_its_end(scanner: VirtualScanner) -> None:
    finding = scanned(scanner, b"\x02WO-1042\r\n")

    assert finding.state is State.OK
    assert finding.found == (
        "'WO-1042', bytes 02 57 4f 2d 31 30 34 32 0d 0a, ended by CR LF, begun by STX"
    )


@pytest.mark.parametrize(
    ("raw", "advice"),
    [
        (b"\xf8\x00\xf8\x80WO", "speed"),
        (b"WO-1042", "suffix"),
        (b"7" * 300 + b"\r", "suffix"),
        (b"\r", "not only its suffix"),
    ],
)
def test_what_is_no_code_says_what_to_set(scanner: VirtualScanner, raw: bytes, advice: str) -> None:
    finding = scanned(scanner, raw)

    assert finding.state is State.WRONG
    assert advice in finding.advice


def test_two_codes_at_once_are_told(scanner: VirtualScanner) -> None:
    finding = scanned(scanner, b"ONE\rTWO\r")

    assert finding.state is State.LOOK
    assert finding.found.startswith("'ONE' | 'TWO', bytes ")


def test_a_scanner_that_says_nothing_is_wrong(scanner: VirtualScanner) -> None:
    (finding,) = check_by_scanning(Line(str(scanner.link)), 0.1, print)

    assert finding.state is State.WRONG
    assert "nothing came within 0.1 seconds at 9600 baud" in finding.found


def test_a_scanner_that_another_program_has_for_itself_cannot_be_tried(
    scanner: VirtualScanner,
) -> None:
    asked: Callable[[str], None] = pytest.fail

    with Line(str(scanner.link)).open():
        (finding,) = check_by_scanning(Line(str(scanner.link)), 1.0, asked)

    assert finding.state is State.WRONG
    assert "Stop the agent" in finding.advice
