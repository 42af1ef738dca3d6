"""What the store costs: a confirmation, a dispatch list, a release, an open."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from gevent import get_hub

from benchmarks import plant
from server.domain.events import OrderReleased, QuantityReported, SheetIssued
from server.domain.floor import before
from server.domain.names import OrderNumber
from server.domain.operations import Quantities
from server.domain.paper import DocumentKind, Sheet, traveler_fingerprint, traveler_lines
from server.domain.plant import SYSTEM, Actor
from server.services.ports import Books
from server.store import SqlStore, open_store

TITLE = "What the store costs with 10,000 open operations in an SQLite file"
HEAD = "| what | CPU, ms | wall, ms |"
SIZE = plant.Size(work_centers=50, stations=50, released=1250, planned=300)
ROUNDS = 400
THREADS = 50
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)

_ids = count(1)


def measure() -> Iterator[str]:
    """Yield the rows of the table."""
    with TemporaryDirectory() as folder:
        url = plant.build(Path(folder), SIZE)
        yield row("opening the store", *_timed(lambda: open_store(url).close(), 9))
        with closing(open_store(url, get_hub().threadpool.apply)) as store:
            yield from _confirmations(store)
            yield from _inquiries(store)
            yield from _releases(store)


def _confirmations(store: SqlStore) -> Iterator[str]:
    def confirm_one(at: int = 0) -> None:
        store.write(lambda books: _confirm(books, at % SIZE.stations))

    yield row("a confirmation, alone, durable", *_timed(confirm_one, ROUNDS))
    yield row("  of which: an empty unit of work", *_timed(lambda: store.write(_nothing), ROUNDS))
    commits = store.group.commits
    with ThreadPoolExecutor(THREADS) as pool, _clock() as took:
        list(pool.map(confirm_one, range(THREADS * 40)))
    each = THREADS * 40
    name = (
        f"a confirmation of {THREADS} at once, {store.group.commits - commits} commits for {each}"
    )
    yield row(name, took.cpu / each, took.wall / each)
    repeated = f"C{next(_ids) - 1}"
    answered = _timed(lambda: store.write(lambda books: books.answered(repeated)), ROUNDS)
    yield row("a repeated confirmation", *answered)


def _nothing(books: Books) -> None:
    del books


def _confirm(books: Books, at: int) -> None:
    """Do what a quantity report asks of the store."""
    entry_id = f"C{next(_ids)}"
    books.answered(entry_id)
    station = books.station(plant.station(at))
    operator = books.operator(plant.BADGE)
    operation = books.order(plant.running(at).order).operation(10)
    event = QuantityReported(
        operation.id, operator.badge, Quantities(1), completes=False, before=before(operation)
    )
    books.record(event, Actor(station=station.name, badge=operator.badge), NOW, entry_id)
    books.answer(entry_id, '{"verdict": "ok", "code": "reported", "number": "WO000001 / 010"}')


def _inquiries(store: SqlStore) -> Iterator[str]:
    name, order = plant.name(0), OrderNumber("WO000100")
    asked: dict[str, Callable[[], object]] = {
        "a dispatch list": lambda: store.read(lambda i: i.dispatch_list(name)),
        "the lines of it": lambda: store.read(lambda i: i.lines(name, _end_of)),
        "the loads of 50 work centers": lambda: store.read(lambda i: i.loads()),
        "an order of 8 operations": lambda: store.read(lambda i: i.order(order)),
        "300 orders that wait for release": lambda: store.read(lambda i: i.planned_orders(500)),
        "a search that finds 20 orders": lambda: store.read(lambda i: i.search_orders("wo00", 20)),
        "a search that finds none": lambda: store.read(lambda i: i.search_orders("nothing", 20)),
    }
    rows = len(store.read(lambda i: i.dispatch_list(name)).rows)
    for what, ask in asked.items():
        yield row(
            what.replace("a dispatch list", f"a dispatch list of {rows} rows"), *_timed(ask, 49)
        )


def _end_of(due: date) -> datetime:
    return datetime(due.year, due.month, due.day, 23, tzinfo=UTC)


def _releases(store: SqlStore) -> Iterator[str]:
    batches = iter([range(100), range(100, 200), range(200, 300)])

    def release() -> None:
        store.write(lambda books: _release(books, next(batches)))

    yield row("releasing 100 orders of 8 operations with a sheet each", *_timed(release, 3))


def _release(books: Books, batch: range) -> None:
    for at, serial in zip(batch, books.next_serials(len(batch)), strict=True):
        order = books.order(OrderNumber(f"PL{at:06d}"))
        books.record(OrderReleased(order.number), SYSTEM, NOW)
        sheet = Sheet(
            serial,
            DocumentKind.TRAVELER,
            traveler_fingerprint(order),
            NOW,
            "dora",
            order.number,
            lines=traveler_lines(order),
        )
        books.record(SheetIssued(sheet), SYSTEM, NOW)


def row(what: str, cpu_ms: float, wall_ms: float) -> str:
    """Return a row of the table."""
    return f"| {what} | {cpu_ms:.2f} | {wall_ms:.2f} |"


@contextmanager
def _clock() -> Iterator[SimpleNamespace]:
    """Measure milliseconds of processor and of the wall."""
    took = SimpleNamespace(cpu=0.0, wall=0.0)
    cpu, wall = time.process_time(), time.perf_counter()
    yield took
    took.cpu = 1000 * (time.process_time() - cpu)
    took.wall = 1000 * (time.perf_counter() - wall)


def _timed(act: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median milliseconds of some rounds, of processor and of the wall."""
    cpu, wall = [], []
    for _ in range(rounds):
        with _clock() as took:
            act()
        cpu.append(took.cpu)
        wall.append(took.wall)
    return median(cpu), median(wall)
