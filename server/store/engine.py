"""Opening a database by its URL, with the settings that durability rests on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import URL, Engine, PoolProxiedConnection, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from server.services.ports import StoreAway
from server.store.session import Session

BUSY_S = 10
"""How long a writer waits for another process that writes to the same file."""

PRAGMAS = {
    "busy_timeout": BUSY_S * 1000,  # First: what follows may have to wait for another process.
    "journal_mode": "wal",
    "synchronous": 2,  # This is FULL.
    "foreign_keys": 1,
}
"""What every connection to a SQLite file must say."""

DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class UnsuitableDatabase(RuntimeError):
    """The database cannot keep what is written to it, or is none that the store can use."""


def database_url(url: str) -> URL:
    """Return the URL with its driver; raise UnsuitableDatabase for one of another kind."""
    asked = make_url(url)
    if asked.drivername not in DRIVERS:
        known = "sqlite:///FILE or postgresql://HOST/NAME"
        raise UnsuitableDatabase(f"{asked.drivername}: use {known}")
    return asked.set(drivername=DRIVERS[asked.drivername])


def open_engine(url: URL, connections: int) -> Engine:
    """Return an engine whose connections begin and end transactions by our own commands only."""
    is_sqlite = url.get_backend_name() == "sqlite"
    # The driver warns of some names of time zones; moments are converted in any case.
    options = {} if "options" in url.query else {"options": "-c timezone=UTC"}
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0 if connections == 1 else connections,
        pool_pre_ping=not is_sqlite,
        pool_use_lifo=True,
        connect_args={"check_same_thread": False} if is_sqlite else options,
    )
    if is_sqlite:
        event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: sqlite3.Connection, record: object) -> None:
    del record
    with closing(connection.cursor()) as cursor:
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"pragma {name} = {wanted}")
            found = cursor.execute(f"pragma {name}").fetchone()[0]
            if found != wanted:
                raise UnsuitableDatabase(f"pragma {name} is {found}, not {wanted}")


def reached(engine: Engine) -> PoolProxiedConnection:
    """Return a connection; raise StoreAway when the database does not answer."""
    try:
        return engine.raw_connection()
    except engine.dialect.loaded_dbapi.OperationalError as problem:
        where = engine.url.render_as_string(hide_password=True)
        why = str(problem).partition("\n")[0]
        raise StoreAway(f"The database {where} does not answer: {why}") from problem


@contextmanager
def session(engine: Engine, begin: str) -> Iterator[Session]:
    """Lend a session within a transaction: committed at the end, undone when anything raises."""
    with closing(reached(engine)) as connection:
        opened = Session(connection.cursor(), engine.dialect)
        opened.command(begin)
        try:
            yield opened
            opened.command("commit")
        except BaseException:
            # The driver knows whether there is anything left to undo, as after a failed commit.
            connection.rollback()
            raise


READ = {"sqlite": "begin", "postgresql": "begin isolation level repeatable read read only"}
"""Begins a transaction that sees one moment."""
WRITE = {"sqlite": "begin immediate", "postgresql": "begin"}
"""Begins a transaction that may write."""
