"""What the server is told of a scan: who read it, when it was kept for later."""

from datetime import timedelta

import pytest

from kiosk.events import Event, Scan
from kiosk.sending import message_of
from server.domain.names import Serial
from server.domain.symbols import LineNumber, line_code
from tests.kiosk.box import NOON

BADGE, OTHER, NOISE = "1H4101", "1H4102", "4006381333931"
LINE = line_code(Serial("1000001"), LineNumber(1))
LATER = timedelta(hours=3)


def events(*scans: tuple[float, str]) -> list[Event]:
    """Return events by the second they were read at, counted from noon."""
    return [
        Event(seq, f"id-{seq}", Scan(NOON + timedelta(seconds=at), text, "/dev/x", late=False))
        for seq, (at, text) in enumerate(scans, 1)
    ]


def operator(found: list[Event], at: int, sent: timedelta = LATER) -> str | None:
    """Return the operator that the message of one event states."""
    message = message_of(found[at], found[:at], found[at + 1 :], NOON + sent)
    stated: str | None = message.get("operator")
    return stated


def test_a_live_scan_says_what_was_read_and_no_more() -> None:
    badge, line = events((0, BADGE), (1, LINE))

    assert message_of(line, [badge], [], NOON + timedelta(seconds=2)) == {"text": LINE}


def test_a_kept_scan_says_when_it_was_read() -> None:
    (line,) = events((0, LINE))

    assert message_of(line, [], [], NOON + LATER) == {
        "text": LINE,
        "at": NOON.isoformat(),
        "operator": "",
    }


@pytest.mark.parametrize(
    ("scans", "at", "stated"),
    [
        ([(0, BADGE), (2, LINE)], 1, "4101"),
        ([(0, BADGE), (1, NOISE), (2, LINE)], 2, "4101"),
        ([(0, BADGE), (1, OTHER), (2, LINE)], 2, "4102"),
        ([(0, BADGE), (61, LINE)], 1, ""),
        ([(0, BADGE), (1, LINE), (2, LINE)], 2, ""),
        ([(0, LINE), (5, BADGE)], 0, "4101"),
        ([(0, LINE), (25, BADGE)], 0, ""),
        ([(0, LINE), (1, NOISE), (5, BADGE)], 0, ""),
    ],
    ids=[
        "badge and traveler",
        "a code of the supplier between them",
        "the last badge counts",
        "too long ago",
        "used up by the traveler before",
        "traveler, then badge",
        "the badge came too late",
        "something else came first",
    ],
)
def test_a_kept_scan_says_whose_badge_was_read_for_it(
    scans: list[tuple[float, str]], at: int, stated: str
) -> None:
    assert operator(events(*scans), at) == stated


def test_a_live_scan_states_a_badge_that_the_server_heard_of_too_late() -> None:
    badge, line = events((0, BADGE), (10, LINE))
    told_late = Event(1, badge.id, badge.scan, {"code": "badge", "operator": None})
    told_live = Event(1, badge.id, badge.scan, {"code": "badge", "operator": {"badge": "4101"}})
    soon = timedelta(seconds=11)

    assert operator([told_late, line], 1, soon) == "4101"
    assert operator([told_live, line], 1, soon) is None
