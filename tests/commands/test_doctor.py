"""`floorline doctor`, for a station box and for a server, beside a Floorline that is served."""

import json
import logging
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from redis import Redis, RedisError

from hardware.virtual import VirtualScanner
from kiosk.credentials import enrol
from kiosk.home import Home
from server.commands import main
from server.commands.checkup.plant import check_fonts
from server.commands.opened import opened_plant
from server.config import Config
from server.domain.names import StationName, WorkCenterName
from server.domain.plant import WorkCenter
from server.services import stations
from server.services.rights import CONSOLE
from server.services.setup import keep_work_center
from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

STATION = "LATHE-2"
REDIS = "redis://127.0.0.1:6379/0"

Found = dict[str, dict[str, Any]]


def doctor(*options: str) -> Result:
    """Run the doctor as somebody at a terminal of 80 columns does."""
    environment = {"COLUMNS": "80", "http_proxy": None, "HTTP_PROXY": None}
    return CliRunner().invoke(main, ["doctor", *options], env=environment, prog_name="floorline")


def examined(*options: str) -> Found:
    """Return what the doctor tells a machine, by what it is about."""
    result = doctor(*options, "--json")
    told = json.loads(result.stdout)
    found: Found = {check["about"]: check for check in told["checks"]}
    is_wrong = any(check["state"] == "wrong" for check in told["checks"])
    assert told["ok"] is not is_wrong
    assert result.exit_code == is_wrong, result.output
    assert all(check["advice"] for check in told["checks"] if check["state"] != "ok")
    return found


def states(found: Found) -> set[tuple[str, str]]:
    return {(about, check["state"]) for about, check in found.items()}


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """Return the folder of a plant with one station."""
    data = tmp_path / "plant"
    with opened_plant(Config(data=data)) as opened:
        keep_work_center(opened, CONSOLE, WorkCenter(WorkCenterName(STATION)))
        stations.add_station(opened, CONSOLE, STATION, WorkCenterName(STATION))
    return data


@pytest.fixture
def served(plant: Path) -> Iterator[Served]:
    serving = Served(plant).start()
    yield serving
    serving.kill()


@pytest.fixture
def box(tmp_path: Path, plant: Path, served: Served) -> Path:
    """Return the folder of a box that is the station."""
    with opened_plant(Config(data=plant)) as opened:
        code = stations.enrolment_code(opened, CONSOLE, StationName(STATION)).code
    with Home(tmp_path / "box") as home:
        home.keep_token(enrol(served.address, STATION, code))
    return tmp_path / "box"


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[VirtualScanner]:
    with VirtualScanner(tmp_path / "usb-Scanner", baud=115200) as plugged:
        yield plugged


def test_a_station_box_is_looked_at_from_scanner_to_server(
    served: Served, box: Path, scanner: VirtualScanner
) -> None:
    options = ["--server", f"{served.address}/", "--name", STATION, "--data", str(box)]

    found = examined(*options, "--scanner", str(scanner.link))

    assert states(found) >= {
        (f"scanner {scanner.link}", "ok"),
        ("name of the server", "ok"),
        ("connection", "ok"),
        (f"enrolment as {STATION}", "ok"),
        ("clock against the server's", "ok"),
        ("agent", "look"),
        ("journal", "ok"),
    }
    assert {"user", "ModemManager", "brltty", "USB power saving", "20 small commits"} <= set(found)
    assert found["Floorline"]["state"] != "wrong"


def test_looking_at_a_box_leaves_no_trace_at_the_server(served: Served, box: Path) -> None:
    before = served.said()

    examined("--server", served.address, "--name", STATION, "--data", str(box))

    assert served.said() == before


def test_a_revoked_box_needs_a_new_code(served: Served, plant: Path, box: Path) -> None:
    with opened_plant(Config(data=plant)) as opened:
        stations.revoke(opened, CONSOLE, StationName(STATION))

    found = examined("--server", served.address, "--name", STATION, "--data", str(box))

    assert found[f"enrolment as {STATION}"]["state"] == "wrong"
    assert "one-time code" in found[f"enrolment as {STATION}"]["advice"]


def test_a_station_that_the_server_does_not_know_is_wrong(served: Served, box: Path) -> None:
    found = examined("--server", served.address, "--name", "MILL-9", "--data", str(box))

    assert found["enrolment as MILL-9"]["state"] == "wrong"
    assert "knows no station" in found["enrolment as MILL-9"]["found"]


def test_without_a_name_the_folder_is_left_alone(served: Served) -> None:
    found = examined("--server", served.address)

    assert "agent" not in found
    assert found["connection"]["state"] == "ok"


def test_a_scan_is_read_back_and_the_asking_keeps_out_of_the_json(
    scanner: VirtualScanner,
) -> None:
    options = ["--server", "http://127.0.0.1:1", "--scanner", str(scanner.link), "--test", "--json"]
    command = [sys.executable, "-m", "server.cli", "doctor", *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stderr
        assert "Scan anything" in process.stderr.readline()
        scanner.type("WO-1042")
        told, _ = process.communicate()

    found = {check["about"]: check["found"] for check in json.loads(told)["checks"]}
    assert process.returncode == 1
    assert found[f"test of {scanner.link}"] == (
        "'WO-1042', bytes 57 4f 2d 31 30 34 32 0d, ended by CR"
    )


def test_the_text_fits_a_terminal_and_says_what_to_do() -> None:
    result = doctor("--server", "http://127.0.0.1:1", "--scanner", "usb:05f9:4204")

    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("  WRONG  scanner usb:05f9:4204: ") for line in lines)
    assert any(line.lstrip().startswith("-> Plug it in") for line in lines)
    assert lines[-1].endswith(" ok.")


def test_what_is_about_a_box_needs_its_server() -> None:
    result = doctor("--name", STATION)

    assert result.exit_code == 2
    assert "--server" in result.stderr


def test_the_doctor_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    doctor("--data", str(tmp_path))

    assert logging.getLogger("server").isEnabledFor(logging.ERROR)


def test_a_server_that_could_start_is_well(plant: Path, free_port: int) -> None:
    found = examined("--data", str(plant), "--port", str(free_port))

    assert states(found) >= {
        ("settings", "ok"),
        ("database", "ok"),
        ("tables of the database", "ok"),
        ("fonts", "ok"),
        ("a page of paper", "ok"),
        ("a symbol read back", "ok"),
        (f"port {free_port} on 127.0.0.1", "ok"),
        ("message queue", "ok"),
    }
    assert "clock synchronised" in found


def test_a_server_that_runs_is_asked_how_it_is(plant: Path, served: Served) -> None:
    found = examined("--data", str(plant), "--port", str(served.port))

    port = found[f"port {served.port} on 127.0.0.1"]
    # It was started without its paper worker.
    assert port["state"] == "look"
    assert port["found"].endswith("but is not ready: paper")
    assert "python" in port["found"]


def hang_up(listener: socket.socket) -> None:
    """Answer nothing to whoever calls."""
    caller, _ = listener.accept()
    caller.close()


def test_a_port_of_somebody_else_is_wrong(plant: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        answering = Thread(target=hang_up, args=(listener,))
        answering.start()
        found = examined("--data", str(plant), "--port", str(port))
        answering.join()

    assert found[f"port {port} on 127.0.0.1"]["state"] == "wrong"


def test_wrong_settings_are_all_told_and_the_clock_is_still_looked_at(tmp_path: Path) -> None:
    result = doctor("--data", str(tmp_path), "--port", "70000", "--time-zone", "Mars", "--json")

    told = json.loads(result.stdout)
    settings = [one["found"] for one in told["checks"] if one["about"] == "setting"]
    assert result.exit_code == 1
    assert len(settings) == 2
    assert any(one["area"] == "Clock" for one in told["checks"])


def test_looking_at_a_plant_that_is_not_there_makes_none(tmp_path: Path, free_port: int) -> None:
    data = tmp_path / "plant"

    found = examined("--data", str(data), "--port", str(free_port))

    assert found["database"]["state"] == "look"
    assert not data.exists()


def revised(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path / "floorline.db")) as connection:
        connection.execute(sql)
        connection.commit()


@pytest.mark.parametrize(
    ("sql", "state"),
    [
        ("update alembic_version set version_num = 'tomorrow'", "wrong"),
        ("update alembic_version set version_num = '0001'", "look"),
        ("drop table alembic_version", "look"),
    ],
)
def test_tables_of_another_version_are_told(
    plant: Path, free_port: int, sql: str, state: str
) -> None:
    revised(plant, sql)

    found = examined("--data", str(plant), "--port", str(free_port))

    assert found["tables of the database"]["state"] == state


def test_a_damaged_database_is_wrong(plant: Path, free_port: int) -> None:
    with (plant / "floorline.db").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 20))

    found = examined("--data", str(plant), "--port", str(free_port))

    assert found["database"]["state"] == "wrong"
    assert "backup" in found["database"]["advice"]


def test_a_database_server_is_asked(postgresql_tables: str, tmp_path: Path) -> None:
    found = examined("--data", str(tmp_path), "--database", postgresql_tables, "--port", "0")

    assert found["database"]["state"] == "ok"
    assert found["tables of the database"]["state"] == "ok"
    # The database of the tests is told not to wait for the disk.
    assert found["database setting synchronous_commit"]["state"] == "look"


def test_a_database_server_without_tables_is_told(postgresql_url: str, tmp_path: Path) -> None:
    name = f"floorline_doctor_{os.getpid()}"
    with closing(psycopg.connect(postgresql_url, autocommit=True)) as admin:
        admin.execute(f"create database {name}")
        url = f"{postgresql_url.rpartition('/')[0]}/{name}"
        try:
            found = examined("--data", str(tmp_path), "--database", url, "--port", "0")
        finally:
            admin.execute(f"drop database {name} with (force)")

    assert found["tables of the database"]["state"] == "look"


def test_a_database_server_that_is_away_is_wrong(tmp_path: Path) -> None:
    url = "postgresql://somebody:secret@127.0.0.1:1/plant"

    found = examined("--data", str(tmp_path), "--database", url, "--port", "0")

    assert found["database"]["state"] == "wrong"
    assert "secret" not in json.dumps(found)


def test_a_message_queue_is_asked(plant: Path) -> None:
    try:
        with Redis.from_url(REDIS) as queue:
            queue.ping()
    except RedisError:
        pytest.skip("no Redis answers on 127.0.0.1:6379")

    found = examined("--data", str(plant), "--message-queue", REDIS, "--port", "0")

    assert found["message queue"]["state"] == "ok"


def test_a_message_queue_that_is_away_is_wrong(plant: Path) -> None:
    queue = "redis://:secret@127.0.0.1:1/0"

    found = examined("--data", str(plant), "--message-queue", queue, "--port", "0")

    assert found["message queue"]["state"] == "wrong"
    assert "secret" not in json.dumps(found)


def test_a_broken_template_of_the_plant_is_told(plant: Path) -> None:
    own = plant / "templates" / "paper"
    own.mkdir(parents=True)
    (own / "badges.html").write_text("{% if %}")

    found = examined("--data", str(plant), "--port", "0")

    assert found["a page of paper"]["state"] == "look"
    assert "badges.html" in found["a page of paper"]["found"]


def test_without_fonts_paper_has_no_letters(tmp_path: Path) -> None:
    (finding,) = check_fonts((tmp_path,))

    assert finding.state == "wrong"


@pytest.fixture
def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
