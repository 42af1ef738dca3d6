"""The router decides what is a scan, and what the operator is told of it."""

import pytest

from hardware.framing import Fault, Frame
from hardware.scanners import Presence, Reading
from kiosk.agent import Router
from kiosk.events import Answer, Answered, Link, LinkChanged, Overheard
from kiosk.journal import Journal
from tests.kiosk.box import Box, Ears, Watch, first_unsent, settle

BADGE = Answer("ok", "badge", "4101", {}, {})
BADGE_NEEDED = Answer("call", "badge-needed", "1000123456", {}, {})
STARTED = Answer("ok", "started", "WO100245/010", {}, {})


def reading(text: str, at: float = 100.0, fault: Fault | None = None) -> Reading:
    return Reading(at, "/dev/scanner", Frame(text.encode(), at, fault), is_late=False)


@pytest.fixture
def router(box: Box, journal: Journal, ears: Ears, watch: Watch) -> Router:
    """Return a router whose uplink never runs."""
    return Router(journal, box.uplink(journal), ears, watch)


def told(ears: Ears) -> list[tuple[str, str]]:
    """Return what the operator was told."""
    return [ears.told.get_nowait() for _ in range(ears.told.qsize())]


def test_a_scan_is_kept_before_anybody_is_told(
    router: Router, journal: Journal, ears: Ears
) -> None:
    router.take(reading("4101"))

    event = first_unsent(journal)
    assert event is not None
    assert event.scan.text == "4101"
    assert told(ears) == [("kept 1", "4101")]


def test_while_the_server_is_there_its_verdict_is_the_only_line(
    router: Router, journal: Journal, ears: Ears
) -> None:
    router.take(LinkChanged(Link.HERE))
    router.take(reading("4101"))
    event = first_unsent(journal)
    assert event is not None
    before = told(ears)

    router.take(Answered(event, BADGE))
    router.take(LinkChanged(Link.AWAY))

    assert before == []
    assert told(ears) == [("badge", "4101")]


def test_a_scan_that_was_on_its_way_when_the_server_went_is_told_to_be_kept(
    router: Router, ears: Ears
) -> None:
    router.take(LinkChanged(Link.HERE))
    router.take(reading("4101"))

    router.take(LinkChanged(Link.AWAY))

    assert told(ears) == [("kept 1", "4101")]


def test_the_same_code_within_two_seconds_is_one_scan(
    router: Router, journal: Journal, ears: Ears
) -> None:
    for at in (100.0, 101.9, 104.0):
        router.take(reading("4101", at))

    assert journal.count_unsent() == 2
    assert [what for what, _ in told(ears)] == ["kept 1", "repeated", "kept 2"]


@pytest.mark.parametrize("fault", Fault)
def test_bytes_that_are_no_code_are_not_sent(
    router: Router, journal: Journal, ears: Ears, fault: Fault
) -> None:
    router.take(reading("41", fault=fault))

    assert journal.count_unsent() == 0
    assert told(ears) == [(fault.value, "41")]


def test_a_scan_that_cannot_be_kept_is_said_loudly_and_may_be_read_again_at_once(
    router: Router, journal: Journal, ears: Ears
) -> None:
    journal._db.execute("pragma query_only = on")
    router.take(reading("4101", 100.0))
    journal._db.execute("pragma query_only = off")
    router.take(reading("4101", 100.5))

    failed, kept = told(ears)
    assert "readonly" in failed[0]
    assert kept == ("kept 1", "4101")


def test_what_needed_a_badge_is_sent_again_under_a_new_id(
    router: Router, journal: Journal, watch: Watch
) -> None:
    router.take(reading("1000123456"))
    first = first_unsent(journal)
    assert first is not None
    settle(journal, first, watch(), {})
    router.take(Answered(first, BADGE_NEEDED))

    router.take(Overheard(BADGE))

    again = first_unsent(journal)
    assert again is not None
    assert again.scan.text == "1000123456"
    assert again.id != first.id


def test_what_other_devices_do_makes_no_line(router: Router, ears: Ears) -> None:
    router.take(Overheard(STARTED))
    router.take(Presence(100.0, "/dev/scanner", is_there=False))

    assert told(ears) == []
