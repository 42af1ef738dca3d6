"""The doctor looks at scanners that type."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.checkup.findings import Finding, State
from hardware.checkup.inputs import check_keyboard, check_keyboards
from hardware.checkup.trial import check_by_scanning
from hardware.keyboards import Keyboard
from tests.hardware.typist import FakeKeyboard, FakeNodes, Typist

SCANNER = "keyboard:05f9:2206"


@pytest.fixture
def nodes(tmp_path: Path) -> FakeNodes:
    return FakeNodes(tmp_path)


@pytest.fixture
def wedge(nodes: FakeNodes) -> Iterator[FakeKeyboard]:
    """Return a scanner that is plugged in."""
    with FakeKeyboard(nodes) as plugged:
        yield plugged


def looked_at(nodes: FakeNodes) -> Finding:
    (finding,) = check_keyboard(SCANNER, lambda: (), nodes)
    return finding


def test_everything_that_types_is_told_with_its_name(nodes: FakeNodes, wedge: FakeKeyboard) -> None:
    (finding,) = check_keyboards(nodes)

    assert finding.about == str(wedge.path)
    assert finding.found.endswith(f"write --scanner {SCANNER}")


def test_without_a_keyboard_that_is_told(nodes: FakeNodes) -> None:
    (finding,) = check_keyboards(nodes)

    assert finding.found == "none is plugged in, and no scanner that types"


def test_a_scanner_that_types_is_found(nodes: FakeNodes, wedge: FakeKeyboard) -> None:
    finding = looked_at(nodes)

    assert finding.state is State.OK
    assert str(wedge.path) in finding.found


def test_a_scanner_that_types_and_is_unplugged_is_missed(nodes: FakeNodes) -> None:
    assert looked_at(nodes).state is State.WRONG


@pytest.mark.usefixtures("wedge")
def test_two_that_are_alike_are_both_named(nodes: FakeNodes) -> None:
    with FakeKeyboard(nodes, number=6, usb="3-2") as twin:
        finding = looked_at(nodes)

    assert finding.state is State.WRONG
    assert str(twin.path) in finding.found


def test_what_it_types_is_read_back(nodes: FakeNodes, wedge: FakeKeyboard) -> None:
    keyboard = Keyboard(Keyboard.parse(SCANNER).name, nodes)
    typist = Typist(time.monotonic())

    (finding,) = check_by_scanning(keyboard, 30.0, lambda _: wedge.send(typist.code("WO-1")))

    assert finding.state is State.OK, finding
    assert finding.found == "'WO-1', bytes 57 4f 2d 31, typed"


def test_another_layout_than_the_us_one_is_wrong(nodes: FakeNodes, wedge: FakeKeyboard) -> None:
    keyboard = Keyboard(Keyboard.parse(SCANNER).name, nodes)
    typist = Typist(time.monotonic())
    events = [*typist.text("WO"), *typist.press(86), *typist.code("1")]

    (finding,) = check_by_scanning(keyboard, 30.0, lambda _: wedge.send(events))

    assert finding.state is State.WRONG
    assert "US keyboard layout" in finding.advice
