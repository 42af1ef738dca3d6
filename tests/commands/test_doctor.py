"""`floorline doctor`, where a server runs or could run."""

import json
import logging
import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from redis import Redis, RedisError

from server.commands.checkup.plant import check_fonts
from tests.commands.doctoring import doctor, examined, states
from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

REDIS = "redis://127.0.0.1:6379/0"


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


def test_the_doctor_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    doctor("--data", str(tmp_path))

    assert logging.getLogger("server").isEnabledFor(logging.ERROR)
