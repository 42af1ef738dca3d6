"""A station box for tests, its ears, and a clock that stands still."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Event, Thread

from hardware.framing import Fault
from hardware.transport import Line
from kiosk.agent import Agent, Router
from kiosk.config import Settings
from kiosk.credentials import Credentials
from kiosk.devices import Device
from kiosk.events import Answer, Answered, LinkChanged, News, Pushed, Scan
from kiosk.events import Event as Kept
from kiosk.home import Home
from kiosk.journal import Journal
from kiosk.pauses import Pauses
from kiosk.uplink import Uplink
from kiosk.wire import Address
from server.domain.feed import Cursor
from tests.fakes.station_host import StationServer

STATION = "LATHE-2"
CODE = "ABCD2345"
PATIENCE_S = 30.0
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@dataclass
class Watch:
    """A clock that stands still until a test lets time pass."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Ears:
    """Feedback that a test listens to."""

    told: Queue[tuple[str, str]] = field(default_factory=Queue)

    def answered(self, answered: Answered) -> None:
        self.told.put((answered.answer.code, answered.event.scan.text))

    def kept(self, event: Kept, unsent: int) -> None:
        self.told.put((f"kept {unsent}", event.scan.text))

    def repeated(self, scan: Scan) -> None:
        self.told.put(("repeated", scan.text))

    def misread(self, scan: Scan, fault: Fault) -> None:
        self.told.put((fault.value, scan.text))

    def not_kept(self, scan: Scan, reason: str) -> None:
        self.told.put((reason, scan.text))

    def overheard(self, answer: Answer) -> None:
        """Hear nothing: no scan of this box."""

    def linked(self, changed: LinkChanged) -> None:
        """Hear nothing: no scan at all."""

    def next(self) -> tuple[str, str]:
        """Return what was told next."""
        return self.told.get(timeout=PATIENCE_S)

    def hear_answer(self, text: str, within_s: float) -> None:
        """Listen until the server's answer to a code is told; a longer silence raises Empty."""
        outcome, told = "", ""
        while told != text or outcome.startswith("kept"):
            outcome, told = self.told.get(timeout=within_s)


class Reports:
    """The news of an uplink, in order."""

    def __init__(self) -> None:
        self.queue: Queue[News] = Queue()

    def link(self) -> LinkChanged:
        """Return the next news, which must be a change of the link."""
        news = self.queue.get(timeout=PATIENCE_S)
        assert isinstance(news, LinkChanged), news
        return news

    def answered(self) -> Answered:
        """Return the next answer to a scan of ours."""
        while True:
            news = self.queue.get(timeout=PATIENCE_S)
            if isinstance(news, Answered):
                return news


def first_unsent(journal: Journal) -> Kept | None:
    """Return the first event that the server does not have."""
    packets = journal.unsent(1)
    return packets[0].event if packets else None


def settle(journal: Journal, event: Kept, at: datetime, said: Mapping[str, object]) -> None:
    """Let the server have everything up to an event, and have answered that one."""
    journal.agree(Cursor(event.seq, event.id), Pushed(event.seq, at, {event.id: dict(said)}))


@contextmanager
def in_thread(work: Callable[[], object], stop: Callable[[], object]) -> Iterator[None]:
    """Run work in a thread, and see it end."""
    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


@dataclass
class Box:
    """All that makes a station box, in a folder of its own."""

    folder: Path
    server: StationServer
    watch: Watch
    ears: Ears = field(default_factory=Ears)
    code: str = CODE

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        """Open the journal."""
        self.folder.mkdir(exist_ok=True)
        journal = Journal(self.folder / "journal.db", STATION)
        try:
            yield journal
        finally:
            journal.close()

    def settings(self, *devices: Device) -> Settings:
        """Return its settings."""
        return Settings(self.server.address, STATION, devices, self.code, self.folder)

    def uplink(self, journal: Journal) -> Uplink:
        """Return its way to the server, which does not wait long."""
        credentials = Credentials(self.settings(), Home(self.folder))
        pauses = Pauses(0.02, 0.1)
        address = Address(self.server.address, STATION)
        return Uplink(journal, address, credentials, self.watch, pauses)

    @contextmanager
    def sending(self, journal: Journal) -> Iterator[Reports]:
        """Send what is in the journal."""
        uplink, reports = self.uplink(journal), Reports()
        with in_thread(lambda: uplink.run(reports.queue.put), uplink.stop):
            yield reports

    @contextmanager
    def listening(self, journal: Journal, *lines: Line | Device) -> Iterator[Ears]:
        """Be an agent that listens to devices; a line is that of a scanner."""
        devices = [line if isinstance(line, Device) else Device(line) for line in lines]
        uplink, stop = self.uplink(journal), Event()
        router = Router(journal, uplink, self.ears, self.watch)
        agent = Agent(router, uplink, devices)
        with in_thread(lambda: agent.run(stop), stop.set):
            yield self.ears
