"""The real `floorline station` beside the real `floorline serve`: killed, unplugged, revoked."""

import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
import socketio

from hardware.virtual import VirtualScanner
from kiosk.credentials import enrol
from server.commands.opened import opened_plant
from server.config import Config
from server.domain.names import StationName, WorkCenterName
from server.domain.plant import WorkCenter
from server.services import stations
from server.services.rights import CONSOLE
from server.services.setup import keep_work_center
from tests.kiosk.box import STATION
from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PATIENCE_S = 30.0


class StationProcess:
    """A `floorline station` process, and what it says."""

    def __init__(self, *options: str) -> None:
        self._command = [sys.executable, "-m", "server.cli", "station", *options]
        self._process: subprocess.Popen[bytes] | None = None
        self._said = ""

    def start(self, *more: str) -> None:
        """Start, and return once it listens to its scanner."""
        self._said = ""
        self._process = subprocess.Popen(
            [*self._command, *more],
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        # A scanner that has just come up is flushed; the line is logged after that.
        self.hears("scanner there")

    def start_in_vain(self, *more: str) -> str:
        """Return what it says when it cannot start."""
        done = subprocess.run(
            [*self._command, *more], capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        assert done.returncode == 1
        return done.stderr

    def hears(self, pattern: str) -> None:
        """Wait until a new line says something; lines are passed over once."""
        assert self._process is not None
        assert self._process.stdout is not None
        until = time.monotonic() + PATIENCE_S
        while not (found := re.search(rf".*{pattern}.*\n", self._said)):
            assert time.monotonic() < until, self._said
            if select.select([self._process.stdout], [], [], 0.5)[0]:
                self._said += os.read(self._process.stdout.fileno(), 65536).decode()
        self._said = self._said[found.end() :]

    def end(self, number: signal.Signals) -> int:
        """End it, politely or not; return its exit status."""
        assert self._process is not None
        self._process.send_signal(number)
        self._process.communicate(timeout=PATIENCE_S)
        return self._process.returncode

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None


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
    if serving.is_running:
        serving.kill()


def a_code(plant: Path) -> str:
    with opened_plant(Config(data=plant)) as opened:
        return stations.enrolment_code(opened, CONSOLE, StationName(STATION)).code


@pytest.fixture
def station(tmp_path: Path, served: Served, scanner: VirtualScanner) -> Iterator[StationProcess]:
    """Return a station that is not started yet."""
    process = StationProcess(
        *("--server", served.address, "--name", STATION, "--scanner", str(scanner.link)),
        *("--baud", "115200", "--data", str(tmp_path / "box")),
    )
    yield process
    if process.is_running:
        process.end(signal.SIGKILL)


def scans(plant: Path) -> list[str]:
    """Return the texts of the scans that the server has kept, in its order."""
    with closing(sqlite3.connect(f"file:{plant}/floorline.db?mode=ro", uri=True)) as db:
        rows = db.execute(
            "select json_extract(body, '$.text') from journal where kind = ? order by rev",
            ("ScanRefused",),
        )
        return [row[0] for row in rows]


def test_scans_reach_the_server_and_the_page_beside_the_scanner_before_and_after_an_unplug(
    plant: Path, served: Served, station: StationProcess, scanner: VirtualScanner
) -> None:
    token = enrol(served.address, STATION, a_code(plant))
    shown: Queue[dict[str, object]] = Queue()
    with a_page(served.address, token) as page:
        page.on("answer", shown.put, namespace="/station")
        station.start("--code", a_code(plant))
        station.hears("server there")

        scanner.type("NOT-OURS")

        station.hears("NOT TAKEN +NOT-OURS +unknown code")
        assert shown.get(timeout=PATIENCE_S)["code"] == "unknown-code"
        assert page.connected
    scanner.unplug()
    station.hears("scanner gone")
    scanner.open()
    station.hears("scanner there")
    scanner.type("AFTER")
    station.hears("NOT TAKEN +AFTER")
    assert scans(plant) == ["NOT-OURS", "AFTER"]
    assert station.end(signal.SIGTERM) == 0


def test_a_station_killed_between_commit_and_sending_sends_once(
    plant: Path, served: Served, station: StationProcess, scanner: VirtualScanner
) -> None:
    station.start("--code", a_code(plant))
    station.hears("server there")
    served.kill()
    station.hears("server away")
    for text in ("ONE", "TWO"):
        scanner.type(text)
        station.hears(f"KEPT +{text}")

    station.end(signal.SIGKILL)
    served.start()
    station.start()
    station.hears("NOT TAKEN +TWO")

    assert scans(plant) == ["ONE", "TWO"]


def test_no_scan_is_lost_or_doubled_when_both_are_killed_again_and_again(
    plant: Path, served: Served, station: StationProcess, scanner: VirtualScanner
) -> None:
    station.start("--code", a_code(plant))
    station.hears("server there")
    typed = []
    for turn in range(2):
        for at in range(3):
            typed.append(f"SCAN-{turn}-{at}")
            scanner.type(typed[-1])
            if at == turn:
                served.kill()
        # Told is kept: whatever else happens, these scans are in the journal.
        station.hears(f"(NOT TAKEN|KEPT) +SCAN-{turn}-2")
        station.end(signal.SIGKILL)
        served.start()
        station.start()
        station.hears("server there")
    scanner.type("LAST")
    station.hears("NOT TAKEN +LAST")

    assert scans(plant) == [*typed, "LAST"]


def test_a_revoked_station_says_what_to_do_and_sends_after_it(
    plant: Path, served: Served, station: StationProcess, scanner: VirtualScanner
) -> None:
    station.start("--code", a_code(plant))
    station.hears("server there")

    with opened_plant(Config(data=plant)) as opened:
        stations.revoke(opened, CONSOLE, StationName(STATION))
    served.stop()
    served.start()
    station.hears("start the agent again with --code")
    scanner.type("ONE")
    station.hears("KEPT +ONE")
    station.end(signal.SIGTERM)
    station.start("--code", a_code(plant))
    station.hears("NOT TAKEN +ONE +unknown code")

    assert scans(plant) == ["ONE"]


def test_a_wrong_code_is_told_at_once(served: Served, station: StationProcess) -> None:
    told = station.start_in_vain("--code", "WRONG234")

    assert told.startswith("Error: LATHE-2 was not enrolled: ")
    assert served.is_running


@contextmanager
def a_page(address: str, token: str) -> Iterator[Any]:
    """Connect as the station's page does."""
    page = socketio.Client(reconnection=False, handle_sigint=False)
    page.connect(
        address,
        auth={"station": STATION, "token": token},
        transports=["websocket"],
        namespaces=["/station"],
        wait_timeout=PATIENCE_S,
    )
    yield page
    page.disconnect()
