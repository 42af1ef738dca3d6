"""A real server process on a database that is named by its URL: SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from server.domain.events import OrderPlanned, OrderReleased
from server.domain.names import StationName
from server.services import stations
from server.services.rights import CONSOLE
from server.store import open_store
from tests.served import Served
from tests.web.serving import Station
from tests.web.visiting import new_id
from tests.workshop import ANNA, LATHE, MILL, Around, a_plant, plan, record

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture(params=["sqlite_url", "empty_postgresql_url"])
def database(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database of each kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def tokens(database: str) -> dict[str, str]:
    """Set up a plant with one released order; return the tokens of its stations' devices."""
    with closing(open_store(database)) as store:
        plant = a_plant(Around(store))
        wanted = plan("WO1")
        record(plant, OrderPlanned(wanted), OrderReleased(wanted.number))
        codes = {name: stations.enrolment_code(plant, CONSOLE, name).code for name in NAMES}
        return {name: stations.enrol(plant, name, code) for name, code in codes.items()}


NAMES = (StationName(LATHE), StationName(MILL))


@pytest.fixture
def served(tmp_path: Path, database: str) -> Iterator[Served]:
    """Return a server that keeps its state in that database."""
    served = Served(tmp_path / "plant", database=database)
    yield served
    if served.is_running:
        served.stop()


def rows(station: Station) -> list[tuple[Any, ...]]:
    """Return what a station lists: operation, state, arrived and good pieces."""
    listed = station.ask("snapshot", {})["rows"]
    return [(row["operation"], row["state"], row["arrived"]) for row in listed]


def test_what_the_floor_reported_is_there_after_a_restart(
    served: Served, tokens: dict[str, str], database: str
) -> None:
    served.start()
    lathe = Station(served.address, LATHE, tokens[LATHE], {"comes_back": False})
    lathe.ask("scan", {"id": new_id(), "text": f"1H{ANNA}"})
    started = lathe.ask("scan", {"id": new_id(), "text": "3WWO1+010"})
    some = {"id": new_id(), "operation": "WO1/010", "verb": "quantity", "good": 4}
    reported = lathe.ask("report", some)
    before = rows(lathe)
    lathe.close()

    assert served.stop() == 0
    served.start()
    lathe = Station(served.address, LATHE, tokens[LATHE], {"comes_back": False})
    mill = Station(served.address, MILL, tokens[MILL], {"comes_back": False})
    after, next_in_line = rows(lathe), rows(mill)
    again = lathe.ask("report", some)
    for station in (lathe, mill):
        station.close()

    assert started["code"] == "started"
    assert again == reported
    assert after == before == [("WO1/010", "running", 10)]
    assert next_in_line == [("WO1/020", "ready", 4)]
    with closing(open_store(database)) as store:
        assert (
            store.read(lambda books: books.order(plan("WO1").number)).operations[0].done.good == 4
        )
    assert not (served.data / "floorline.db").exists()
