"""A database looked at without changing it, not even its revision."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.checkup.sqlite_file import check_file, opened_to_read
from server.services.ports import StoreAway
from server.store.engine import UnsuitableDatabase, database_url, open_engine, reached
from server.store.migrate import found, is_known, newest

_RESTORE = "Stop the server, keep a copy of the file as it is, and go back to the last backup."
_NO_FSYNC = "Set it to on in postgresql.conf: without it a power cut loses what was confirmed."


def check_database(url: str) -> Iterator[Finding]:
    """Look whether the database answers, has our tables, and is sound."""
    try:
        place = database_url(url)
        is_sqlite = place.get_backend_name() == "sqlite"
        yield from _check_sqlite(Path(place.database or "")) if is_sqlite else _check_server(place)
    except (UnsuitableDatabase, SQLAlchemyError) as unsuitable:
        said = str(unsuitable).splitlines()[0]
        yield wrong("database", said, "Correct the setting `database`.")


def _check_sqlite(path: Path) -> Iterator[Finding]:
    try:
        path.open("rb").close()
    except FileNotFoundError:
        yield look("database", f"there is no {path} yet", "The first `floorline serve` makes it.")
        return
    except OSError as problem:
        advice = "Run the doctor as the user of the server, or correct the rights of the file."
        yield wrong("database", str(problem), advice)
        return
    yield from check_file(path, "database", _RESTORE)
    with opened_to_read(path) as connection:
        engine = create_engine("sqlite://", creator=lambda: connection)
        yield from _check_revision(engine)


def _check_server(place: URL) -> Iterator[Finding]:
    name = place.render_as_string(hide_password=True)
    engine = open_engine(place, 1)
    try:
        reached(engine).close()
        with engine.connect() as connection:
            yield ok("database", f"{name} answers, version {_shown(connection, 'server_version')}")
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                if (value := _shown(connection, setting)) == "off":
                    yield look(f"database setting {setting}", value, _NO_FSYNC)
        yield from _check_revision(engine)
    except StoreAway as away:
        yield wrong("database", str(away), "Start it, or correct the setting `database`.")
    finally:
        engine.dispose()


def _shown(connection: Connection, setting: str) -> str:
    return str(connection.exec_driver_sql(f"show {setting}").scalar())


def _check_revision(engine: Engine) -> Iterator[Finding]:
    about = "tables of the database"
    try:
        with engine.connect() as connection:
            revision = found(connection)
    except SQLAlchemyError as problem:
        yield wrong(about, f"not known: {problem}".splitlines()[0], _RESTORE)
        return
    if revision == newest():
        yield ok(about, f"of this version (revision {revision})")
    elif revision is None:
        yield look(about, "none yet", "The first `floorline serve` makes them.")
    elif is_known(revision):
        found_one = f"of an older version (revision {revision})"
        yield look(about, found_one, "Make a backup: the next `floorline serve` brings them up.")
    else:
        found_one = f"of a newer Floorline (revision {revision})"
        yield wrong(about, found_one, "Update Floorline here: this version cannot use them.")
