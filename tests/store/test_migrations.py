"""The tables: where they come from, and whether they are those that the code knows."""

import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from server.services.ports import StoreAway
from server.store import SqlStore, open_store
from server.store.engine import UnsuitableDatabase, database_url, open_engine
from server.store.schema import metadata


def tables(path: Path) -> dict[str, set[str]]:
    """Return what a file's tables and indexes were declared as, whatever the order of the lines."""
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("select name, sql from sqlite_master where sql is not null").fetchall()
    # A column that was added later shares a line with the one before it.
    split = {name: re.split(r"\n|, (?=\w+ [A-Z]+ )", sql) for name, sql in found}
    declared = {name: {line.strip(" \t,") for line in lines} for name, lines in split.items()}
    del declared["alembic_version"]
    return declared


def test_migrations_declare_what_the_code_knows(tmp_path: Path, empty_file: Path) -> None:
    path = tmp_path / "declared.sqlite"
    engine = open_engine(database_url(f"sqlite:///{path}"), 1)
    metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("create table alembic_version (x)")
    engine.dispose()

    assert tables(empty_file) == tables(path)


def test_every_table_is_strict(empty_file: Path) -> None:
    declared = tables(empty_file)

    assert {name for name in metadata.tables if "STRICT" not in declared[name]} == set()


def test_migrations_make_what_the_code_knows_in_postgresql(postgresql_tables: str) -> None:
    engine = open_engine(database_url(postgresql_tables), 1)

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    engine.dispose()
    assert differences == []


def test_a_store_without_its_tables_answers_and_is_not_ready(tmp_path: Path) -> None:
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'empty.sqlite'}"), 1)

    with closing(SqlStore(engine, engine)) as store:
        assert store.answers()
        assert not store.is_ready()


def test_a_store_that_does_not_answer_is_not_ready() -> None:
    engine = open_engine(database_url("postgresql://127.0.0.1:9/nobody?connect_timeout=1"), 1)

    with closing(SqlStore(engine, engine)) as store:
        assert not store.answers()
        assert not store.is_ready()


def test_opening_a_database_that_does_not_answer_says_so_without_its_password() -> None:
    with pytest.raises(StoreAway, match=r"127\.0\.0\.1:9/nobody.* does not answer") as away:
        open_store("postgresql://someone:secret@127.0.0.1:9/nobody?connect_timeout=1")

    assert "secret" not in str(away.value)


def test_a_store_of_another_version_is_not_ready_and_not_touched(
    sqlite_store: SqlStore, tmp_path: Path
) -> None:
    (path,) = tmp_path.glob("*.sqlite")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update alembic_version set version_num = 'future'")

    assert not sqlite_store.is_ready()
    with pytest.raises(UnsuitableDatabase, match="newer Floorline"):
        open_store(f"sqlite:///{path}")


def test_opening_again_changes_nothing(sqlite_store: SqlStore, tmp_path: Path) -> None:
    (path,) = tmp_path.glob("*.sqlite")
    sqlite_store.write(lambda b: b.next_serials(3))

    with closing(open_store(f"sqlite:///{path}")) as again:
        assert again.is_ready()
        assert again.write(lambda b: b.next_serials(1))[0] == ("1000004",)


def test_processes_that_start_at_once_make_the_tables_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"

    def ready(_: int) -> bool:
        with closing(open_store(url)) as store:
            return store.is_ready()

    with ThreadPoolExecutor(4) as starters:
        assert list(starters.map(ready, range(4))) == [True] * 4


def test_a_store_is_ready_as_soon_as_it_is_open(new_sqlite_store: Callable[[], SqlStore]) -> None:
    assert new_sqlite_store().is_ready()
