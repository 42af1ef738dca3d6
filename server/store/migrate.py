"""Bringing the tables of a database to this version.

The next step is one more file in `migrations/versions`, in the form of the newest one there; a
step is never edited after a release. `tests/store/test_migrations.py` compares with `schema.py`.
"""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from server.store.engine import WRITE, UnsuitableDatabase

LOCK = 7_023_811
"""The number under which PostgreSQL lets only one process migrate at a time."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Return what Alembic needs to know; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", "server.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_known(revision: str | None) -> bool:
    """Tell whether tables of this revision can be brought to this version; empty ones can."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return revision in {None, *(script.revision for script in scripts.walk_revisions())}


@cache
def newest() -> str | None:
    """Return the revision of the tables that this version of the code needs."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def found(connection: Connection) -> str | None:
    """Return the revision of the tables that a database has; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision, all steps in one transaction."""
    with engine.connect() as connection:
        revision = found(connection)
        if revision == newest():
            return
        if not is_known(revision):
            raise UnsuitableDatabase(f"revision {revision} is of a newer Floorline: update")
        connection.rollback()
        connection.exec_driver_sql(WRITE[engine.dialect.name])
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(alembic_config(connection), "head")
        connection.exec_driver_sql("commit")
