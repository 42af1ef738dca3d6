"""Stores for tests: in memory, in a SQLite file, and in PostgreSQL where it answers."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

from server.store import SqlStore, open_store
from server.store.schema import metadata
from tests.fakes.memory_store import MemoryStore
from tests.workshop import KIND_OF_STORE, SHELF

POSTGRESQL = os.environ.get(
    "TEST_FLOORLINE_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
MUST_ANSWER = os.environ.get("TEST_FLOORLINE_REQUIRE_POSTGRESQL") == "1"

AnyStore = MemoryStore | SqlStore
NewStore = Callable[[], AnyStore]

# A busy machine makes nothing wrong: how long an example takes is no property.
settings.register_profile("floorline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("floorline")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with every table and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("store") / "empty.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Return the URL of a database of this test process alone."""
    name = f"floorline_test_{os.getpid()}"
    try:
        admin = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        reason = f"PostgreSQL does not answer: {error}"
        pytest.fail(reason) if MUST_ANSWER else pytest.skip(reason)
    with closing(admin):
        admin.execute(f"drop database if exists {name}")
        admin.execute(f"create database {name}")
        # What a test has written need not outlive a power cut.
        admin.execute(f"alter database {name} set synchronous_commit to off")
        yield POSTGRESQL.rpartition("/")[0] + "/" + name
        admin.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_url: str) -> str:
    """Return the URL of a database with every table."""
    open_store(postgresql_url).close()
    return postgresql_url


@pytest.fixture
def new_sqlite_store(empty_file: Path, tmp_path: Path) -> Iterator[Callable[[], SqlStore]]:
    """Return what makes an empty store in a SQLite file of its own."""
    numbers = count(1)
    with ExitStack() as opened:

        def new() -> SqlStore:
            path = tmp_path / f"plant-{next(numbers)}.sqlite"
            shutil.copy(empty_file, path)
            return opened.enter_context(closing(open_store(f"sqlite:///{path}")))

        yield new


EMPTY = [
    sql.SQL("delete from {}").format(sql.Identifier(one.name))
    for one in reversed(metadata.sorted_tables)
    if one.name != "plant"
]
"""Much faster than `truncate`, which makes a new file for every table and index."""


def empty(db: psycopg.Connection[Any]) -> None:
    """Remove whatever a test wrote."""
    with db.transaction():
        for command in EMPTY:
            db.execute(command)
        db.execute("select setval('print_job_id_seq', 1, false)")
        db.execute("update plant set rev = 0, last_serial = 1000000")


@pytest.fixture
def sqlite_url(empty_file: Path, tmp_path: Path) -> str:
    """Return the URL of an empty SQLite file, for another process to open."""
    path = tmp_path / "served.sqlite"
    shutil.copy(empty_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def empty_postgresql_url(postgresql_tables: str) -> str:
    """Return the URL of the emptied database of this test process, for another one to open."""
    with closing(psycopg.connect(postgresql_tables, autocommit=True)) as db:
        empty(db)
    return postgresql_tables


@pytest.fixture
def new_postgresql_store(postgresql_tables: str) -> Iterator[Callable[[], SqlStore]]:
    """Return what empties the database of this process and opens a store in it."""
    with ExitStack() as opened, closing(psycopg.connect(postgresql_tables, autocommit=True)) as db:

        def new() -> SqlStore:
            empty(db)
            return opened.enter_context(closing(open_store(postgresql_tables)))

        yield new


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest) -> NewStore:
    """Return what makes an empty store; in PostgreSQL it takes the place of the one before."""
    if request.param == "memory":
        return MemoryStore
    new: NewStore = request.getfixturevalue(f"new_{request.param}_store")
    return new


@pytest.fixture
def store(new_store: NewStore) -> AnyStore:
    """Return an empty store of each kind."""
    return new_store()


@pytest.fixture
def sqlite_store(new_sqlite_store: Callable[[], SqlStore]) -> SqlStore:
    """Return an empty store in a SQLite file."""
    return new_sqlite_store()


@pytest.fixture(autouse=True)
def chosen_store(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have the plants of a test keep their state where TEST_FLOORLINE_STORE says."""
    if KIND_OF_STORE != "memory":
        SHELF.new = request.getfixturevalue(f"new_{KIND_OF_STORE}_store")
    yield
    SHELF.new = MemoryStore
