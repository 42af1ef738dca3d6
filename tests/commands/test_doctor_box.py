"""`floorline doctor --server`: a station box looked at, beside a Floorline that is served."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.virtual import VirtualScanner
from kiosk.credentials import enrol
from kiosk.home import Home
from server.commands.opened import opened_plant
from server.config import Config
from server.domain.names import StationName
from server.services import stations
from server.services.rights import CONSOLE
from tests.commands.doctoring import STATION, doctor, examined, states
from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


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


def kept(plant: Path) -> object:
    """Return what the server has of its stations, and how often anything was changed."""
    with opened_plant(Config(data=plant)) as opened:
        return opened.store.read(lambda books: (books.revision(), books.stations()))


def test_looking_at_a_box_leaves_no_trace_at_the_server(
    served: Served, plant: Path, box: Path
) -> None:
    before = kept(plant)

    examined("--server", served.address, "--name", STATION, "--data", str(box))

    assert kept(plant) == before


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
