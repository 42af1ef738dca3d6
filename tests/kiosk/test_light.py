"""What a stack light shows follows from what has been told, and from nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from hardware.framing import Fault
from hardware.stack_light import LightAddress, Lights, command
from kiosk.events import Answer, Answered, Event, Link, LinkChanged, Scan
from kiosk.light import Signal, shining
from tests.fakes.patlite import Patlite
from tests.kiosk.box import NOON

WHITE = Lights(white=True)
GREEN = Lights(green=True)
SCAN = Scan(NOON, "1000123456", "/dev/scanner", late=False)
EVENT = Event(1, "an-id", SCAN)


@dataclass
class Steps:
    """A steady clock that stands still until it is set."""

    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Steps:
    return Steps()


@pytest.fixture
def signal(clock: Steps) -> Signal:
    """Return the signal of a station whose server is there."""
    signal = Signal(clock)
    signal.linked(LinkChanged(Link.HERE))
    return signal


def answer(code: str, verdict: str = "ok", number: str = "WO100245 / 010") -> Answer:
    return Answer(verdict, code, number, {}, {})


def after(signal: Signal, *codes: str) -> Lights:
    """Return what shines after answers to a scanner of the box."""
    for code in codes:
        signal.answered(Answered(EVENT, answer(code)))
    return signal.lights()


def test_a_station_where_nothing_runs_is_white(signal: Signal) -> None:
    assert signal.lights() == WHITE


@pytest.mark.parametrize("code", ["started", "resumed", "joined", "reported", "panel"])
def test_a_station_where_something_runs_is_green(signal: Signal, code: str) -> None:
    assert after(signal, code) == GREEN


@pytest.mark.parametrize("code", ["completed", "paused", "left"])
def test_it_is_white_again_after_the_work(signal: Signal, code: str) -> None:
    assert after(signal, "started", code) == WHITE


def test_it_is_green_until_the_last_operation_ends(signal: Signal) -> None:
    signal.overheard(answer("started", number="WO1 / 010"))
    signal.overheard(answer("started", number="WO2 / 010"))
    signal.overheard(answer("completed", number="WO1 / 010"))
    between = signal.lights()
    signal.overheard(answer("completed", number="WO2 / 010"))

    assert (between, signal.lights()) == (GREEN, WHITE)


@pytest.mark.parametrize(
    ("codes", "lights"),
    [(("started", "undone"), WHITE), (("started", "completed", "undone"), GREEN)],
)
def test_what_was_taken_back_was_never_so(
    signal: Signal, codes: tuple[str, ...], lights: Lights
) -> None:
    assert after(signal, *codes) == lights


def test_what_the_screen_beside_it_reports_counts_too(signal: Signal) -> None:
    signal.overheard(answer("started"))

    assert signal.lights() == GREEN


def test_a_report_to_look_at_is_yellow_until_one_that_is_none(signal: Signal) -> None:
    signal.overheard(answer("started", verdict="look"))
    flagged = signal.lights()

    assert flagged == Lights(green=True, yellow=True)
    assert after(signal, "reported") == GREEN


def test_a_missing_badge_is_blue_while_the_scan_waits_for_it(signal: Signal, clock: Steps) -> None:
    signal.overheard(answer("badge-needed", verdict="call"))
    clock.at += 20
    waiting = signal.lights()
    clock.at += 0.1

    assert waiting == Lights(white=True, blue=True)
    assert signal.lights() == WHITE


def test_any_other_call_is_blue_until_something_is_taken(signal: Signal, clock: Steps) -> None:
    signal.overheard(answer("help", verdict="call"))
    clock.at += 3600
    called = signal.lights()

    assert called.blue
    assert after(signal, "badge") == WHITE


def test_a_refused_scan_changes_nothing(signal: Signal) -> None:
    signal.overheard(answer("started", verdict="look"))
    signal.overheard(answer("held", verdict="refused"))

    assert signal.lights() == Lights(green=True, yellow=True)


@pytest.mark.parametrize("link", [Link.AWAY, Link.SHUT])
def test_a_server_that_is_away_for_long_is_yellow(signal: Signal, clock: Steps, link: Link) -> None:
    signal.linked(LinkChanged(link))
    clock.at += 300
    before = signal.lights()
    signal.linked(LinkChanged(Link.AWAY))
    clock.at += 0.1
    long_away = signal.lights()
    signal.linked(LinkChanged(Link.HERE))

    assert (before, signal.lights()) == (WHITE, WHITE)
    assert long_away == Lights(white=True, yellow=True)


def test_a_server_that_was_never_there_is_away_from_the_start(clock: Steps) -> None:
    signal = Signal(clock)
    clock.at += 300.1

    assert signal.lights().yellow


def test_a_scan_that_cannot_be_kept_is_yellow(signal: Signal) -> None:
    signal.not_kept(SCAN, "disk full")

    assert signal.lights() == Lights(white=True, yellow=True)


def test_what_only_who_scanned_has_to_know_is_not_shown(signal: Signal) -> None:
    signal.kept(EVENT, 1)
    signal.repeated(SCAN)
    signal.misread(SCAN, Fault.GARBLED)

    assert signal.lights() == WHITE


# The light itself


@pytest.fixture
def patlite() -> Iterator[Patlite]:
    light = Patlite().plug()
    yield light
    light.unplug()


def test_the_light_follows_the_signal(signal: Signal, patlite: Patlite) -> None:
    with shining(LightAddress("127.0.0.1", patlite.port), signal):
        patlite.hear(command(WHITE))
        signal.overheard(answer("started"))
        patlite.hear(command(GREEN))


def test_a_station_without_a_light_has_no_thread_for_it(signal: Signal) -> None:
    with shining(None, signal):
        assert signal.lights() == WHITE
