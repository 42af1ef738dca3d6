"""The namespace of the stations, as the box beside a scanner uses it: its feed, and how it is."""

import pytest

from tests.web.visiting import Site, Wired, new_id
from tests.workshop import ANNA, LATHE, MILL

ORDER, LINE = "WO1", "3WWO1+010"


@pytest.fixture
def lathe(site: Site) -> Wired:
    """Return the station at the lathe, with an order on its list."""
    site.release(ORDER)
    return site.station(LATHE)


def test_what_a_box_pushes_is_told_to_the_screen_beside_it(lathe: Wired, site: Site) -> None:
    beside = site.station(LATHE)
    epoch, badge, line = new_id(), new_id(), new_id()
    events = [
        {"seq": 1, "id": badge, "prev": "", "kind": "scan", "message": {"text": f"1H{ANNA}"}},
        {"seq": 2, "id": line, "prev": badge, "kind": "scan", "message": {"text": LINE}},
    ]
    empty = lathe.ask("hello", {"epoch": epoch})

    pushed = lathe.ask("push", {"epoch": epoch, "events": events})
    again = lathe.ask("push", {"epoch": epoch, "events": events})

    assert empty == {"have": 0, "have_id": ""}
    assert (pushed["have"], pushed["have_id"]) == (2, line)
    assert [one["code"] for one in pushed["answers"]] == ["badge", "started"]
    assert again == pushed
    assert lathe.ask("hello", {"epoch": epoch}) == {"have": 2, "have_id": line}
    assert [one["code"] for one in beside.heard("answer")] == ["badge", "started"]


def test_a_push_that_is_no_feed_is_refused_as_a_whole(lathe: Wired) -> None:
    answer = lathe.ask("push", {"epoch": "e", "events": [{"seq": 0, "id": "x"}]})

    assert answer["code"] == "invalid"
    fields = {error["field"] for error in answer["details"]["errors"]}
    assert {"epoch", "events.0.seq", "events.0.id", "events.0.prev"} <= fields


def test_how_a_box_is_reaches_the_desk_with_how_far_its_clock_is_off(
    lathe: Wired, site: Site
) -> None:
    said = {
        "at": "2026-11-02T12:01:30Z",
        "round_trip_ms": 400,
        "unsent": 3,
        "oldest_at": "2026-11-02T11:00:00Z",
        "devices": [{"name": "usb:05e0:1701", "listens": False}],
        "version": "1.0",
    }
    desk = site.desk()
    screen = site.screen(desk)

    assert lathe.ask("status", said) == {"ok": True}

    box = {
        "at": "2026-11-02T12:00:00Z",
        "unsent": 3,
        "oldest_at": "2026-11-02T11:00:00Z",
        "devices": [{"name": "usb:05e0:1701", "listens": False}],
        "version": "1.0",
        "clock_ahead_s": 90.2,
        "clock_unsure_s": 0.2,
    }
    assert screen.heard("box") == [{"station": LATHE, "box": box}]
    lines = {one["station"]: one for one in desk.json("/desk/api/stations")["stations"]}
    assert (lines[LATHE]["box"], lines[MILL]["box"]) == (box, None)
