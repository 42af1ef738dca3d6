"""Feeds: a batch is taken as a whole, in order, each event once, and nothing is turned away."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.events import BadgeRead, ScanRefused
from server.domain.feed import Cursor
from server.domain.names import StationName
from server.domain.operations import OperationState, Quantities
from server.services import feed, scan
from server.services.answers import Verdict
from server.services.feed import LONGEST_RAW, Message, Raw, Sent, Taken
from server.services.ports import Plant, StoreAway
from server.services.report import Report
from server.services.scan import Scan
from tests.services.kiosk import journal, line_of, new_id, operation_of
from tests.workshop import LATHE, operation_id

AT_LATHE = StationName(LATHE)
EPOCH = "epoch-1"


def numbered(*messages: Message, after: Cursor | None = None) -> list[Sent]:
    """Return messages as the next events of a feed."""
    events: list[Sent] = []
    seq, prev = (after.have, after.have_id) if after else (0, "")
    for message in messages:
        seq += 1
        events.append(Sent(seq, prev, message, repr(message)))
        prev = message.id
    return events


def badge(number: str = "4101") -> Scan:
    return Scan(new_id(), f"1H{number}")


def take(plant: Plant, events: list[Sent], epoch: str = EPOCH) -> Taken:
    return feed.take(plant, AT_LATHE, epoch, events)


def badges(plant: Plant) -> list[str]:
    return [one.event.badge for one in journal(plant) if isinstance(one.event, BadgeRead)]


def test_what_a_box_sends_is_taken_in_its_order_and_answered(plant: Plant) -> None:
    line = Scan(new_id(), line_of(plant, 10))
    pieces = Report(new_id(), operation_id(), "quantity", Quantities(4, 0, 0))
    events = numbered(badge(), line, pieces)

    taken = take(plant, events)

    assert [one.code for one in taken.answers] == ["badge", "started", "reported"]
    assert [one.id for one in taken.answers] == [event.id for event in events]
    assert taken.cursor == Cursor(3, pieces.id) == feed.cursor(plant, AT_LATHE, EPOCH)
    assert operation_of(plant).state is OperationState.RUNNING


def test_a_batch_that_is_repeated_changes_nothing_and_gets_the_same_answers(plant: Plant) -> None:
    events = numbered(badge(), Scan(new_id(), line_of(plant, 10)))
    first = take(plant, events)
    before = journal(plant)

    again = take(plant, events)

    assert again.answers == first.answers
    assert (again.cursor, again.fresh) == (first.cursor, ())
    assert journal(plant) == before


def test_what_overlaps_with_what_is_there_adds_only_what_is_new(plant: Plant) -> None:
    one, two, three = badge("4101"), badge("4102"), badge("4101")
    take(plant, numbered(one, two))

    taken = take(plant, numbered(one, two, three)[1:])

    assert [answer.id for answer in taken.fresh] == [three.id]
    assert badges(plant) == ["4101", "4102", "4101"]


def test_nothing_is_taken_after_a_gap(plant: Plant) -> None:
    events = numbered(badge(), badge(), badge())

    taken = take(plant, [events[0], events[2]])

    assert taken.cursor == Cursor(1, events[0].id)
    assert len(badges(plant)) == 1


def test_the_event_of_a_copied_disk_is_not_taken_under_the_number_of_another(plant: Plant) -> None:
    common, original, copied = badge("4101"), badge("4101"), badge("4102")
    take(plant, numbered(common, original))

    taken = take(plant, numbered(common, copied)[1:])

    assert taken.answers == ()
    assert taken.cursor == Cursor(2, original.id)
    assert badges(plant) == ["4101", "4101"]


def test_a_new_epoch_brings_only_what_was_never_here(plant: Plant) -> None:
    common, copied = badge("4101"), badge("4102")
    take(plant, numbered(common))

    taken = take(plant, numbered(common, copied), "epoch-2")

    assert [answer.id for answer in taken.answers] == [common.id, copied.id]
    assert [answer.id for answer in taken.fresh] == [copied.id]
    assert badges(plant) == ["4101", "4102"]


def test_what_makes_no_sense_is_kept_as_it_came_and_the_rest_goes_on(plant: Plant) -> None:
    events = numbered(Raw(new_id(), '{"verb": "dance"}' + "x" * LONGEST_RAW), badge())

    taken = take(plant, events)

    kept = journal(plant)[-2].event
    assert isinstance(kept, ScanRefused)
    assert kept.text.startswith('{"verb": "dance"}')
    assert len(kept.text) == LONGEST_RAW
    assert kept.flags == ("undecodable",)
    assert [(one.verdict, one.code) for one in taken.answers] == [
        (Verdict.REFUSED, "undecodable"),
        (Verdict.OK, "badge"),
    ]


def test_what_breaks_our_code_is_kept_as_it_came_and_the_rest_goes_on(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, broken, after = badge(), Scan(new_id(), "1H4102"), badge()
    sound = scan.scan

    def with_a_bug(plant: Plant, station: StationName, message: Scan) -> object:
        if message.id == broken.id:
            raise ZeroDivisionError
        return sound(plant, station, message)

    monkeypatch.setattr(scan, "scan", with_a_bug)

    taken = take(plant, numbered(before, broken, after))

    assert [one.code for one in taken.answers] == ["badge", "undecodable", "badge"]
    assert badges(plant) == ["4101", "4101"]


def test_a_fault_that_no_event_has_is_told_and_nothing_is_taken(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(scan, "scan", broken)
        patched.setattr(feed, "_keep_raw", broken)
        with pytest.raises(RuntimeError):
            take(plant, numbered(badge()))

    assert feed.cursor(plant, AT_LATHE, EPOCH) == Cursor()


def test_a_store_that_is_away_is_no_reason_to_set_anything_aside(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> object:
        raise StoreAway

    with monkeypatch.context() as patched:
        patched.setattr(scan, "scan", away)
        with pytest.raises(StoreAway):
            take(plant, numbered(badge()))

    assert feed.cursor(plant, AT_LATHE, EPOCH) == Cursor()
    assert badges(plant) == []


# One plant serves every example: each has an epoch and ids of its own.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6)), max_size=12))
def test_whatever_parts_arrive_in_whatever_order_nothing_counts_twice(
    plant: Plant, sent: list[tuple[int, int]]
) -> None:
    epoch = new_id()
    events = numbered(*(badge() for _ in range(6)))
    start = len(badges(plant))

    for at, count in sent:
        take(plant, events[at : at + count], epoch)
    take(plant, events, epoch)

    ids = [one.id for one in journal(plant) if isinstance(one.event, BadgeRead)][start:]
    assert ids == [event.id for event in events]


def test_a_message_is_known_by_its_own_id() -> None:
    event = numbered(badge())[0]

    assert replace(event, message=Raw(event.id, "")).id == event.id
