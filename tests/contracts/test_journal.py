"""What every store promises about the journal."""

import pytest

from server.domain.events import (
    BadgeRead,
    Entry,
    OrderHeld,
    OrderPlanned,
    OrderReleased,
    ScanRefused,
    TravelerRead,
)
from server.domain.plant import SYSTEM, Actor
from server.services.ports import Books
from tests.builders import (
    ANN,
    DISPATCHER,
    FLOOR,
    NOON,
    minutes,
    op,
    plan,
    recording,
    released,
    report,
    set_up,
    start,
    wo,
)
from tests.conftest import AnyStore


def test_entries_come_back_as_they_were_recorded(store: AnyStore) -> None:
    def work(books: Books) -> None:
        books.record(OrderPlanned(plan(1)), SYSTEM, NOON)
        books.record(OrderReleased(wo(1)), DISPATCHER, minutes(1.5), "id-1")

    store.write(work)

    assert store.read(lambda i: i.entries(0, 10)) == (
        Entry(1, NOON, Actor(), OrderPlanned(plan(1))),
        Entry(2, minutes(1.5), DISPATCHER, OrderReleased(wo(1)), "id-1"),
    )


def test_entries_are_read_on_from_a_revision(store: AnyStore) -> None:
    store.write(recording(*(OrderPlanned(plan(at)) for at in range(1, 6))))

    page = store.read(lambda i: i.entries(2, 2))

    assert [entry.rev for entry in page] == [3, 4]


def test_an_entry_is_found_by_the_senders_id(store: AnyStore) -> None:
    store.write(released(plan(1)))

    def work(books: Books) -> Entry | None:
        start(books, op(1), "id-7")
        return books.entry("id-7")

    seen_inside, _ = store.write(work)

    found = store.read(lambda i: i.entry("id-7"))
    assert found is not None
    assert found == seen_inside
    assert found.rev == 3
    assert store.read(lambda i: i.entry("id-8")) is None


def test_an_answer_is_kept_with_its_fact(store: AnyStore) -> None:
    store.write(released(plan(1)))

    def work(books: Books) -> None:
        start(books, op(1), "id-7")
        books.answer("id-7", '{"verdict": "ok"}')
        assert books.answered("id-7") == '{"verdict": "ok"}'

    store.write(work)

    answered, _ = store.write(lambda b: (b.answered("id-7"), b.answered("id-8")))
    assert answered == ('{"verdict": "ok"}', None)


def test_an_answer_needs_a_fact(store: AnyStore) -> None:
    with pytest.raises(LookupError):
        store.write(lambda b: b.answer("id-1", "{}"))


def test_history_is_the_newest_about_an_order(store: AnyStore) -> None:
    store.write(set_up)
    store.write(released(plan(1), plan(2)))
    store.write(lambda b: start(b, op(1)))
    store.write(recording(OrderHeld(wo(1), "crack"), ScanRefused("x", "held", op(1))))

    history = store.read(lambda i: i.history(wo(1), 3))

    assert [entry.rev for entry in history] == [12, 11, 10]
    assert len(store.read(lambda i: i.history(wo(1), 100))) == 5


def test_only_reports_of_the_floor_count_as_reported(store: AnyStore) -> None:
    store.write(set_up)
    store.write(released(plan(1)))
    store.write(lambda b: start(b, op(1)))
    rev = store.read(lambda i: i.revision())

    store.write(recording(OrderHeld(wo(1), "x"), TravelerRead(op(1)), ScanRefused("", "x", op(1))))
    looked = store.read(lambda i: i.reported_since(op(1), rev))

    def work(books: Books) -> bool:
        report(books, op(1), 1)
        return books.reported_since(op(1), rev)

    reported, _ = store.write(work)
    assert not looked
    assert reported
    assert store.read(lambda i: i.reported_since(op(1), rev - 1))
    assert not store.read(lambda i: i.reported_since(op(1, 20), 0))


def test_flagged_entries_are_the_newest_first(store: AnyStore) -> None:
    store.write(set_up)
    store.write(released(plan(1), plan(2)))
    store.write(lambda b: start(b, op(1), flags=("rerouted", "out_of_order")))
    store.write(recording(BadgeRead(ANN), actor=FLOOR))
    store.write(lambda b: start(b, op(2), flags=("already_done",)))

    flagged = store.read(lambda i: i.flagged(10))

    assert [entry.event.flags for entry in flagged] == [  # type: ignore[union-attr]  # Starts.
        ("already_done",),
        ("rerouted", "out_of_order"),
    ]
    assert store.read(lambda i: i.flagged(1)) == flagged[:1]


@pytest.mark.parametrize(
    "text", ["\x00\x1d\x1e\x04", "'; drop table journal; --", "Ω ÷ \U0001f600"]
)
def test_any_text_that_was_scanned_is_kept_as_it_came(store: AnyStore, text: str) -> None:
    store.write(set_up)

    refused = ScanRefused(text, "unknown-code", details={"text": text, "reason": "not-ours"})

    store.write(recording(refused, actor=FLOOR))

    (entry,) = store.read(lambda i: i.entries(5, 10))
    assert entry.event == refused
