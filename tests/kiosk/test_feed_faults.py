"""Whatever breaks, and in whatever order: what any box holds is on the server once, in its order.

Boxes with real journals send to a real store. Messages are lost, doubled and delivered much later;
boxes are killed, their disks lost, cloned and restored; the server is restored from backups; old
events are pruned. A schedule is drawn from its seed, so that a failure can be repeated. More of
them run with TEST_FLOORLINE_SCHEDULES=1000.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import Settings
from kiosk.credentials import Credentials
from kiosk.errors import ServerAway
from kiosk.events import Scan
from kiosk.home import Home
from kiosk.journal import KEPT_FOR, Journal
from kiosk.uplink import Uplink
from kiosk.wire import Address
from server.domain.names import StationName
from server.services.ports import Plant
from server.store import open_store
from server.web.checked import checked
from server.web.codec import Json
from server.web.feed_messages import HELLO, PUSH, Pushed
from server.web.station_host import Reasons, ServerStationHost
from tests.contracts.test_station_host import NoDesk
from tests.workshop import ANNA, BENCH, LATHE, MILL, NOON, Around, IdlePress, Listener, a_plant

SCHEDULES = int(os.environ.get("TEST_FLOORLINE_SCHEDULES", "30"))
STEPS = 100
STATIONS = [StationName(name) for name in (LATHE, MILL, BENCH)]
MEMORY = Path("/dev/shm")  # noqa: S108 - a power cut is no part of this, and a disk takes minutes.

Payload = Mapping[str, object]


@dataclass
class Clock:
    """The clock of the whole plant."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


class Server:
    """A server on a SQLite file that can be taken back to an earlier copy of it."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock
        self._path = folder / "plant.sqlite"
        self._backups: list[Path] = []
        self._store = open_store(f"sqlite:///{self._path}")
        a_plant(Around(store=self._store, now=clock))
        self.back_up()

    def answer(self, station: StationName, message: str, payload: Payload) -> Any:
        """Return the acknowledgement of a message, as it comes over a wire."""
        plant = Plant(self._store, Listener(), IdlePress(), self._clock)
        host = ServerStationHost(plant, NoDesk(), Reasons((), (), ()))
        if message == "hello":
            done = Pushed(host.cursor(station, checked(HELLO, payload).epoch), (), ())
        else:
            done = host.push(station, checked(PUSH, payload))
        at = done.cursor
        said = {"have": at.have, "have_id": at.have_id, "answers": done.answers}
        return Json.loads(Json.dumps(said))

    def back_up(self) -> None:
        """Keep a copy of the database."""
        self._store.close()
        self._backups.append(self._folder / f"backup-{len(self._backups)}.sqlite")
        shutil.copy(self._path, self._backups[-1])
        self._store = open_store(f"sqlite:///{self._path}")

    def restore(self, chance: random.Random) -> None:
        """Go back to one of the copies."""
        self._store.close()
        shutil.copy(chance.choice(self._backups), self._path)
        self._store = open_store(f"sqlite:///{self._path}")

    def ids(self) -> list[str]:
        """Return the ids of every fact in the journal, in its order."""
        entries = self._store.read(lambda books: books.entries(0, 1_000_000))
        return [entry.id for entry in entries if entry.id]

    def close(self) -> None:
        self._store.close()


@dataclass
class Air:
    """The network: it loses, doubles and delays, and counts what it has done."""

    server: Server
    chance: random.Random
    is_bad: bool = True
    late: list[tuple[StationName, str, Payload]] = field(default_factory=list)

    def carry(self, station: StationName, message: str, payload: Payload) -> Any:
        """Return the acknowledgement of a message; raise ServerAway when it is not to be had."""
        fate = self.chance.random() if self.is_bad else 1.0
        if fate < 0.15:
            raise ServerAway("the request was lost")
        if fate < 0.25:
            self.late.append((station, message, payload))
            raise ServerAway("the request will arrive much later")
        answer = self.server.answer(station, message, payload)
        if fate < 0.4:
            raise ServerAway("the answer was lost")
        return self.server.answer(station, message, payload) if fate < 0.5 else answer

    def deliver(self) -> None:
        """Let something that was late arrive; nobody waits for its answer."""
        if self.late:
            at = self.chance.randrange(len(self.late))
            self.server.answer(*self.late.pop(at))


@dataclass
class Wire:
    """What one box says through the air."""

    air: Air
    station: StationName

    def ask(self, message: str, payload: Payload) -> object:
        return self.air.carry(self.station, message, Json.loads(Json.dumps(payload)))


class Disk:
    """A box of a station: its journal in a folder, which can be copied, lost and killed."""

    def __init__(self, folder: Path, station: StationName, clock: Clock) -> None:
        self.folder, self.station, self._clock = folder, station, clock
        self._copies = 0
        folder.mkdir(exist_ok=True)
        self._begin()

    def _begin(self) -> None:
        self.journal = Journal(self.folder / "journal.db", self.station)
        settings = Settings("http://127.0.0.1", self.station, (), "", self.folder)
        credentials = Credentials(settings, Home(self.folder))
        address = Address(settings.server, self.station)
        self.uplink = Uplink(self.journal, address, credentials, self._clock)

    def scan(self) -> None:
        """Read a badge."""
        self.journal.keep(Scan(self._clock(), f"1H{ANNA}", "/dev/scanner", late=False))

    def talk(self, air: Air) -> None:
        """Connect, and send what there is until the network breaks."""
        wire = Wire(air, self.station)
        with suppress(ServerAway):
            self.uplink.greet(wire)
            while self.uplink.send_next(wire, lambda _news: None) is not None:
                pass

    def kill(self) -> None:
        """End without a word, and start again."""
        self.journal.close()
        self._begin()

    def copied(self, to: Path) -> "Disk":
        """Return another box with a copy of this disk."""
        self.journal.close()
        shutil.copytree(self.folder, to)
        self._begin()
        return Disk(to, self.station, self._clock)

    def held(self) -> list[str]:
        """Return the ids of everything that the journal holds, in its order."""
        rows = self.journal._db.query("select id from events order by seq")
        return [row["id"] for row in rows]


class Plant3:
    """Three stations, their boxes, the air and the server of one schedule."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.clock = Clock()
        self._folder = folder
        self._names = iter(range(10_000))
        self.server = Server(folder, self.clock)
        self.air = Air(self.server, self.chance)
        self.disks = [Disk(self._place(), station, self.clock) for station in STATIONS]
        self._copies: list[Path] = []
        self.pruned: set[str] = set()
        """What some box has forgotten: a copy that has it may bring it long after the rest."""

    def _place(self) -> Path:
        return self._folder / f"disk-{next(self._names)}"

    def step(self) -> None:
        """Let one thing happen."""
        self.clock.at += timedelta(seconds=self.chance.choice([1, 30, 3600]))
        happenings: list[tuple[Callable[[], None], int]] = [
            (lambda: self.one().scan(), 40),
            (lambda: self.one().talk(self.air), 30),
            (self.air.deliver, 8),
            (lambda: self.one().kill(), 6),
            (self.prune, 4),
            (self.server.back_up, 3),
            (lambda: self.server.restore(self.chance), 2),
            (self.clone, 2),
            (self.lose_a_disk, 1),
            (self.restore_a_disk, 2),
        ]
        what, weights = zip(*happenings, strict=True)
        self.chance.choices(what, weights)[0]()

    def one(self) -> Disk:
        return self.chance.choice(self.disks)

    def prune(self) -> None:
        """Let a month go by, and a box forget."""
        self.clock.at += self.chance.choice([timedelta(), KEPT_FOR])
        disk = self.one()
        before = disk.held()
        disk.journal.prune(self.clock())
        self.pruned.update(before[: len(before) - len(disk.held())])

    def clone(self) -> None:
        """Let two boxes work with the same disk."""
        self.disks.append(self.one().copied(self._place()))

    def lose_a_disk(self) -> None:
        """Put a new disk into a box."""
        at = self.chance.randrange(len(self.disks))
        self.disks[at].journal.close()
        self.disks[at] = Disk(self._place(), self.disks[at].station, self.clock)

    def restore_a_disk(self) -> None:
        """Copy a disk now, or put a copy in the place of one."""
        if self._copies and self.chance.random() < 0.5:
            place = self._place()
            shutil.copytree(self.chance.choice(self._copies), place)
            at = self.chance.randrange(len(self.disks))
            station = (place / "station").read_text()
            self.disks[at].journal.close()
            self.disks[at] = Disk(place, StationName(station), self.clock)
            return
        copy = self._place()
        original = self.one()
        original.copied(copy).journal.close()
        (copy / "station").write_text(original.station)
        self._copies.append(copy)

    def settle(self) -> None:
        """Let the network be good, and everybody talk until all is said."""
        while self.air.late:
            self.air.deliver()
        self.air.is_bad = False
        # A clone may find out only now that it is one, so all of them talk twice.
        for disk in self.disks * 2:
            disk.talk(self.air)

    def close(self) -> None:
        for disk in self.disks:
            disk.journal.close()
        self.server.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder in memory, where there is one."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_what_any_box_holds_is_on_the_server_once_and_in_its_order(folder: Path, seed: int) -> None:
    plant = Plant3(folder, seed)
    try:
        for _ in range(STEPS):
            plant.step()
        plant.settle()

        ids = plant.server.ids()
        places = {one: at for at, one in enumerate(ids)}
        assert len(places) == len(ids), "a fact counts twice"
        for disk in plant.disks:
            held = disk.held()
            assert set(held) <= places.keys(), "a fact is missing"
            order = [places[one] for one in held if one not in plant.pruned]
            assert order == sorted(order), "facts of one box are out of order"
            assert disk.journal.count_unsent() == 0
    finally:
        plant.close()
