"""A real server process: it starts, serves, stops without losing anything, and comes back."""

import os
import re
import shutil
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import socketio

from server.domain.events import OrderPlanned, OrderReleased
from server.domain.names import StationName
from server.services import stations
from server.services.ports import Plant
from server.services.rights import CONSOLE
from server.store import open_store
from tests.web.serving import STARTS_S, Process, Running, Serve, Station, eventually
from tests.web.visiting import new_id
from tests.workshop import ANNA, LATHE, MILL, Around, a_plant, plan, record

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def folder(tmp_path: Path, empty_file: Path) -> Path:
    """Return the folder of a plant that has been set up."""
    shutil.copy(empty_file, tmp_path / "floorline.db")
    with closing(open_store(f"sqlite:///{tmp_path}/floorline.db")) as store:
        a_plant(Around(store))
    return tmp_path


@pytest.fixture
def serve(folder: Path) -> Iterator[Serve]:
    """Return what starts servers on that plant."""
    serving = Serve(folder)
    yield serving
    serving.stop_all()


def as_plant(folder: Path) -> Plant:
    """Return the plant of a folder, as another process sees it."""
    store = open_store(f"sqlite:///{folder}/floorline.db")
    around = Around(store)
    return Plant(store, around.announcer, around.press, around.now)


def token(folder: Path, station: str = LATHE) -> str:
    """Return the token of a device of a station."""
    plant = as_plant(folder)
    code = stations.enrolment_code(plant, CONSOLE, StationName(station)).code
    return stations.enrol(plant, StationName(station), code)


def badge() -> dict[str, str]:
    """Return a scan of Anna's badge."""
    return {"id": new_id(), "text": f"1H{ANNA}"}


def test_a_server_serves_pages_and_stations_and_stops_cleanly(serve: Serve, folder: Path) -> None:
    running = serve()
    station = running.station(LATHE, token(folder))

    alive, page = running.get("/healthz"), running.get("/desk/sign-in")
    answer = station.ask("scan", badge())
    status = running.process.stop()

    assert alive.json() == {"alive": True}
    assert page.status_code == 200
    assert answer["code"] == "badge"
    assert status == 0
    station.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_either_signal_stops_it_with_nothing_to_say_but_that(
    serve: Serve, how: signal.Signals
) -> None:
    running = serve()

    status = running.process.stop(how)

    assert status == 0
    assert [line["event"] for line in running.process.lines] == [
        *("server listens", "server stops", "server stopped")
    ]


def test_what_was_answered_before_a_stop_is_there_after_it(serve: Serve, folder: Path) -> None:
    running = serve()
    answered: list[str] = []
    device = token(folder)

    def scan_until_cut_off(station: Station) -> None:
        while True:
            message = badge()
            try:
                station.ask("scan", message, timeout=2)
            except (socketio.exceptions.SocketIOError, socketio.exceptions.TimeoutError):
                return
            answered.append(message["id"])

    busy = [running.station(LATHE, device, comes_back=False) for _ in range(4)]
    threads = [threading.Thread(target=scan_until_cut_off, args=[one]) for one in busy]
    for thread in threads:
        thread.start()
    eventually(lambda: len(answered) > 40)
    status = running.process.stop()
    for station in busy:
        station.close()
    for thread in threads:
        thread.join()

    entries = as_plant(folder).store.read(lambda books: books.entries(0, 100_000))
    assert status == 0
    assert set(answered) <= {entry.id for entry in entries}


def test_a_station_comes_back_after_a_restart_and_repeats_what_it_does_not_know(
    serve: Serve, folder: Path
) -> None:
    first = serve()
    station = first.station(LATHE, token(folder))
    message = badge()
    before = station.ask("scan", message)
    first.process.stop()

    serve("--port", first.port)
    eventually(lambda: station.connections == 2)
    again = station.ask("scan", message)

    assert again == before
    assert station.ask("snapshot", {})["station"] == LATHE
    station.close()


def test_changes_of_another_process_reach_the_screens(serve: Serve, folder: Path) -> None:
    running = serve()
    station = running.station(LATHE, token(folder))
    eventually(lambda: station.ask("snapshot", {})["rows"] == [])

    wanted = plan("WO1")
    record(as_plant(folder), OrderPlanned(wanted), OrderReleased(wanted.number))
    running.process.wait_for("server found changes of another process", within_s=20)
    eventually(lambda: station.connections == 2)

    rows = station.ask("snapshot", {})["rows"]
    assert [row["operation"] for row in rows] == ["WO1/010"]
    station.close()


def test_polling_works_where_websockets_do_not(serve: Serve, folder: Path) -> None:
    running = serve()

    station = running.station(LATHE, token(folder), transports=["polling"])

    assert station.ask("scan", badge())["code"] == "badge"
    station.close()


def test_a_page_of_another_origin_cannot_connect(serve: Serve) -> None:
    running = serve("--allowed-origins", "https://andon.example")
    origins = ["http://evil.example", running.address, "https://andon.example", "null"]

    answers = [
        requests.get(
            f"{running.address}/socket.io/?EIO=4&transport=polling",
            headers={"Origin": origin},
            timeout=20,
        )
        for origin in origins
    ]

    assert [answer.status_code for answer in answers] == [400, 200, 200, 400]


def test_a_message_that_is_too_large_ends_the_connection_and_not_the_server(
    serve: Serve, folder: Path
) -> None:
    running = serve()
    device = token(folder)
    station = running.station(LATHE, device, comes_back=False)

    with pytest.raises((socketio.exceptions.SocketIOError, socketio.exceptions.TimeoutError)):
        station.ask("scan", {"id": new_id(), "text": "x" * 70_000}, timeout=2)
    station.close()
    other = running.station(LATHE, device)

    assert other.ask("scan", badge())["code"] == "badge"
    other.close()


def test_a_port_that_is_taken_is_said_in_a_sentence(folder: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        process = Process(["serve", "--data", str(folder), "--port", port])
        status = process.stop(within_s=40) if process.process.poll() else process.process.wait(40)

    assert status == 1
    eventually(lambda: process.lines)
    said = " ".join(line["event"] for line in process.lines)
    assert f"port {port}: Address already in use. Choose another" in said
    assert "Traceback" not in said


def test_starting_twenty_stations_logs_fewer_than_fifty_lines(serve: Serve, folder: Path) -> None:
    plant = as_plant(folder)
    names = [f"S-{at}" for at in range(20)]
    for name in names:
        stations.add_station(plant, CONSOLE, name, MILL)
    running = serve()

    connected = [running.station(name, token(folder, name)) for name in names]
    for station in connected:
        station.ask("snapshot", {})
        station.close()
    running.process.stop()

    assert len(running.process.lines) < 50


def test_the_paper_worker_comes_and_goes_with_the_server(serve: Serve, folder: Path) -> None:
    running = serve("--paper-worker")

    eventually(lambda: running.get("/readyz").status_code == 200, within_s=60)
    status = running.process.stop(within_s=20)

    assert status == 0
    assert "paper worker ended" in [line["event"] for line in running.process.lines]
    assert folder.is_dir()


def test_a_server_without_its_paper_worker_is_not_ready_until_there_is_another(
    serve: Serve,
) -> None:
    running = serve("--paper-worker")
    eventually(lambda: running.get("/readyz").status_code == 200, within_s=60)

    os.kill(paper_worker_of(running), signal.SIGKILL)

    eventually(lambda: running.get("/readyz").status_code == 503)
    assert running.get("/readyz").json() == {
        "ready": False,
        "database": True,
        "migrations": True,
        "paper": False,
    }
    eventually(lambda: running.get("/readyz").status_code == 200, within_s=60)
    assert "paper worker died" in " ".join(line["event"] for line in running.process.lines)


def paper_worker_of(running: Running) -> int:
    """Return the process id of the paper worker that a server has started."""
    server = running.process.process.pid
    children = [
        int(child)
        for task in Path(f"/proc/{server}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    (worker,) = (
        child
        for child in children
        if b"paper-worker" in Path(f"/proc/{child}/cmdline").read_bytes()
    )
    return worker


def test_the_first_account_is_for_whoever_reads_the_log_of_a_server_that_others_reach(
    serve: Serve,
) -> None:
    running = serve("--host", "0.0.0.0")  # noqa: S104 - this is what it is about
    said = running.process.wait_for("no account yet, set-up needs a code")
    port = urlsplit(running.address).port
    with requests.Session() as stranger:
        stranger.headers["X-Forwarded-For"] = "192.0.2.7"
        address = f"http://127.0.0.1:{port}/desk/first-account"
        token = re.search(r'name="csrf_token" value="([^"]+)"', stranger.get(address).text)
        assert token
        form = {"csrf_token": token[1], "name": "ada", "password": "a long enough phrase"}

        guessed = stranger.post(address, form | {"code": "AAAA2222"}, timeout=20)
        entered = stranger.post(address, form | {"code": said["code"]}, timeout=20)

    assert guessed.status_code == 403
    assert (entered.status_code, urlsplit(entered.url).path) == (200, "/desk/")


def test_a_real_plant_is_never_served_as_a_demo(folder: Path) -> None:
    process = Process(["demo", "--data", str(folder), "--port", "0", "--fresh"])

    status = process.process.wait(STARTS_S)
    eventually(lambda: process.lines)

    assert status == 1
    assert "holds a plant that is no demo" in process.lines[-1]["event"]
    assert (folder / "floorline.db").exists()


def test_the_demo_starts_on_an_empty_folder(serve: Serve) -> None:
    (serve.folder / "floorline.db").unlink()
    running = serve(command="demo")

    page = running.get("/station/LATHE-2")
    enrolled = requests.post(
        f"{running.address}/station/LATHE-2/enrol", json={"code": "DEMO2345"}, timeout=20
    )

    assert "Demo plant" in page.text
    assert enrolled.json() == {"ok": True}


def test_the_demo_is_told_from_a_real_plant_wherever_its_database_lies(
    serve: Serve, tmp_path: Path
) -> None:
    elsewhere = f"sqlite:///{tmp_path}/elsewhere.db"
    serve("--database", elsewhere, command="demo").process.stop()
    (serve.folder / "this-is-a-demo").unlink()

    demo, real = serve("--database", elsewhere), serve()

    warned = demo.process.wait_for(
        "this is the demo, whose passwords everybody knows;"
        " a real plant needs a database of its own"
    )
    assert warned["level"] == "warning"
    for path in ("/desk/sign-in", "/station/LATHE-2", "/desk/nowhere"):
        assert "Demo plant" in demo.get(path).text, path
        assert "Demo plant" not in real.get(path).text, path
    assert not any("demo" in line["event"] for line in real.process.lines)
