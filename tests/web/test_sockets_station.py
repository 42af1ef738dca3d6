"""The namespace of the stations: every message, who may send it, and who hears of it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.names import StationName
from server.services import release, resequence, stations
from server.services.ports import StoreAway
from server.services.rights import CONSOLE
from server.web.codec import TextPacket
from server.web.sockets_station import TRUSTED_S
from tests.web.visiting import Site, Wired, new_id
from tests.workshop import ADMINISTRATOR, ANNA, LATHE, MILL, examples, operation_id

FIRST, SECOND, THIRD = "WO1", "WO2", "WO3"
LINE = "3WWO1+010"


@pytest.fixture
def lathe(site: Site) -> Wired:
    """Return the station at the lathe, with three orders on its list."""
    site.release(FIRST, SECOND, THIRD)
    return site.station(LATHE)


def report(operation: str = "WO1/010", **more: Any) -> dict[str, Any]:
    """Return a report of ten good pieces."""
    says: dict[str, Any] = {
        "id": new_id(),
        "operation": operation,
        "verb": "quantity",
        "good": 10,
    }
    return says | more


def test_a_station_gets_all_that_its_screen_needs(lathe: Wired, site: Site) -> None:
    told = lathe.ask("snapshot", {})

    assert told["station"] == LATHE
    assert told["work_center"] == LATHE
    assert [row["operation"] for row in told["rows"]] == ["WO1/010", "WO2/010", "WO3/010"]
    assert told["rows"][0]["due"] == "2026-11-06"
    assert told["people"] == {"4101": "Anna", "4102": "Ben"}
    assert set(told["reasons"]) == {"scrap", "rework", "pause"}
    assert told["now"] == "2026-11-02T12:00:00Z"
    assert told["rev"] == site.plant.store.read(lambda books: books.revision())
    assert (told["operator"], told["demo"], told["undo_seconds"]) == (None, False, 10)
    assert told["badge_seconds"] == 60


def test_badge_and_traveler_start_an_operation(lathe: Wired) -> None:
    badge = lathe.scan(f"1H{ANNA}")
    started = lathe.scan(LINE)

    assert (badge["verdict"], badge["code"], badge["operator"]["name"]) == ("ok", "badge", "Anna")
    assert (started["code"], started["number"]) == ("started", "WO1 / 010")


def test_a_report_finishes_an_operation_and_can_be_taken_back(lathe: Wired) -> None:
    lathe.scan(f"1H{ANNA}")
    lathe.scan(LINE)

    finish = report()
    finished = lathe.ask("report", finish)
    undone = lathe.ask("undo", {"id": new_id(), "undone": finish["id"]})

    assert (finished["code"], finished["details"]["next"]) == ("completed", MILL)
    assert undone["code"] == "undone"


def test_the_same_message_again_gets_the_same_answer_and_changes_nothing(
    lathe: Wired, site: Site
) -> None:
    message = {"id": new_id(), "text": f"1H{ANNA}"}
    first = lathe.ask("scan", message)
    revision = site.plant.store.read(lambda books: books.revision())
    site.clock.wait(30)

    again = lathe.ask("scan", message)

    assert again == first
    assert site.plant.store.read(lambda books: books.revision()) == revision


def test_what_was_kept_while_the_server_was_away_is_told_to_no_other_screen(
    lathe: Wired, site: Site
) -> None:
    beside = site.station(LATHE)
    kept = {"at": "2026-11-02T09:30:00.000Z"}

    badge = lathe.scan(f"1H{ANNA}", **kept)
    started = lathe.scan(LINE, operator=ANNA, **kept)
    finished = lathe.ask("report", report(operator="", **kept))
    undone = lathe.ask("undo", {"id": new_id(), "undone": finished["id"], **kept})

    answers = (badge, started, finished, undone)
    assert [one["code"] for one in answers] == ["badge", "started", "completed", "undone"]
    assert beside.heard("answer") == []


@pytest.mark.parametrize("at", ["yesterday", "", 7, "9999-12-31T23:59:59-23:59"])
def test_a_kept_message_says_when_it_was_made(lathe: Wired, at: object) -> None:
    answer = lathe.scan(LINE, at=at)

    assert answer["code"] == "invalid"
    assert answer["details"]["errors"][0]["expected"] == "moment"


def test_a_refused_scan_says_why(lathe: Wired) -> None:
    answer = lathe.scan("hello")

    assert answer["verdict"] == "refused"
    assert answer["code"] == "unknown-code"
    assert answer["may_insist"] is False


def test_a_badge_that_is_missing_is_asked_for(lathe: Wired) -> None:
    answer = lathe.scan(LINE)

    assert (answer["verdict"], answer["code"]) == ("call", "badge-needed")


def test_a_rule_of_the_floor_may_be_insisted_on(site: Site) -> None:
    site.release(FIRST)
    mill = site.station(MILL)
    mill.scan(f"1H{ANNA}")

    refused = mill.scan(LINE)
    taken = mill.scan(LINE, insists=True)

    assert (refused["code"], refused["may_insist"]) == ("wrong-work-center", True)
    assert (taken["verdict"], taken["flags"]) == ("look", ["rerouted", "uncontrolled_paper"])


def test_a_start_is_told_to_the_stations_of_the_work_center(site: Site, lathe: Wired) -> None:
    mill = site.station(MILL)
    lathe.scan(f"1H{ANNA}")
    for screen in (lathe, mill):
        screen.heard("delta")

    lathe.scan(LINE)
    (delta,) = lathe.heard("delta")

    assert delta["rows"][0]["operation"] == "WO1/010"
    assert delta["rows"][0]["state"] == "running"
    assert mill.heard("delta") == []


def test_deltas_follow_the_feed_of_the_snapshot_without_a_gap(lathe: Wired) -> None:
    feed = lathe.ask("snapshot", {})["feed"]

    for text in (LINE, "3WWO2+010", "3WWO3+010"):
        lathe.scan(f"1H{ANNA}")
        lathe.scan(text)

    feeds = [delta["feed"] for delta in lathe.heard("delta")]
    assert feeds == [feed + 1, feed + 2, feed + 3]


def test_good_pieces_arrive_on_the_list_of_the_next_work_center(site: Site, lathe: Wired) -> None:
    mill = site.station(MILL)
    lathe.scan(f"1H{ANNA}")
    lathe.scan(LINE)
    mill.heard("delta")

    lathe.ask("report", report(good=4))

    (delta,) = mill.heard("delta")
    assert [(row["operation"], row["arrived"]) for row in delta["rows"]] == [("WO1/020", 4)]


def test_a_resequence_is_told_with_what_moved_and_by_whom(site: Site, lathe: Wired) -> None:
    snapshot = lathe.ask("snapshot", {})
    lathe.heard("delta")

    place = (operation_id(10, THIRD), operation_id(10, SECOND))
    resequence.move(site.plant, CONSOLE, LATHE, snapshot["version"], place)

    (delta,) = lathe.heard("delta")
    assert delta["order"] == ["WO1/010", "WO3/010", "WO2/010"]
    assert delta["moved"] in (["WO3/010"], ["WO2/010"])
    assert (delta["placed"]["by"], delta["placed"]["rule"]) == ("console", "hand")
    assert delta["version"] == snapshot["version"] + 1


def test_a_hold_is_told(site: Site, lathe: Wired) -> None:
    lathe.heard("delta")

    release.hold(site.plant, CONSOLE, operation_id(10, FIRST).order, "crack in the casting")

    (delta,) = lathe.heard("delta")
    assert delta["rows"][0]["hold"] == "crack in the casting"


def test_what_a_screen_has_shown_is_kept_and_told_to_the_desk(site: Site, lathe: Wired) -> None:
    screen = site.screen(site.desk())

    answer = lathe.ask("seen", {"version": 3})

    (seen,) = screen.heard("seen")
    station = site.plant.store.read(lambda books: books.station(StationName(LATHE)))
    assert answer == {"ok": True}
    assert station.seen_version == 3
    assert seen == {
        "station": LATHE,
        "work_center": LATHE,
        "version": 3,
        "at": "2026-11-02T12:00:00Z",
    }


@pytest.mark.parametrize(
    "auth",
    [
        None,
        {},
        {"station": LATHE},
        {"station": LATHE, "token": "wrong"},
        {"station": "NOWHERE", "token": ""},
        "a text",
        ["a", "list"],
        {"station": ["x"], "token": {"y": 1}},
    ],
)
def test_nobody_connects_without_a_good_token(site: Site, auth: Any) -> None:
    wired = site.wire("/station", auth=auth)

    assert not wired.is_connected


def test_a_token_speaks_for_its_own_station_only(site: Site) -> None:
    assert not site.station(MILL, token=site.token(LATHE)).is_connected


def test_the_cookie_of_the_page_lets_its_screen_in(site: Site) -> None:
    browser = site.browser()
    for name in (LATHE, MILL):
        browser.post(f"/station/{name}/enrol", {"code": site.code(name)})

    named = site.wire("/station", flask_test_client=browser.client, auth={"station": LATHE})
    newest = site.wire("/station", flask_test_client=browser.client)

    assert named.ask("snapshot", {})["station"] == LATHE
    assert newest.ask("snapshot", {})["station"] == MILL


def test_a_session_of_the_desk_is_no_station(site: Site) -> None:
    assert not site.wire("/station", flask_test_client=site.desk().client).is_connected


def test_a_revoked_station_is_told_and_put_out(site: Site, lathe: Wired) -> None:
    stations.revoke(site.plant, CONSOLE, StationName(LATHE))

    assert lathe.heard("notice") == [{"code": "revoked", "details": {}}]
    assert not lathe.is_connected


def test_what_another_process_revoked_is_found_out_after_a_while(site: Site, lathe: Wired) -> None:
    site.store.write(lambda books: books.drop_tokens(StationName(LATHE)))
    at_once = lathe.ask("snapshot", {})
    for device in site.server.stations.devices():
        device.checked_s -= TRUSTED_S

    later = lathe.ask("snapshot", {})

    assert "rows" in at_once
    assert later["code"] == "not-allowed"
    assert not lathe.is_connected


def test_a_station_that_is_moved_comes_back_at_its_new_place(site: Site, lathe: Wired) -> None:
    stations.add_station(site.plant, ADMINISTRATOR, LATHE, MILL)

    assert not lathe.is_connected
    assert site.station(LATHE).ask("snapshot", {})["work_center"] == MILL


@pytest.mark.parametrize("message", ["scan", "report", "undo", "seen", "hello", "push", "status"])
@pytest.mark.parametrize("payload", [None, [], "text", 7, {}, {"id": 7, "version": -1}])
def test_a_message_that_is_wrong_is_refused_with_every_error(
    lathe: Wired, message: str, payload: Any
) -> None:
    answer = lathe.ask(message, payload)

    assert answer["verdict"] == "refused"
    assert answer["code"] == "invalid"
    assert answer["details"]["errors"]


def test_all_errors_of_a_message_come_at_once(lathe: Wired) -> None:
    answer = lathe.ask("report", report("WO1", verb="finish", good=-1, scrap=1.5, colour="red"))

    assert {error["field"] for error in answer["details"]["errors"]} == {
        *("operation", "verb", "good", "scrap", "colour")
    }


def test_a_message_of_another_name_is_refused(lathe: Wired) -> None:
    answer = lathe.ask("release", {"orders": ["WO1"]})

    assert answer["code"] == "invalid"
    assert answer["details"]["errors"][0]["expected"] == (
        "one-of:snapshot, scan, report, undo, hello, push, status, seen"
    )


@pytest.mark.parametrize("message", ["connect", "disconnect", "trigger_event", "__class__", ""])
@pytest.mark.parametrize("payload", [{}, "client disconnect", {"HTTP_COOKIE": "x=y"}])
def test_no_message_reaches_what_is_no_handler(lathe: Wired, message: str, payload: Any) -> None:
    answer = lathe.ask(message, payload)

    assert answer["code"] == "invalid"
    assert lathe.ask("snapshot", {})["station"] == LATHE


def test_every_message_is_refused_to_a_connection_that_is_no_station(site: Site) -> None:
    namespace = site.server.stations

    for message in namespace.messages:
        answer = namespace.trigger_event(message, "no-such-connection", {"id": new_id()})

        assert isinstance(answer, dict)
        assert answer["code"] == "not-allowed", message


def test_a_bug_costs_a_station_its_answer_and_nothing_else(
    site: Site, lathe: Wired, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("secret inside")

    site.server.stations.messages = {"snapshot": broken}

    answer = lathe.ask("snapshot", {})

    assert answer["code"] == "failed"
    assert "secret" not in json.dumps(answer)
    assert lathe.is_connected
    assert "station message failed" in caplog.text


def test_a_database_that_is_away_is_said_in_a_line_and_costs_no_connection(
    site: Site, lathe: Wired, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object) -> object:
        raise StoreAway("The database does not answer")

    site.server.stations.messages = {"scan": away}

    answer = lathe.ask("scan", {"id": "one", "text": "x"})

    assert (answer["id"], answer["verdict"], answer["code"]) == ("one", "refused", "store-away")
    assert lathe.is_connected
    assert "why=The database does not answer" in caplog.text
    assert "Traceback" not in caplog.text


def test_who_connects_or_leaves_while_the_database_is_away_costs_a_line(
    site: Site, lathe: Wired, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = site.token()

    def away(*_: object) -> object:
        raise StoreAway("The database does not answer")

    with monkeypatch.context() as patched:
        patched.setattr(type(site.store), "read", away)
        patched.setattr(type(site.store), "write", away)
        refused = site.station(LATHE, token)
        lathe.client.disconnect("/station")

    assert not refused.is_connected
    assert "station cannot connect why=The database does not answer" in caplog.text
    assert "station left unseen why=The database does not answer" in caplog.text
    assert "Traceback" not in caplog.text
    assert site.station(LATHE, token).is_connected


def test_the_desk_is_told_who_comes_and_goes(site: Site) -> None:
    screen = site.screen(site.desk())

    lathe = site.station(LATHE)
    second = site.station(LATHE)
    lathe.client.disconnect("/station")
    second.client.disconnect("/station")

    told = [(news["station"], news["connected"]) for news in screen.heard("station")]
    assert (told[0], told[-1]) == ((LATHE, True), (LATHE, False))
    assert told.count((LATHE, False)) == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=8,
)


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(message=st.sampled_from(["scan", "report", "undo", "seen"]), payload=json_values)
def test_no_message_whatever_costs_a_station_its_connection(
    lathe: Wired, message: str, payload: Any
) -> None:
    answer = lathe.ask(message, payload)

    assert answer["code"] != "failed"
    assert lathe.is_connected


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=60))
def test_no_text_whatever_breaks_a_scan(lathe: Wired, text: str) -> None:
    answer = lathe.scan(text)

    assert answer["verdict"] in {"ok", "look", "refused", "call"}
    assert answer["code"] != "failed"


@given(payload=st.lists(json_values, min_size=1))
def test_a_packet_reads_back_as_it_was_written(payload: list[Any]) -> None:
    packet = TextPacket(data=payload, namespace="/station")

    assert TextPacket(encoded_packet=packet.encode()).data == json.loads(json.dumps(payload))
