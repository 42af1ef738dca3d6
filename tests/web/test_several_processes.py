"""Several server processes on one plant, joined by Redis: screens follow whoever they talk to."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from redis import Redis
from redis.exceptions import ConnectionError as NotYet

from server.commands import main
from server.domain.events import OrderPlanned, OrderReleased
from server.domain.names import StationName
from server.services import stations
from server.services.rights import CONSOLE
from server.store import open_store
from tests.web.serving import Running, Serve, eventually
from tests.web.visiting import new_id
from tests.workshop import ANNA, LATHE, MILL, Around, a_plant, plan, record

MUST_ANSWER = os.environ.get("TEST_FLOORLINE_REQUIRE_REDIS") == "1"
NUMBERS = range(1, 16)
"""The databases that a Redis has unless it is told otherwise, but for the one that others use."""
CLAIM = "floorline-test"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def redis_url() -> Iterator[str]:
    """Return the address of a database of Redis that belongs to this test alone."""
    for number in NUMBERS:
        with Redis(db=number, socket_timeout=10) as client:
            if is_ours(client):
                yield f"redis://127.0.0.1:6379/{number}"
                client.delete(CLAIM)
                return
    pytest.fail("other tests hold every database of Redis")


def is_ours(client: Redis) -> bool:
    """Tell whether a database was nobody's, and is ours now."""
    try:
        return bool(client.set(CLAIM, "test", nx=True, ex=300))
    except NotYet:
        if MUST_ANSWER:
            raise
        pytest.skip("no Redis answers on 127.0.0.1:6379")


@pytest.fixture
def folder(tmp_path: Path, empty_file: Path) -> Path:
    """Return the folder of a plant with one released order."""
    shutil.copy(empty_file, tmp_path / "floorline.db")
    with closing(open_store(f"sqlite:///{tmp_path}/floorline.db")) as store:
        plant = a_plant(Around(store))
        wanted = plan("WO1")
        record(plant, OrderPlanned(wanted), OrderReleased(wanted.number))
    return tmp_path


def token(folder: Path, station: str) -> str:
    """Return the token of a device of a station."""
    with closing(open_store(f"sqlite:///{folder}/floorline.db")) as store:
        around = Around(store)
        plant = type(a_plant())(store, around.announcer, around.press, around.now)
        code = stations.enrolment_code(plant, CONSOLE, StationName(station)).code
        return stations.enrol(plant, StationName(station), code)


@pytest.fixture
def serve(folder: Path) -> Iterator[Serve]:
    """Return what starts servers on that plant."""
    serving = Serve(folder)
    yield serving
    serving.stop_all()


def test_a_scan_at_one_process_reaches_the_screens_of_another(
    serve: Serve, folder: Path, redis_url: str
) -> None:
    first, second = (serve("--message-queue", redis_url) for _ in range(2))
    device = token(folder, LATHE)
    box, page = first.station(LATHE, device), second.station(LATHE, device)
    mill = second.station(MILL, token(folder, MILL))

    box.ask("scan", {"id": new_id(), "text": f"1H{ANNA}"})
    started = box.ask("scan", {"id": new_id(), "text": "3WWO1+010"})
    done = {"id": new_id(), "operation": "WO1/010", "verb": "quantity", "good": 10}
    box.ask("report", done)

    assert started["code"] == "started"
    eventually(lambda: [answer["code"] for answer in page.told("answer")][-1:] == ["completed"])
    eventually(
        lambda: (
            [row["arrived"] for row in (mill.told("delta") or [{"rows": []}])[-1]["rows"]] == [10]
        )
    )
    assert [delta["feed"] for delta in page.told("delta")] == [2, 3]
    assert found_changes(first, second) == 0
    for station in (box, page, mill):
        station.close()


def found_changes(*servers: Running) -> int:
    """Return how often servers have found changes that nobody told them."""
    lines = [line for server in servers for line in server.process.lines]
    return sum(line["event"] == "server found changes of another process" for line in lines)


def test_a_command_that_knows_no_queue_reaches_the_screens_too(
    serve: Serve, folder: Path, redis_url: str
) -> None:
    running = serve("--message-queue", redis_url)
    station = running.station(LATHE, token(folder, LATHE))

    result = CliRunner().invoke(
        main, ["work-centers", "add", "SAW", "--data", str(folder)], catch_exceptions=False
    )

    assert result.exit_code == 0, result.output
    eventually(lambda: station.connections == 2)
    assert found_changes(running) == 1
    station.close()


def test_stopping_one_process_leaves_the_screens_of_the_other_alone(
    serve: Serve, folder: Path, redis_url: str
) -> None:
    first, second = (serve("--message-queue", redis_url) for _ in range(2))
    device = token(folder, LATHE)
    mine, other = (server.station(LATHE, device, comes_back=False) for server in (first, second))

    status = first.process.stop()

    assert status == 0
    eventually(lambda: not mine.is_connected)
    assert other.ask("scan", {"id": new_id(), "text": f"1H{ANNA}"})["code"] == "badge"
    assert (other.connections, other.told("notice")) == (1, [])
    for station in (mine, other):
        station.close()


def test_a_command_reaches_the_screens_through_the_queue(
    serve: Serve, folder: Path, redis_url: str
) -> None:
    running = serve("--message-queue", redis_url)
    station = running.station(LATHE, token(folder, LATHE))
    environment = {"FLOORLINE_MESSAGE_QUEUE": redis_url}

    result = CliRunner(env=environment).invoke(
        main, ["stations", "revoke", LATHE, "--data", str(folder)]
    )

    assert result.exit_code == 0, result.output
    eventually(lambda: station.told("notice") == [{"code": "revoked", "details": {}}])
    station.close()
