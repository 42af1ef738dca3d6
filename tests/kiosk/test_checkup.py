"""The doctor looks at a station box: its way to the server, its clock, its folder, its journal."""

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from hardware.checkup.findings import Finding, State, examined
from kiosk.checkup.home import agents_in, check_folder, check_journal
from kiosk.checkup.server import check_offset, check_server, check_token
from kiosk.checkup.station import Asked, station_areas
from kiosk.clock import now
from kiosk.events import Scan
from kiosk.home import Home
from kiosk.journal import Journal
from tests.fakes.station_host import StationServer
from tests.kiosk.box import STATION, Box

AScan = Callable[[str], Scan]


class Told(BaseHTTPRequestHandler):
    """Answers everything with one text."""

    text = b'{"alive": true, "version": "9.9"}'

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.text)))
        self.end_headers()
        self.wfile.write(self.text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library names it
        """Keep quiet."""


class Printer(Told):
    """Something else than Floorline, as it stands in many plants."""

    text = b"<html>Printer ready</html>"


@contextmanager
def answering(kind: type[Told]) -> Iterator[str]:
    """Have a web server answer, and lend its address."""
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("http_proxy", raising=False)
    monkeypatch.delenv("HTTP_PROXY", raising=False)


def only(findings: Iterable[Finding]) -> Finding:
    (finding,) = findings
    return finding


def by_subject(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.about: finding for finding in findings}


def test_a_name_that_nobody_knows_ends_the_way() -> None:
    finding = only(check_server("http://floor..line:8080", now))

    assert finding.state is State.WRONG
    assert "DNS" in finding.advice


def test_a_port_where_nobody_listens_ends_the_way() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    found = by_subject(check_server(f"http://127.0.0.1:{port}", now))

    assert found["name of the server"].state is State.OK
    assert found["connection"].state is State.WRONG
    assert "Floorline" not in found


def test_a_server_tells_its_version() -> None:
    with answering(Told) as address:
        found = by_subject(check_server(address, now))

    assert "its version is 9.9" in found["Floorline"].found
    assert found["Floorline"].state is not State.WRONG


def test_something_else_at_the_address_is_wrong() -> None:
    with answering(Printer) as address:
        found = by_subject(check_server(address, now))

    assert found["Floorline"].state is State.WRONG
    assert "something else answers" in found["Floorline"].found


def test_a_proxy_on_the_way_is_to_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://user:secret@proxy.plant:3128")
    monkeypatch.delenv("no_proxy", raising=False)

    found = by_subject(check_server("http://floor..line:8080", now))

    assert found["proxy"].state is State.LOOK
    assert "secret" not in found["proxy"].found


def test_a_box_without_a_token_is_to_be_enrolled(box: Box) -> None:
    assert only(check_token(box.server.address, STATION, box.folder, now)).state is State.LOOK


@pytest.mark.parametrize(
    ("wrong_by", "state"),
    [
        (timedelta(), State.OK),
        (timedelta(seconds=20), State.LOOK),
        (timedelta(days=-14), State.WRONG),
    ],
)
def test_the_clock_is_compared_with_the_servers(
    server: StationServer, wrong_by: timedelta, state: State
) -> None:
    finding = only(check_offset(server.address, lambda: now() + wrong_by))

    assert finding.state is state, finding
    assert "give or take" in finding.found


def test_without_a_server_the_clock_is_compared_with_nothing(server: StationServer) -> None:
    server.stop()

    assert only(check_offset(server.address, now)).state is State.LOOK


def test_an_agent_at_work_is_named(box: Box) -> None:
    before = only(check_folder(box.folder))
    with Home(box.folder):
        during = only(check_folder(box.folder))
        # The agent of this test is this process, which does not look at itself.
        assert agents_in(box.folder) == frozenset()
    after = only(check_folder(box.folder))

    assert [one.state for one in (before, during, after)] == [State.LOOK, State.OK, State.LOOK]


def test_looking_at_the_folder_keeps_no_agent_from_starting(box: Box) -> None:
    with Home(box.folder):
        only(check_folder(box.folder))
    only(check_folder(box.folder))

    with Home(box.folder):
        assert only(check_folder(box.folder)).state is State.OK


def test_scans_that_wait_are_counted_with_their_age(
    box: Box, journal: Journal, a_scan: AScan
) -> None:
    journal.keep(a_scan("1H4101"))
    journal.keep(a_scan("1H4102"))

    later = by_subject(check_journal(box.folder, lambda: box.watch() + timedelta(hours=2)))

    assert later["journal"].state is State.OK
    assert later["unsent scans"].found == "2, the oldest 2:00:00 ago"
    assert later["unsent scans"].state is State.LOOK


def test_scans_that_have_just_been_made_are_well(box: Box, journal: Journal, a_scan: AScan) -> None:
    journal.keep(a_scan("1H4101"))

    found = by_subject(check_journal(box.folder, box.watch))

    assert found["unsent scans"].state is State.OK


def test_before_the_first_start_there_is_no_journal(tmp_path: Path) -> None:
    assert only(check_journal(tmp_path, now)).state is State.OK


def test_a_corrupt_journal_is_told_with_what_to_save(box: Box, a_scan: AScan) -> None:
    with box.journal() as journal:
        for number in range(300):
            journal.keep(a_scan(f"1H{number}"))
    path = box.folder / "journal.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(size // 2))

    found = by_subject(check_journal(box.folder, now))

    assert found["journal"].state is State.WRONG
    assert "copy the whole folder" in found["journal"].advice


def test_all_mistakes_in_the_options_are_told_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    asked = Asked("plant", "lathe", tmp_path, ("foo://x",), seconds=1.0)

    found = [(area, one.found) for area, one in examined(station_areas(asked, pytest.fail))]

    mistakes = [said for area, said in found if area == "Settings"]
    assert [said.split()[0] for said in mistakes] == ["--server", "--name", "--scanner"]
    assert {area for area, _ in found} == {"Settings", "Scanners", "Clock", "Disk"}


def test_a_test_needs_a_scanner() -> None:
    asked = Asked("http://127.0.0.1:1", seconds=1.0)

    first, *_ = examined(station_areas(asked, pytest.fail)[:1])

    assert first[1].found == "--test needs a --scanner to be tested"


def test_the_doctor_and_the_agent_agree_on_the_usual_folder() -> None:
    assert Asked("http://plant", "LATHE-2").folder == Path.home().joinpath(
        ".local/share/floorline/stations/LATHE-2"
    )
