"""The watchdog is fed while every part of the agent lives, and by nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from queue import Empty
from threading import Event

import pytest

from hardware.scanners import Hearer, Scanner
from hardware.systemd import started_by
from hardware.transport import Line
from hardware.virtual import VirtualScanner
from kiosk.agent import Agent, Router, ThreadEnded
from kiosk.devices import Device
from kiosk.errors import JournalFailed
from kiosk.events import Event as Kept
from kiosk.events import Scan
from kiosk.journal import Journal
from kiosk.watchdog import DEVICE_S, JOURNAL_S, Watchdog
from tests.fakes.systemd import FakeSystemd
from tests.kiosk.box import PATIENCE_S, Box, Ears, in_thread

WATCHDOG_S = 20.0
TURN_S = WATCHDOG_S / 3


@dataclass
class Steps:
    """A clock that stands still until it is moved."""

    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def systemd() -> Iterator[FakeSystemd]:
    with FakeSystemd(WATCHDOG_S) as fake:
        yield fake


@pytest.fixture
def clock() -> Steps:
    return Steps()


@pytest.fixture
def watchdog(systemd: FakeSystemd, clock: Steps) -> Watchdog:
    return Watchdog(started_by(systemd.environment()), clock)


def fine() -> str:
    return "server here, 0 unsent"


def fails() -> str:
    raise JournalFailed("disk I/O error")


def test_it_is_fed_three_times_in_the_time_that_systemd_waits(
    watchdog: Watchdog, systemd: FakeSystemd, clock: Steps
) -> None:
    for _ in range(20):
        watchdog.look(fine)
        clock.at += 1

    assert systemd.said() == ["STATUS=server here, 0 unsent", *["WATCHDOG=1"] * 3]


def test_a_thread_that_stays_away_starves_it_and_is_named(
    watchdog: Watchdog, systemd: FakeSystemd, clock: Steps
) -> None:
    watchdog.pulse("/dev/scanner", DEVICE_S)
    clock.at += DEVICE_S + 1

    watchdog.look(fine)

    # The journal was asked just now; the scanner has shown nothing since its start.
    assert systemd.said() == ["STATUS=server here, 0 unsent; /dev/scanner does not answer"]


@pytest.mark.parametrize("sign", ["beat", "is_set", "wait"])
def test_a_thread_that_beats_or_looks_whether_to_stop_lives(
    watchdog: Watchdog, systemd: FakeSystemd, clock: Steps, sign: str
) -> None:
    pulse = watchdog.pulse("/dev/scanner", DEVICE_S)
    clock.at += DEVICE_S + 1
    signs: dict[str, Callable[[], object]] = {
        "beat": pulse.beat,
        "is_set": pulse.is_set,
        "wait": lambda: pulse.wait(0),
    }

    signs[sign]()
    watchdog.look(fine)

    assert systemd.said()[-1] == "WATCHDOG=1"


def test_a_journal_that_fails_is_told_at_once_and_starves_it_when_it_lasts(
    watchdog: Watchdog, systemd: FakeSystemd, clock: Steps
) -> None:
    watchdog.look(fails)
    told = systemd.said()
    clock.at += JOURNAL_S + 1
    watchdog.look(fails)

    assert told == ["STATUS=the journal fails: disk I/O error", "WATCHDOG=1"]
    assert systemd.said() == ["STATUS=the journal fails: disk I/O error; journal does not answer"]


def test_it_is_fed_again_once_all_is_well(
    watchdog: Watchdog, systemd: FakeSystemd, clock: Steps
) -> None:
    pulse = watchdog.pulse("uplink", DEVICE_S)
    clock.at += DEVICE_S + 1
    watchdog.look(fine)
    starved = systemd.said()

    pulse.beat()
    clock.at += TURN_S
    watchdog.look(fine)

    assert "WATCHDOG=1" not in starved
    assert systemd.said() == ["STATUS=server here, 0 unsent", "WATCHDOG=1"]


def test_a_unit_without_a_watchdog_gets_the_status_alone(clock: Steps) -> None:
    with FakeSystemd() as systemd:
        Watchdog(started_by(systemd.environment()), clock).look(fine)

        assert systemd.said() == ["STATUS=server here, 0 unsent"]


def test_at_a_terminal_the_journal_is_not_asked(clock: Steps) -> None:
    Watchdog(None, clock).look(fails)


# ---- The agent, with its threads ----------------------------------------------------------------

QUICK_S = 0.3
"""A watchdog that is fed ten times in a second; what is fed is waited for, never timed."""


class Stuck(Scanner):
    """A scanner whose thread hangs until it is let go."""

    def __init__(self, device: Device, heard: Hearer, gate: Event) -> None:
        super().__init__(Line(device.address), heard)
        self._gate = gate

    def listen(self, stop: Event) -> None:
        self._gate.wait(PATIENCE_S)
        stop.wait(PATIENCE_S)


@dataclass(frozen=True)
class StuckDevice(Device):
    """A device that has such a scanner."""

    gate: Event = field(default_factory=Event)

    def reader(self, heard: Hearer) -> Scanner:
        return Stuck(self, heard, self.gate)


class Ended(Scanner):
    """A scanner whose thread ends by itself, as only a mistake of ours can make it."""

    def listen(self, stop: Event) -> None:
        del stop


class EndedDevice(Device):
    """A device that has such a scanner."""

    def reader(self, heard: Hearer) -> Scanner:
        return Ended(Line(self.address), heard)


@dataclass
class Dumb(Ears):
    """Feedback that never returns from telling of a scan, until it is let go."""

    gate: Event = field(default_factory=Event)

    def kept(self, event: Kept, unsent: int) -> None:
        super().kept(event, unsent)
        self.gate.wait(PATIENCE_S)


@pytest.fixture
def quick() -> Iterator[FakeSystemd]:
    with FakeSystemd(QUICK_S) as fake:
        yield fake


@pytest.fixture
def an_agent(box: Box, journal: Journal) -> Callable[..., Agent]:
    """Return what makes an agent of a box."""

    def make(watchdog: Watchdog, *devices: Device) -> Agent:
        uplink = box.uplink(journal)
        return Agent(Router(journal, uplink, box.ears, box.watch), uplink, devices, watchdog)

    return make


@contextmanager
def working(agent: Agent) -> Iterator[Event]:
    """Let an agent work; yields the order to stop, which is given at the end at the latest."""
    stop = Event()
    with in_thread(lambda: agent.run(stop), stop.set):
        yield stop


def a_device(scanner: VirtualScanner) -> Device:
    return Device(Line(str(scanner.link)))


def type_until_told(scanner: VirtualScanner, ears: Ears) -> None:
    """Type until the agent listens: what is typed earlier is lost, as with a real scanner."""
    for attempt in count(1):
        scanner.type(f"hello {attempt}")
        with suppress(Empty):
            ears.told.get(timeout=0.5)
            return


def test_an_agent_says_that_it_is_ready_lives_and_stops(
    an_agent: Callable[..., Agent], scanner: VirtualScanner, quick: FakeSystemd
) -> None:
    with working(an_agent(Watchdog(started_by(quick.environment())), a_device(scanner))):
        before = quick.hears("READY=1")
        quick.hears("STATUS=server here, 0 unsent")
        quick.hears("WATCHDOG=1")

    assert before == []
    assert quick.said()[-1] == "STOPPING=1"


def test_the_status_counts_what_is_not_sent(
    an_agent: Callable[..., Agent],
    box: Box,
    journal: Journal,
    quick: FakeSystemd,
    a_scan: Callable[[str], Scan],
) -> None:
    box.server.stop()
    journal.keep(a_scan("1000123456"))

    with working(an_agent(Watchdog(started_by(quick.environment())))):
        before = quick.hears("STATUS=server away, 1 unsent")

    assert before == ["READY=1"]


def test_a_router_that_hangs_feeds_nothing(
    an_agent: Callable[..., Agent], box: Box, scanner: VirtualScanner, quick: FakeSystemd
) -> None:
    box.server.stop()
    box.ears = dumb = Dumb()
    with working(an_agent(Watchdog(started_by(quick.environment())), a_device(scanner))):
        quick.hears("WATCHDOG=1")
        type_until_told(scanner, dumb)
        quick.said()
        was_silent = quick.stays_silent(3 * QUICK_S)
        dumb.gate.set()
        quick.hears("WATCHDOG=1")

    assert was_silent


def test_a_device_whose_thread_hangs_starves_the_watchdog(
    an_agent: Callable[..., Agent], systemd: FakeSystemd, clock: Steps
) -> None:
    device = StuckDevice(Line("/dev/stuck"))
    with working(an_agent(Watchdog(started_by(systemd.environment()), clock), device)):
        systemd.hears("WATCHDOG=1")
        clock.at += DEVICE_S + 1
        while not systemd.next().endswith("/dev/stuck does not answer"):
            pass
        clock.at += TURN_S
        was_silent = systemd.stays_silent(1.0)
        device.gate.set()

    assert was_silent


def test_an_agent_whose_device_thread_ended_stops_at_once(
    an_agent: Callable[..., Agent], quick: FakeSystemd
) -> None:
    device = EndedDevice(Line("/dev/ended"))

    with pytest.raises(ThreadEnded, match="/dev/ended"):
        an_agent(Watchdog(started_by(quick.environment())), device).run(Event())

    assert quick.said()[-1] == "STOPPING=1"
