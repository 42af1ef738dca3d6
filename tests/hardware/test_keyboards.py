"""A scanner that types is found by what it is, taken alone, and never another keyboard."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from hardware.errors import DeviceGone, SeveralMatch, UnusableAddress
from hardware.framing import Fault
from hardware.input_nodes import Identity, InputNodes
from hardware.keyboards import Keyboard
from hardware.ports import UsbName
from tests.hardware.typist import FakeKeyboard, FakeNodes, Typist, kept_by_kernel

Listening = Callable[..., AbstractContextManager[Any]]
SCANNER = "keyboard:05f9:2206"
CONSUMER_CONTROL = "3e000b00000000 0 0 1f 1f00000000000000 0 0"
"""The keys of a node with volume and such, as many scanners have one beside their keyboard."""


@pytest.fixture
def nodes(tmp_path: Path) -> FakeNodes:
    return FakeNodes(tmp_path)


@pytest.fixture
def wedge(nodes: FakeNodes) -> Iterator[FakeKeyboard]:
    """Return a scanner that is plugged in."""
    with FakeKeyboard(nodes) as plugged:
        yield plugged


@pytest.fixture
def office(nodes: FakeNodes) -> Iterator[FakeKeyboard]:
    """Return the keyboard of whoever looks after the station."""
    with FakeKeyboard(nodes, number=2, ids=("046d", "c31c"), usb="3-9") as plugged:
        yield plugged


def named(address: str, nodes: FakeNodes) -> Keyboard:
    """Return a keyboard of the fake listing."""
    return Keyboard(Keyboard.parse(address).name, nodes)


def refusal(address: str, nodes: FakeNodes) -> DeviceGone:
    """Return why a keyboard cannot be opened."""
    with pytest.raises(DeviceGone) as gone, named(address, nodes).open():
        pass
    return gone.value


def now() -> Typist:
    """Return what types from now on, as the kernel would say it."""
    return Typist(time.monotonic())


def past_opening(ear: Any, wedge: FakeKeyboard) -> None:
    """Let it type: whether that is a code, so soon after the opening, does not matter here."""
    wedge.send(now().code("first"))
    ear.reading()


# Its name


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("keyboard:05f9:2206", "keyboard:05f9:2206"),
        ("Keyboard:05F9:220A:S1A2b3", "keyboard:05f9:220a:S1A2b3"),
        ("keyboard:05f9:2206@3-1.2", "keyboard:05f9:2206@3-1.2"),
    ],
)
def test_a_keyboard_is_named_by_what_it_is(address: str, said: str) -> None:
    assert Keyboard.parse(address).address == said


@pytest.mark.parametrize(
    "address", ["", "keyboard:", "keyboard:05f9", "keyboard:*:*", "usb:05f9:2206", "/dev/input/x"]
)
def test_what_names_no_keyboard_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(UnusableAddress, match="as in keyboard:05f9:2206"):
        Keyboard.parse(address)


# Which one is taken


def test_the_named_keyboard_alone_is_taken(
    nodes: FakeNodes, wedge: FakeKeyboard, office: FakeKeyboard
) -> None:
    with named(SCANNER, nodes).open():
        assert nodes.grabbed == [str(wedge.path)]
        assert nodes.readers_of(office.path) == 0


def test_the_only_keyboard_is_not_taken_when_another_one_is_named(
    nodes: FakeNodes, office: FakeKeyboard
) -> None:
    gone = refusal(SCANNER, nodes)

    assert gone.reason == f"it is not plugged in; there are keyboard:046d:c31c ({office.path})"
    assert nodes.grabbed == []


def test_without_any_keyboard_it_says_so(nodes: FakeNodes) -> None:
    assert refusal(SCANNER, nodes).reason == "it is not plugged in; no keyboard is"


def test_two_that_match_are_refused_and_both_named(nodes: FakeNodes, wedge: FakeKeyboard) -> None:
    with FakeKeyboard(nodes, number=11, serial="S1A2B3", usb="3-2") as other:
        several = refusal(SCANNER, nodes)

    assert isinstance(several, SeveralMatch)
    assert f"{wedge.path} (location 3-1:1.0, no serial)" in several.reason
    assert f"{other.path} (location 3-2:1.0, serial S1A2B3)" in several.reason
    assert "write keyboard:05f9:2206:S1A2B3" in several.reason
    assert "write keyboard:05f9:2206@3-1:1.0" in several.reason
    assert nodes.grabbed == []


@pytest.mark.parametrize("address", [f"{SCANNER}:S1A2B3", f"{SCANNER}@3-2"])
def test_a_serial_number_or_a_location_tells_two_apart(
    address: str, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    with (
        FakeKeyboard(nodes, number=11, serial="S1A2B3", usb="3-2") as other,
        named(address, nodes).open(),
    ):
        assert nodes.grabbed == [str(other.path)]
        assert nodes.readers_of(wedge.path) == 0


def test_a_node_of_the_scanner_that_does_not_type_is_no_second_one(
    nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    with (
        FakeKeyboard(nodes, number=6, usb="3-2", keys=CONSUMER_CONTROL),
        named(SCANNER, nodes).open(),
    ):
        assert nodes.grabbed == [str(wedge.path)]


@pytest.mark.parametrize(
    "says", [Identity(0x046D, 0xC31C, None), Identity(0x05F9, 0x2206, "another")]
)
def test_a_path_that_has_become_another_device_is_let_go(
    says: Identity, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    nodes.swapped[str(wedge.path)] = says

    assert "has just become another device" in refusal(SCANNER, nodes).reason
    assert nodes.grabbed == []


def test_a_keyboard_with_a_key_down_is_left_to_whoever_saw_it_go_down(
    nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    nodes.pressed.add(str(wedge.path))

    assert "release it" in refusal(SCANNER, nodes).reason
    assert nodes.grabbed == []
    assert nodes.readers_of(wedge.path) == 0


@pytest.mark.parametrize(
    ("problem", "advice"),
    [
        (errno.EBUSY, "another program has taken it; stop that one"),
        (errno.EACCES, "put this user into the group input, or add a udev rule"),
    ],
)
def test_what_keeps_us_from_taking_it_is_told_with_what_to_do(
    problem: int, advice: str, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    nodes.refusal = OSError(problem, os.strerror(problem))

    assert refusal(SCANNER, nodes).reason.endswith(advice)
    assert nodes.readers_of(wedge.path) == 0


def test_what_is_no_input_device_is_gone_and_not_taken(
    nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    listing = InputNodes(nodes.folder / "sys", nodes.folder / "dev")

    with pytest.raises(DeviceGone, match="Inappropriate ioctl"):
        Keyboard(UsbName(0x05F9, 0x2206), listing).open()

    assert nodes.readers_of(wedge.path) == 0


def test_an_entry_that_vanishes_while_it_is_looked_at_is_passed_over(
    nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    (nodes.folder / "sys" / "event9").symlink_to("nowhere")

    assert [port.path for port in nodes.keyboards()] == [str(wedge.path)]


# Listening


def test_scans_arrive_as_from_any_scanner(
    listening: Listening, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    codes = [f"1H41{n:02}" for n in range(12)]

    with listening(named(SCANNER, nodes)) as ear:
        assert ear.presence().is_there
        past_opening(ear, wedge)
        for code in codes:
            wedge.send(now().code(code))
        heard = [ear.reading() for _ in codes]

    assert [reading.frame.text for reading in heard] == codes
    assert {reading.device for reading in heard} == {SCANNER}
    assert {reading.frame.fault for reading in heard} == {None}


def test_an_unplugged_one_is_heard_again_under_whatever_node_it_has_then(
    listening: Listening, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    with listening(named(SCANNER, nodes)) as ear:
        assert ear.presence().is_there
        wedge.unplug()
        gone = ear.presence()
        with FakeKeyboard(nodes, number=17) as back:
            assert ear.presence().is_there
            past_opening(ear, back)
            back.send(now().code("1H4711"))
            text = ear.reading().frame.text

    assert not gone.is_there
    assert gone.reason
    assert text == "1H4711"
    assert nodes.grabbed[-1] == str(back.path)


def test_half_a_scan_and_a_held_shift_end_with_the_plug(
    listening: Listening, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    with listening(named(SCANNER, nodes)) as ear:
        assert ear.presence().is_there
        past_opening(ear, wedge)
        typist = now()
        wedge.send([*typist.text("00001"), *typist.move(42, 1)])
        wedge.unplug()
        wedge.plug()
        ear.skip_to_return()
        past_opening(ear, wedge)
        wedge.send(now().code("4711"))
        text = ear.reading().frame.text

    assert text == "4711"


def test_keys_that_came_too_fast_for_us_are_told(
    listening: Listening, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    with listening(named(SCANNER, nodes)) as ear:
        assert ear.presence().is_there
        past_opening(ear, wedge)
        wedge.send(kept_by_kernel(now().code("1234567890123456")))

        assert ear.reading().frame.fault is Fault.DROPPED


def test_a_code_without_an_end_is_told_when_silence_follows(
    listening: Listening, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    with listening(named(SCANNER, nodes)) as ear:
        assert ear.presence().is_there
        past_opening(ear, wedge)
        wedge.send(now().text("4711"))

        assert ear.reading().frame.fault is Fault.NO_TERMINATOR


def test_two_that_match_are_told_once_until_one_is_unplugged(
    listening: Listening, nodes: FakeNodes, wedge: FakeKeyboard
) -> None:
    with FakeKeyboard(nodes, number=11, usb="3-2"), listening(named(SCANNER, nodes)) as ear:
        refused = ear.presence()
        wedge.unplug()
        there = ear.presence()

    assert not refused.is_there
    assert "2 keyboards match" in refused.reason
    assert there.is_there
