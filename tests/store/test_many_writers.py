"""Many who write at once: the revision has no gaps, and what failed left no trace."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from server.domain.events import CrewJoined, ScanRefused
from server.domain.floor import before
from server.domain.names import BadgeNumber
from server.services.ports import Books, Change
from server.store import SqlStore, open_store
from tests.builders import ANN, FLOOR, NOON, op, plan, released, set_up, start

WRITERS, UNITS = 8, 40


class GaveUpError(RuntimeError):
    """A unit of work that came to nothing."""


def scan(store: SqlStore, writer: int, at: int) -> Change | None:
    """Record up to three scans in one unit; every fifth unit gives up."""

    def work(books: Books) -> None:
        for scanned in range(1 + at % 3):
            text = f"{writer}-{at}-{scanned}"
            books.record(ScanRefused(text, "unknown-code"), FLOOR, NOON, text)
        if at % 5 == 4:
            raise GaveUpError

    try:
        return store.write(work)[1]
    except GaveUpError:
        return None


def assert_gapless(store: SqlStore, changes: list[Change]) -> None:
    """Compare what the writers were told with what the journal says."""
    entries = store.read(lambda i: i.entries(0, 10_000))
    assert [entry.rev for entry in entries] == list(range(1, len(entries) + 1))
    assert store.read(lambda i: i.revision()) == len(entries)
    told = sorted((entry for change in changes for entry in change.entries), key=lambda e: e.rev)
    assert tuple(told) == entries


def at_once(stores: list[SqlStore]) -> list[Change]:
    """Let many writers write into the same database; return what they were told."""

    def write(writer: int) -> list[Change | None]:
        store = stores[writer % len(stores)]
        return [scan(store, writer, at) for at in range(UNITS)]

    with ThreadPoolExecutor(WRITERS) as pool:
        return [change for told in pool.map(write, range(WRITERS)) for change in told if change]


@pytest.mark.timeout(60)
def test_revisions_are_gapless_whoever_writes_to_a_file(sqlite_store: SqlStore) -> None:
    changes = at_once([sqlite_store])

    assert_gapless(sqlite_store, changes)
    assert sqlite_store.group.commits < WRITERS * UNITS


@pytest.mark.timeout(60)
def test_revisions_are_gapless_when_several_processes_write_to_a_file(
    sqlite_store: SqlStore, tmp_path: Path
) -> None:
    (path,) = tmp_path.glob("*.sqlite")

    with closing(open_store(f"sqlite:///{path}")) as other:
        changes = at_once([sqlite_store, other])

    assert_gapless(sqlite_store, changes)


@pytest.mark.timeout(60)
def test_revisions_are_gapless_when_several_processes_write_to_postgresql(
    new_postgresql_store: Callable[[], SqlStore], postgresql_tables: str
) -> None:
    store = new_postgresql_store()

    with closing(open_store(postgresql_tables)) as other:
        changes = at_once([store, other])

    assert_gapless(store, changes)


def join(books: Books, badge: BadgeNumber) -> None:
    """Add one more operator to the crew of an operation."""
    stood = before(books.order(op(1).order).operation(10))
    books.record(CrewJoined(op(1), badge, stood), FLOOR, NOON)


def crew_after_all_have_joined(stores: list[SqlStore]) -> list[str]:
    """Let forty operators join an operation through several stores at once."""
    stores[0].write(set_up)
    stores[0].write(released(plan(1)))
    stores[0].write(lambda b: start(b, op(1)))

    with ThreadPoolExecutor(4) as pool:
        for at in range(40):
            pool.submit(stores[at % len(stores)].write, partial(join, badge=BadgeNumber(str(at))))

    crew = stores[-1].read(lambda i: i.order(op(1).order)).operation(10).crew
    return sorted(crew)


EVERYBODY = sorted([ANN, *map(str, range(40))])


@pytest.mark.timeout(60)
def test_two_processes_never_overwrite_each_others_reports_in_a_file(
    sqlite_store: SqlStore, tmp_path: Path
) -> None:
    (path,) = tmp_path.glob("*.sqlite")

    with closing(open_store(f"sqlite:///{path}")) as other:
        assert crew_after_all_have_joined([sqlite_store, other]) == EVERYBODY


@pytest.mark.timeout(60)
def test_two_processes_never_overwrite_each_others_reports_in_postgresql(
    new_postgresql_store: Callable[[], SqlStore], postgresql_tables: str
) -> None:
    store = new_postgresql_store()

    with closing(open_store(postgresql_tables)) as other:
        assert crew_after_all_have_joined([store, other]) == EVERYBODY
