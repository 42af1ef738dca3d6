"""The uplink sends every scan once and in order, however the server comes and goes."""

import gc
import json
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from hardware.scanners import Presence
from kiosk.credentials import enrol
from kiosk.errors import EnrolmentRefused, ServerAway
from kiosk.events import Link, News, Scan
from kiosk.journal import Journal
from kiosk.uplink import MOST_EVENTS
from server.domain.errors import Invalid
from server.domain.feed import Cursor
from server.domain.names import StationName
from tests.fakes.station_host import HostFails, MemoryStationHost, StationServer
from tests.kiosk.box import CODE, PATIENCE_S, STATION, Box, Reports, Watch, in_thread

MakeScan = Callable[[str], Scan]


def test_a_box_enrols_once_and_sends_what_is_in_its_journal(
    box: Box, journal: Journal, host: MemoryStationHost, a_scan: MakeScan
) -> None:
    events = [journal.keep(a_scan(text)) for text in ("one", "two")]

    with box.sending(journal) as reports:
        link = reports.link()
        answered = [reports.answered(), reports.answered()]

    assert link.link is Link.HERE
    assert [one.event for one in answered] == events
    assert [one.answer.said["id"] for one in answered] == [event.id for event in events]
    assert journal.count_unsent() == 0
    assert list(host.tokens) == [(box.folder / "token").read_text()]


def test_it_sends_a_scan_as_soon_as_it_is_told(
    box: Box, journal: Journal, host: MemoryStationHost, a_scan: MakeScan
) -> None:
    uplink = box.uplink(journal)
    told: list[News] = []
    thread = Thread(target=uplink.run, args=(told.append,))
    thread.start()
    journal.keep(a_scan("one"))
    uplink.stir()

    message = host.heard.get(timeout=10)

    uplink.stop()
    thread.join(10)
    assert message.text == "one"


def test_it_goes_on_when_the_server_is_back(
    box: Box, journal: Journal, host: MemoryStationHost, server: StationServer, a_scan: MakeScan
) -> None:
    with box.sending(journal) as reports:
        reports.link()
        server.stop()
        away = reports.link()
        for text in ("one", "two", "three"):
            journal.keep(a_scan(text))
        server.start()
        back = reports.link()
        for _ in range(3):
            reports.answered()

    assert (away.link, back.link) == (Link.AWAY, Link.HERE)
    assert host.taken == ["one", "two", "three"]


def test_it_starts_without_a_server(
    box: Box, journal: Journal, server: StationServer, a_scan: MakeScan
) -> None:
    server.stop()
    journal.keep(a_scan("one"))

    with box.sending(journal) as reports:
        away = reports.link()
        server.start()
        answered = reports.answered()

    assert away.link is Link.AWAY
    assert answered.event.scan.text == "one"


def test_a_scan_whose_answer_was_lost_is_taken_once(
    box: Box, journal: Journal, host: MemoryStationHost, server: StationServer, a_scan: MakeScan
) -> None:
    host.on_scan = server.hang_up
    event = journal.keep(a_scan("one"))

    with box.sending(journal) as reports:
        assert host.heard.get(timeout=10).id == event.id
        answered = reports.answered()

    assert host.heard.empty()
    assert answered.answer.code == "started"
    assert host.taken == ["one"]


def test_what_the_server_cannot_take_now_is_sent_again(
    box: Box, journal: Journal, host: MemoryStationHost, a_scan: MakeScan
) -> None:
    failing = iter([HostFails(), HostFails()])

    def fail_twice() -> None:
        if failure := next(failing, None):
            raise failure

    host.on_scan = fail_twice
    for text in ("one", "two"):
        journal.keep(a_scan(text))

    with box.sending(journal) as reports:
        answered = [reports.answered(), reports.answered()]

    assert [one.event.scan.text for one in answered] == ["one", "two"]
    assert host.taken == ["one", "two"]
    assert host.heard.qsize() == 4


def test_the_server_is_told_how_the_box_is(
    box: Box, journal: Journal, host: MemoryStationHost, watch: Watch
) -> None:
    uplink, reports = box.uplink(journal), Reports()
    uplink.status.note(Presence(0.0, "/dev/scanner", is_there=False))

    with in_thread(lambda: uplink.run(reports.queue.put), uplink.stop):
        reports.link()
        said = host.told.get(timeout=PATIENCE_S)

    assert said.at == watch()
    assert (said.unsent, said.oldest_at) == (0, None)
    assert [(one.name, one.listens) for one in said.devices] == [("/dev/scanner", False)]


def test_a_restored_server_gets_again_what_it_has_lost(
    box: Box, journal: Journal, host: MemoryStationHost, a_scan: MakeScan
) -> None:
    for text in ("one", "two", "three"):
        journal.keep(a_scan(text))
    with box.sending(journal) as reports:
        events = [reports.answered().event for _ in range(3)]
    host.cursors[StationName(STATION), journal.epoch] = Cursor(1, events[0].id)
    for event in events[1:]:
        del host.answers[event.id]
    host.taken[1:] = []
    journal.keep(a_scan("four"))

    with box.sending(journal) as reports:
        told = reports.answered().event.scan.text

    assert host.taken == ["one", "two", "three", "four"]
    assert told == "four", "what was told once is not told again"
    assert journal.count_unsent() == 0


def test_the_copy_of_a_disk_begins_an_epoch_of_its_own(
    box: Box, host: MemoryStationHost, a_scan: MakeScan
) -> None:
    with box.journal() as journal:
        journal.keep(a_scan("common"))
        with box.sending(journal) as reports:
            reports.answered()
    copy = replace(box, folder=box.folder.with_name("copy"))
    shutil.copytree(box.folder, copy.folder)

    for one, text in ((box, "of the original"), (copy, "of the copy")):
        with one.journal() as journal:
            journal.keep(a_scan(text))
            with one.sending(journal) as reports:
                reports.answered()

    assert host.taken == ["common", "of the original", "of the copy"]
    assert len(host.cursors) == 2


def test_a_long_backlog_goes_in_several_messages_in_order(
    box: Box, journal: Journal, host: MemoryStationHost, a_scan: MakeScan
) -> None:
    texts = [f"{at:03d}" for at in range(MOST_EVENTS)] + ["x" * 4000] * 30 + ["the end"]
    for text in texts:
        journal.keep(a_scan(text))

    with box.sending(journal) as reports:
        told = [reports.answered().event.scan.text for _ in texts]

    assert told == host.taken == texts


def test_a_server_of_another_age_is_named_and_loses_nothing(
    box: Box, journal: Journal, host: MemoryStationHost, a_scan: MakeScan
) -> None:
    journal.keep(a_scan("one"))

    def is_unknown(station: StationName, epoch: str) -> Cursor:
        raise Invalid([{"field": "message", "value": f"{station} {epoch}", "expected": "scan"}])

    host.cursor = is_unknown  # type: ignore[method-assign]

    with box.sending(journal) as reports:
        links = [reports.link(), reports.link()]

    assert (links[1].link, "update the older one" in links[1].reason) == (Link.AWAY, True)
    assert journal.count_unsent() == 1


def test_a_revoked_box_keeps_its_scans_and_says_what_to_do(
    box: Box, journal: Journal, server: StationServer, a_scan: MakeScan
) -> None:
    with box.sending(journal) as reports:
        reports.link()
        server.revoke()
        links = [reports.link()]
        while links[-1].link is not Link.SHUT:
            links.append(reports.link())
        journal.keep(a_scan("one"))

    assert "start the agent again with --code" in links[-1].reason
    assert journal.count_unsent() == 1


def test_a_new_code_lets_a_revoked_box_in_again(
    box: Box, journal: Journal, host: MemoryStationHost, server: StationServer, a_scan: MakeScan
) -> None:
    with box.sending(journal) as reports:
        reports.link()
    server.revoke()
    journal.keep(a_scan("one"))
    host.codes[STATION] = box.code = "WXYZ6789"

    with box.sending(journal) as reports:
        link, answered = reports.link(), reports.answered()

    assert link.link is Link.HERE
    assert answered.event.scan.text == "one"


def test_a_used_code_is_not_tried_twice(box: Box, journal: Journal) -> None:
    box.code = "WRONG234"

    with box.sending(journal) as reports:
        shut = reports.link()

    assert shut.link is Link.SHUT
    assert "LATHE-2 was not enrolled: Refused: enrolment-failed." in shut.reason


def test_another_device_of_the_station_stays_enrolled(
    box: Box, journal: Journal, host: MemoryStationHost
) -> None:
    host.tokens["of-the-tablet"] = STATION

    with box.sending(journal) as reports:
        reports.link()

    assert set(host.tokens.values()) == {STATION}
    assert len(host.tokens) == 2


# Enrolment


class NotFloorline(BaseHTTPRequestHandler):
    """Answers with a status and no token."""

    status = 200

    def do_POST(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(json.dumps([]).encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (200, ServerAway, "no Floorline server"),
        (503, ServerAway, "503"),
        (404, EnrolmentRefused, "404 Not Found"),
    ],
)
def test_an_enrolment_that_is_answered_strangely_is_no_enrolment(
    status: int, error: type[Exception], said: str
) -> None:
    handler = type("Handler", (NotFloorline,), {"status": status})
    with HTTPServer(("127.0.0.1", 0), handler) as web:
        thread = Thread(target=web.handle_request)
        thread.start()

        with pytest.raises(error, match=said):
            enrol(f"http://127.0.0.1:{web.server_port}", STATION, CODE)

        thread.join(10)


def test_nobody_there_is_no_refusal(server: StationServer) -> None:
    server.stop()

    with pytest.raises(ServerAway, match="refused"):
        enrol(server.address, STATION, CODE)


def test_a_connection_that_broke_leaves_no_socket_open(
    box: Box, journal: Journal, server: StationServer
) -> None:
    gc.disable()
    before = open_sockets()
    try:
        with box.sending(journal) as reports:
            for _ in range(3):
                assert reports.link().link is Link.HERE
                server.hang_up()
                assert reports.link().link is Link.AWAY
        until = time.monotonic() + PATIENCE_S
        while left := open_sockets() - before:
            assert time.monotonic() < until, left
            time.sleep(0.02)
    finally:
        gc.enable()


def open_sockets() -> set[str]:
    """Return the sockets of this process, which is the station's and the server's here."""
    opened = set()
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            opened.add(str(handle.readlink()))
    return {one for one in opened if one.startswith("socket:")}
