"""The devices of a station: how they are written, what they are there for, what they mean."""

import logging
from pathlib import Path

import pytest

from hardware.errors import DeviceGone, UnusableAddress
from hardware.keyboards import Keyboard
from hardware.ports import UsbPort
from hardware.roles import Role
from hardware.transport import Line
from hardware.virtual import VirtualScanner
from kiosk.config import Given, checked
from kiosk.devices import Device, device, meant, warn_of_fleeting
from kiosk.errors import SettingsInvalid
from kiosk.journal import Journal
from tests.fakes.station_host import MemoryStationHost
from tests.kiosk.box import Box
from tests.kiosk.test_agent import type_until_heard

SERIAL_ONE = UsbPort("/dev/ttyUSB0", 0x05F9, 0x4005, "S1A2B3", "3-1")


def given(*scanners: str, badge_readers: tuple[str, ...] = (), data: Path | None = None) -> Given:
    return Given("http://plant", "LATHE-2", scanners, 9600, "CODE", data, badge_readers)


# How they are written


@pytest.mark.parametrize(
    ("written", "address", "baud"),
    [
        ("/dev/serial/by-id/usb-S1-if00", "/dev/serial/by-id/usb-S1-if00", 9600),
        ("usb:05F9:4005:S1A2B3,19200", "usb:05f9:4005:S1A2B3", 19200),
        ("usb:0403:6001@3-1:1.0, 115200", "usb:0403:6001@3-1:1.0", 115200),
        ("rfc2217://server:4001?ign_set_control,38400", "rfc2217://server:4001?ign_set_control",
         38400),
        ("socket://server:4001", "socket://server:4001", 9600),
    ],
)  # fmt: skip
def test_a_device_is_written_with_or_without_a_speed(written: str, address: str, baud: int) -> None:
    assert device(written, Role.SCANNER, 9600) == Device(Line(address, baud), Role.SCANNER)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("/dev/scanner,fast", "only a speed"),
        ("/dev/scanner,", "only a speed"),
        ("/dev/scanner,9600,8N1", "only a speed"),
        ("/dev/scanner,99999999", "only a speed"),
        ("/dev/scanner,0", "0 baud is no speed"),
        ("socket://server:4001,19200", "set at the device server"),
        ("usb:05f9,19200", "usb:VENDOR:PRODUCT"),
        ("socket://server,19200", r"lacks a host or a port.*set at the device server"),
        (",19200", "a path or an address is needed"),
        ("keyboard:05f9", "keyboard:VENDOR:PRODUCT"),
        ("keyboard:05f9:2206,9600", "a scanner that types has no speed"),
    ],
)
def test_what_cannot_be_a_device_is_refused_with_all_that_is_wrong(written: str, said: str) -> None:
    with pytest.raises(UnusableAddress, match=said):
        device(written, Role.SCANNER, 9600)


def test_each_device_has_its_role(tmp_path: Path) -> None:
    settings = checked(
        given("usb:05f9:4005,19200", "loop://", badge_readers=("/dev/badges",), data=tmp_path)
    )

    assert settings.devices == (
        Device(Line("usb:05f9:4005", 19200)),
        Device(Line("loop://", 9600)),
        Device(Line("/dev/badges", 9600), Role.BADGE_READER),
    )


def test_a_scanner_that_types_is_named_by_what_it_is_however_it_is_written(tmp_path: Path) -> None:
    settings = checked(given("Keyboard:05F9:2206:S1", data=tmp_path))

    assert settings.devices == (Device(Keyboard.parse("keyboard:05f9:2206:S1")),)


def test_a_badge_reader_alone_is_enough(tmp_path: Path) -> None:
    settings = checked(given(badge_readers=("loop://",), data=tmp_path))

    assert [each.role for each in settings.devices] == [Role.BADGE_READER]


def test_every_mistake_is_told_with_the_role_of_its_device(tmp_path: Path) -> None:
    wrong = given(
        "usb:05f9:4005",
        "usb:05F9:4005,19200",
        "udp://x",
        badge_readers=("usb:05f9:4005", "usb:left"),
        data=tmp_path,
    )

    with pytest.raises(SettingsInvalid) as invalid:
        checked(wrong)

    assert [error.partition(" ")[0] for error in invalid.value.errors] == [
        "scanner:", "scanner:", "badge-reader:", "badge-reader:",
    ]  # fmt: skip
    assert invalid.value.errors[2].endswith("is given twice; a device has one role")


# An address of today only


def warnings(caplog: pytest.LogCaptureFixture, *plugged: UsbPort) -> list[str]:
    """Return what is said of a station with a numbered path and two lasting ones."""
    lines = [Line("/dev/ttyUSB0"), Line("/dev/serial/by-id/usb-S1"), Line("loop://")]
    with caplog.at_level(logging.WARNING):
        warn_of_fleeting([Device(line) for line in lines], lambda: plugged)
    return [record.getMessage() for record in caplog.records]


def test_a_numbered_path_is_warned_of_with_the_name_to_write(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert warnings(caplog, SERIAL_ONE) == [
        "another device may be here tomorrow device=/dev/ttyUSB0 write=usb:05f9:4005:S1A2B3"
    ]


def test_a_numbered_path_that_is_not_plugged_in_is_warned_of_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (said,) = warnings(caplog)

    assert said.endswith("write=a name below /dev/serial/by-id")


def test_a_warning_never_keeps_a_station_from_starting(caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> list[UsbPort]:
        raise DeviceGone("USB", "unplugged meanwhile")

    warn_of_fleeting([Device(Line("/dev/ttyACM0"))], failing)

    assert len(caplog.records) == 1


# What a badge reader means


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4101", "1H4101"),
        ("]C04101", "1H4101"),
        (" 00004101 ", "1H00004101"),
        ("1H4101", "1H4101"),
        ("3H4101", "3H4101"),
        ("41", "41"),
        ("000041019", "000041019"),
        ("1000123456", "1000123456"),
        ("]E412345670", "]E412345670"),
        ("WO100245", "WO100245"),
        ("", ""),
    ],
)
def test_only_a_bare_badge_number_is_made_a_badge(text: str, code: str) -> None:
    assert meant(text, Role.BADGE_READER) == code
    assert meant(text, Role.SCANNER) == text


def test_a_badge_reader_and_a_scanner_work_side_by_side(
    box: Box, journal: Journal, host: MemoryStationHost, scanner: VirtualScanner, tmp_path: Path
) -> None:
    with VirtualScanner(tmp_path / "badges", baud=115200) as badges:
        devices = [
            Device(Line(str(scanner.link))),
            Device(Line(str(badges.link)), Role.BADGE_READER),
        ]
        with box.listening(journal, *devices) as ears:
            type_until_heard(scanner, ears)
            type_until_heard(badges, ears)
            told = []
            for reader, code in ((badges, "4101"), (scanner, "4101"), (badges, "1000123456")):
                reader.type(code)
                told.append(ears.next()[1])

    assert told == ["1H4101", "4101", "1000123456"]
    assert host.taken[-3:] == told


def test_what_a_badge_reader_garbles_is_shown_as_it_came(
    box: Box, journal: Journal, scanner: VirtualScanner
) -> None:
    with box.listening(journal, Device(Line(str(scanner.link)), Role.BADGE_READER)) as ears:
        type_until_heard(scanner, ears)
        scanner.send(b"4101")

        assert ears.next() == ("no-terminator", "4101")
