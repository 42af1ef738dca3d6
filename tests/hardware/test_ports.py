"""A serial device is known by what it is; where that is not enough, all that match are named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serial.tools.list_ports_common import ListPortInfo

from hardware import transport
from hardware.errors import DeviceGone, SeveralMatch
from hardware.ports import (
    UsbName,
    UsbPort,
    canonical,
    check_by_id,
    is_fleeting,
    lasting_name,
)

DATALOGIC = UsbPort("/dev/ttyACM0", 0x05F9, 0x4005, "S1A2B3", "3-2")
LEFT = UsbPort("/dev/ttyUSB0", 0x0403, 0x6001, None, "3-1.1")
RIGHT = UsbPort("/dev/ttyUSB1", 0x0403, 0x6001, None, "3-1.2")
FOURFOLD = [UsbPort(f"/dev/ttyUSB{n}", 0x0403, 0x6011, "FT4", f"1-4:1.{n}") for n in range(4)]

serials = st.text(st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="@,"))
locations = st.from_regex(r"[1-9]-[1-9](\.[1-9]){0,3}(:1\.[0-9])?", fullmatch=True)
numbers = st.integers(0, 0xFFFF)


# Names


@given(numbers, numbers, st.none() | serials.filter(bool), st.none() | locations)
def test_a_name_is_read_as_it_was_written(
    vendor: int, product: int, serial: str | None, location: str | None
) -> None:
    name = UsbName(vendor, product, serial, location)

    assert UsbName.parse(str(name)) == name


@pytest.mark.parametrize(
    "address",
    [
        "usb:",
        "usb:05f9",
        "usb:05f9:",
        "usb:5f9:4005",
        "usb:05g9:4005",
        "usb:05f9:4005:",
        "usb:05f9:4005@",
        "usb:05f9:4005@left",
        "usb:05f9:4005:S1@",
        "usb:05f9:4005@3-1:S1",
        "usb://05f9:4005",
        "usb:05f9:4005\0",
    ],
)
def test_what_is_no_name_is_refused_with_how_to_write_one(address: str) -> None:
    with pytest.raises(ValueError, match="usb:VENDOR:PRODUCT"):
        UsbName.parse(address)


def test_capitals_in_a_name_mean_the_same_device() -> None:
    assert canonical("USB:05F9:4005:S1a") == "usb:05f9:4005:S1a"
    assert canonical("/dev/ttyUSB0") == "/dev/ttyUSB0"


# Finding


@pytest.mark.parametrize(
    "address",
    [
        "usb:05f9:4005",
        "usb:05F9:4005:S1A2B3",
        "usb:05f9:4005@3-2",
        "usb:05f9:4005@3-2:1.0",
        "usb:05f9:4005:S1A2B3@3-2",
    ],
)
def test_a_device_is_found_by_what_it_is(address: str) -> None:
    assert UsbName.parse(address).find(lambda: [LEFT, DATALOGIC, RIGHT]) is DATALOGIC


@pytest.mark.parametrize(
    "address", ["usb:05f9:4006", "usb:05f8:4005", "usb:05f9:4005:s1a2b3", "usb:05f9:4005@3-20"]
)
def test_another_device_is_not_taken_for_it(address: str) -> None:
    with pytest.raises(DeviceGone, match=r"not plugged in.*usb:05f9:4005:S1A2B3 \(/dev/ttyACM0\)"):
        UsbName.parse(address).find(lambda: [DATALOGIC])


def test_where_nothing_is_plugged_in_that_is_said() -> None:
    with pytest.raises(DeviceGone, match="no serial device on USB is"):
        UsbName.parse("usb:05f9:4005").find(list)


def test_two_alike_are_refused_with_both_named_and_what_to_write() -> None:
    with pytest.raises(SeveralMatch) as refused:
        UsbName.parse("usb:0403:6001").find(lambda: [LEFT, RIGHT, DATALOGIC])

    assert refused.value.reason == (
        "2 devices match; "
        "/dev/ttyUSB0 (location 3-1.1, no serial): write usb:0403:6001@3-1.1; "
        "/dev/ttyUSB1 (location 3-1.2, no serial): write usb:0403:6001@3-1.2"
    )


def test_two_with_the_same_serial_number_are_told_apart_by_their_sockets() -> None:
    clones = [UsbPort(f"/dev/ttyUSB{n}", 0x10C4, 0xEA60, "0001", f"1-{n}") for n in (1, 2)]

    with pytest.raises(SeveralMatch, match=r"write usb:10c4:ea60@1-1;.*write usb:10c4:ea60@1-2$"):
        UsbName.parse("usb:10c4:ea60:0001").find(lambda: clones)


def test_two_that_nothing_tells_apart_have_a_name_by_path() -> None:
    unplaced = [UsbPort(f"/dev/ttyUSB{n}", 0x10C4, 0xEA60) for n in (1, 2)]

    with pytest.raises(SeveralMatch, match=r"location unknown.*by-path, which leads to /dev/ttyU"):
        UsbName.parse("usb:10c4:ea60").find(lambda: unplaced)


def test_the_lines_of_one_adapter_are_told_apart_by_their_interfaces() -> None:
    assert UsbName.parse("usb:0403:6011@1-4:1.2").find(lambda: FOURFOLD) is FOURFOLD[2]
    with pytest.raises(SeveralMatch, match="4 devices match"):
        UsbName.parse("usb:0403:6011@1-4").find(lambda: FOURFOLD)


# What to write instead


@given(st.lists(st.sampled_from([DATALOGIC, LEFT, RIGHT, *FOURFOLD]), unique=True, min_size=1))
def test_a_lasting_name_leads_to_its_device_alone(ports: list[UsbPort]) -> None:
    for port in ports:
        name = lasting_name(port, ports)

        assert name is not None
        assert UsbName.parse(name).find(lambda: ports) is port


def test_a_serial_number_is_the_best_name() -> None:
    assert lasting_name(DATALOGIC, [DATALOGIC]) == "usb:05f9:4005:S1A2B3"


def test_a_serial_number_that_no_name_can_hold_is_left_out() -> None:
    odd = UsbPort("/dev/ttyACM0", 0x05F9, 0x4005, "A@1,2", "3-2")

    assert lasting_name(odd, [odd]) == "usb:05f9:4005"


@pytest.mark.parametrize(
    ("address", "fleeting"),
    [
        ("/dev/ttyUSB0", True),
        ("/dev/ttyACM12", True),
        ("/dev/ttyS0", False),
        ("/dev/serial/by-id/usb-Datalogic-if00", False),
        ("usb:05f9:4005", False),
        ("socket://scanner:4001", False),
    ],
)
def test_only_a_numbered_usb_path_is_another_device_tomorrow(address: str, fleeting: bool) -> None:  # noqa: FBT001  # From a table.
    assert is_fleeting(address) is fleeting


# Names below by-id


def by_id(folder: Path, port: UsbPort) -> str:
    """Return a name below by-id that leads to a port."""
    link = folder / "by-id" / "usb-FTDI"
    link.parent.mkdir()
    link.symlink_to(port.path)
    return str(link)


def test_a_name_by_id_that_two_devices_share_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SeveralMatch, match=r"usb:0403:6001@3-1.1.*usb:0403:6001@3-1.2"):
        check_by_id(by_id(tmp_path, RIGHT), lambda: [LEFT, RIGHT, DATALOGIC])


@pytest.mark.parametrize("port", [DATALOGIC, FOURFOLD[2], UsbPort("/dev/ttyACM7", 1, 1)])
def test_a_name_by_id_of_one_device_is_taken(tmp_path: Path, port: UsbPort) -> None:
    check_by_id(by_id(tmp_path, port), lambda: [LEFT, RIGHT, DATALOGIC, *FOURFOLD])


# What pyserial says


def found(path: str, **known: object) -> ListPortInfo:
    """Return what pyserial would find."""
    port = ListPortInfo(path)
    for name, value in known.items():
        setattr(port, name, value)
    return port


def test_what_pyserial_finds_on_usb_is_listed_in_the_order_of_its_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ports = [
        found("/dev/ttyUSB10", vid=0x0403, pid=0x6001, serial_number="", location="3-1"),
        found("/dev/ttyS0"),
        found("/dev/ttyUSB2", vid=0x05F9, pid=0x4005, serial_number="S1", location="3-2:1.0"),
    ]
    monkeypatch.setattr(transport, "comports", lambda: ports)

    assert transport.plugged() == [
        UsbPort("/dev/ttyUSB2", 0x05F9, 0x4005, "S1", "3-2:1.0"),
        UsbPort("/dev/ttyUSB10", 0x0403, 0x6001, None, "3-1"),
    ]


def test_a_device_that_goes_while_it_is_listed_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def vanishing() -> list[ListPortInfo]:
        # So pyserial reads the product of a device that has just been unplugged.
        return [found("/dev/ttyUSB0", vid=int(None, 16))]  # type: ignore[call-overload]  # As it is.

    monkeypatch.setattr(transport, "comports", vanishing)

    with pytest.raises(DeviceGone):
        transport.plugged()


def test_this_computer_can_be_asked_too() -> None:
    assert all(port.path.startswith("/dev/tty") for port in transport.plugged())
