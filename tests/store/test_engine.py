"""Opening a database: what is asked of it, and what is refused."""

from pathlib import Path

import pytest

from server.store import open_store
from server.store.engine import UnsuitableDatabase, database_url, open_engine


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///plant.sqlite", "sqlite"),
        ("postgres://host/plant", "postgresql+psycopg"),
        ("postgresql://user@host:5433/plant", "postgresql+psycopg"),
        ("postgresql+psycopg://host/plant", "postgresql+psycopg"),
    ],
)
def test_a_url_gets_its_driver(url: str, driver: str) -> None:
    assert database_url(url).drivername == driver


@pytest.mark.parametrize("url", ["mysql://host/plant", "postgresql+asyncpg://host/plant"])
def test_a_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(UnsuitableDatabase, match="use sqlite:///FILE or postgresql://"):
        open_store(url)


def test_every_connection_to_a_file_is_durable_and_keeps_its_references(tmp_path: Path) -> None:
    engine = open_engine(database_url(f"sqlite:///{tmp_path / 'plant.sqlite'}"), 2)

    with engine.connect() as one, engine.connect() as other:
        found = [
            [
                connection.exec_driver_sql(f"pragma {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
            for connection in (one, other)
        ]

    engine.dispose()
    assert found == [["wal", 2, 1, 10_000]] * 2


def test_a_database_that_cannot_be_durable_is_refused() -> None:
    with pytest.raises(UnsuitableDatabase, match="journal_mode is memory, not wal"):
        open_store("sqlite://")
