"""At a station a scanner that types is a scanner like any other."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import Empty

import pytest

from hardware.framing import Fault
from hardware.keyboards import Keyboard
from hardware.roles import Role
from kiosk.devices import Device
from kiosk.feedback import FAULTS
from kiosk.journal import Journal
from tests.fakes.station_host import MemoryStationHost
from tests.hardware.typist import FakeKeyboard, FakeNodes, Typist, kept_by_kernel
from tests.kiosk.box import Box, Ears


@pytest.fixture
def wedge(tmp_path: Path) -> Iterator[FakeKeyboard]:
    """Return a scanner that is plugged in."""
    with FakeKeyboard(FakeNodes(tmp_path / "usb")) as plugged:
        yield plugged


@contextmanager
def listening(box: Box, journal: Journal, wedge: FakeKeyboard, role: Role) -> Iterator[Ears]:
    """Be an agent that listens to the scanner, and has heard it."""
    keyboard = Keyboard(Keyboard.parse("keyboard:05f9:2206").name, wedge.nodes)
    with box.listening(journal, Device(keyboard, role)) as ears:
        for attempt in count(1):
            wedge.send(now().code(f"hello {attempt}"))
            try:
                ears.hear_answer(f"hello {attempt}", within_s=0.5)
            except Empty:
                continue
            yield ears
            return


def now() -> Typist:
    return Typist(time.monotonic())


def test_what_it_types_is_kept_sent_and_answered(
    box: Box, journal: Journal, host: MemoryStationHost, wedge: FakeKeyboard
) -> None:
    with listening(box, journal, wedge, Role.SCANNER) as ears:
        wedge.send(now().code("1H4101"))
        ears.hear_answer("1H4101", within_s=30.0)

    assert host.taken[-1] == "1H4101"


def test_it_may_be_a_badge_reader(
    box: Box, journal: Journal, host: MemoryStationHost, wedge: FakeKeyboard
) -> None:
    with listening(box, journal, wedge, Role.BADGE_READER) as ears:
        wedge.send(now().code("4101"))
        ears.hear_answer("1H4101", within_s=30.0)

    assert host.taken[-1] == "1H4101"


def test_what_is_left_of_a_code_is_told_and_not_sent(
    box: Box, journal: Journal, host: MemoryStationHost, wedge: FakeKeyboard
) -> None:
    with listening(box, journal, wedge, Role.SCANNER) as ears:
        wedge.send(kept_by_kernel(now().code("1234567890123456")))
        fault, left = ears.next()

    assert fault == "dropped"
    assert left
    assert "1234567890123456".endswith(left)
    assert left not in host.taken


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_words(fault: Fault) -> None:
    assert FAULTS[fault]
