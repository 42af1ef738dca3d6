"""The namespace of the desk: which lists a screen follows, and who may."""

from dataclasses import replace
from typing import Any

import pytest

from server.domain.names import OrderNumber
from server.services import release, resequence
from server.services.ports import StoreAway
from server.services.rights import CONSOLE
from server.web.sockets_desk import NAMESPACE
from tests.web.conftest import PASSWORD, QUICK_HASH
from tests.web.visiting import Browser, Site, Wired
from tests.workshop import ANNA, BENCH, DISPATCHER, LATHE, MILL, operation_id, plan


@pytest.fixture
def screen(site: Site, desk: Browser) -> Wired:
    """Return the screen of the dispatcher, with three orders on its lists."""
    site.release("WO1", "WO2", "WO3")
    return site.screen(desk)


def test_whoever_watches_a_list_gets_it_and_what_changes_on_it(site: Site, screen: Wired) -> None:
    listed = screen.ask("watch", {"work_center": LATHE})
    screen.heard("delta")

    place = (operation_id(10, "WO2"), None)
    resequence.move(site.plant, CONSOLE, LATHE, listed["version"], place)

    assert [row["operation"] for row in listed["rows"]] == ["WO1/010", "WO2/010", "WO3/010"]
    assert (listed["frozen"], set(listed)) == (1, {"rev", "version", "feed", "rows", "frozen"})
    assert [delta["feed"] for delta in screen.heard("delta")] == [listed["feed"] + 1]


def test_lists_that_are_not_watched_are_not_told(site: Site, screen: Wired) -> None:
    screen.ask("watch", {"work_center": MILL})

    release.hold(site.plant, CONSOLE, OrderNumber("WO1"), "crack")

    assert {delta["work_center"] for delta in screen.heard("delta")} == {MILL}


def test_a_list_can_be_watched_no_more(site: Site, screen: Wired) -> None:
    screen.ask("watch", {"work_center": LATHE})

    answer = screen.ask("unwatch", {"work_center": LATHE})
    site.release("WO4")

    assert answer == {"ok": True}
    assert screen.heard("delta") == []


def test_every_commit_is_told_with_what_it_was_about(site: Site, screen: Wired) -> None:
    screen.heard("changed")

    site.release("WO4")

    planned, released = screen.heard("changed")
    assert (planned["orders"], planned["kinds"]) == (["WO4"], ["OrderPlanned"])
    assert released["kinds"] == ["OrderReleased", "SheetIssued"]
    assert released["work_centers"] == [LATHE, MILL, BENCH]
    assert released["rev"] == site.plant.store.read(lambda books: books.revision())


def test_nothing_is_told_of_what_was_undone(site: Site, screen: Wired) -> None:
    screen.heard("changed")
    answer = site.desk().post("/desk/api/release", {"orders": ["NOPE"]})

    assert answer.get_json()["refused"]
    assert screen.heard("changed") == []


def test_the_end_of_a_print_job_is_told(site: Site, screen: Wired) -> None:
    site.server.announcer.printed(7, "ready")

    assert screen.heard("print") == [{"job": 7, "state": "ready"}]


def test_a_scan_at_a_station_reaches_the_desk(site: Site, screen: Wired) -> None:
    screen.ask("watch", {"work_center": LATHE})
    lathe = site.station(LATHE)
    lathe.scan(f"1H{ANNA}")
    screen.heard("delta")

    lathe.scan("3WWO1+010")

    (delta,) = screen.heard("delta")
    assert (delta["rows"][0]["operation"], delta["rows"][0]["state"]) == ("WO1/010", "running")


def test_nobody_connects_without_a_session(site: Site) -> None:
    assert not site.wire(NAMESPACE).is_connected
    assert not site.wire(NAMESPACE, flask_test_client=site.browser().client).is_connected


def test_the_token_of_a_station_is_no_session(site: Site) -> None:
    auth = {"station": LATHE, "token": site.token()}

    assert not site.wire(NAMESPACE, auth=auth).is_connected


def test_every_message_is_refused_once_the_account_has_ended(site: Site, screen: Wired) -> None:
    ended = replace(DISPATCHER, active=False)
    site.store.write(lambda books: books.keep_account(ended, QUICK_HASH))

    for message in site.server.desk.messages:
        assert screen.ask(message, {"work_center": LATHE})["code"] == "not-allowed", message


@pytest.mark.parametrize(
    "change", [{"active": False}, {"active": True, "password": PASSWORD[::-1]}]
)
def test_nothing_more_is_told_to_whom_the_office_has_shut_out(
    screen: Wired, admin: Browser, change: dict[str, Any]
) -> None:
    admin.post("/desk/api/accounts/dora", {"role": "dispatcher", **change})

    assert not screen.is_connected


def test_changing_an_account_hangs_up_on_nobody_else(
    site: Site, screen: Wired, admin: Browser
) -> None:
    other = site.screen(admin)
    admin.post("/desk/api/accounts/dora", {"role": "dispatcher", "active": True})

    assert screen.is_connected
    assert other.is_connected


def test_whom_another_process_has_shut_out_is_found_by_looking(site: Site, screen: Wired) -> None:
    ended = replace(DISPATCHER, active=False)
    site.store.write(lambda books: books.keep_account(ended, QUICK_HASH))

    site.server.desk.recheck()

    assert not screen.is_connected


def test_every_message_is_refused_to_a_connection_without_a_name(site: Site) -> None:
    for message in site.server.desk.messages:
        answer: Any = site.server.desk.trigger_event(message, "nobody", {"work_center": LATHE})

        assert answer["code"] == "not-allowed", message


@pytest.mark.parametrize("payload", [None, [], "text", {}, {"work_center": 7}, {"work_center": ""}])
def test_a_message_that_is_wrong_is_refused(screen: Wired, payload: Any) -> None:
    assert screen.ask("watch", payload)["code"] == "invalid"


@pytest.mark.parametrize("message", ["move", "connect", "disconnect", "trigger_event"])
@pytest.mark.parametrize("payload", [{}, "client disconnect"])
def test_no_message_reaches_what_is_no_handler(screen: Wired, message: str, payload: Any) -> None:
    assert screen.ask(message, payload)["code"] == "invalid"
    assert screen.is_connected


def test_a_list_that_is_not_there_is_refused(screen: Wired) -> None:
    assert screen.ask("watch", {"work_center": "NOWHERE"})["code"] == "unknown-work-center"


def test_a_bug_costs_the_desk_its_answer_and_nothing_else(
    site: Site, screen: Wired, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("secret inside")

    site.server.desk.messages = {"watch": broken}

    answer = screen.ask("watch", {"work_center": LATHE})

    assert answer["code"] == "failed"
    assert "secret" not in str(answer)
    assert screen.is_connected
    assert "desk message failed" in caplog.text


def test_a_database_that_is_away_is_said_in_a_line_and_asks_for_patience(
    site: Site, screen: Wired, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object) -> object:
        raise StoreAway("The database does not answer")

    site.server.desk.messages = {"watch": away}

    answer = screen.ask("watch", {"work_center": LATHE})

    assert answer == {"code": "store-away", "details": {}}
    assert screen.is_connected
    assert "why=The database does not answer" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_screen_that_connects_while_the_database_is_away_costs_a_line(
    site: Site, desk: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object) -> object:
        raise StoreAway("The database does not answer")

    with monkeypatch.context() as patched:
        patched.setattr(type(site.store), "read", away)
        refused = site.screen(desk)

    assert not refused.is_connected
    assert "desk cannot connect why=The database does not answer" in caplog.text
    assert "Traceback" not in caplog.text
    assert site.screen(desk).is_connected


def test_orders_that_are_planned_only_are_on_no_list(site: Site, screen: Wired) -> None:
    screen.ask("watch", {"work_center": LATHE})

    site.plan(plan("WO9"))

    assert screen.heard("delta") == []
