"""What every store promises about units of work."""

import pytest

from server.domain.errors import UnknownOrder
from server.domain.events import OrderPlanned, OrderReleased, StationRevoked
from server.services.ports import Books
from tests.builders import AT_LATHE, DISPATCHER, NOON, plan, recording, released, set_up, wo
from tests.conftest import AnyStore


def test_an_empty_store_is_ready_and_has_seen_nothing(store: AnyStore) -> None:
    assert store.answers()
    assert store.is_ready()
    assert store.read(lambda i: i.revision()) == 0
    assert store.read(lambda i: i.entries(0, 10)) == ()


def test_a_unit_of_work_returns_its_result_and_what_it_changed(store: AnyStore) -> None:
    def work(books: Books) -> str:
        recording(OrderPlanned(plan(1)), OrderReleased(wo(1)))(books)
        return "done"

    result, change = store.write(work)

    assert result == "done"
    assert change.rev == 2
    assert [entry.rev for entry in change.entries] == [1, 2]
    assert change.entries == store.read(lambda i: i.entries(0, 10))


def test_a_unit_of_work_that_raises_changes_nothing(store: AnyStore) -> None:
    store.write(set_up)

    def work(books: Books) -> None:
        released(plan(1))(books)
        books.next_serials(5)
        books.note_contact(AT_LATHE, NOON)
        books.order(wo(99))

    with pytest.raises(UnknownOrder):
        store.write(work)

    assert store.read(lambda i: i.find_order(wo(1))) is None
    assert store.read(lambda i: i.revision()) == 5
    assert store.read(lambda i: i.station(AT_LATHE)).contact_at is None
    assert store.write(lambda b: b.next_serials(1))[0] == ("1000001",)


def test_a_unit_of_work_sees_what_it_has_done(store: AnyStore) -> None:
    def work(books: Books) -> None:
        released(plan(1))(books)
        assert books.revision() == 2
        assert books.order(wo(1)).is_on_the_floor
        assert books.history(wo(1), 1)[0].rev == 2
        assert [order.number for order in books.search_orders("wo001", 5)] == [wo(1)]
        assert books.count_planned() == 0

    store.write(work)


def test_a_unit_of_work_without_facts_leaves_the_revision_alone(store: AnyStore) -> None:
    store.write(set_up)

    _, change = store.write(lambda b: b.note_seen(AT_LATHE, 7, NOON))

    assert change.rev == 5
    assert change.entries == ()
    assert change.lists == ()


def test_what_a_unit_of_work_changes_beside_the_floor_is_no_list_change(store: AnyStore) -> None:
    store.write(set_up)

    _, change = store.write(lambda b: b.record(StationRevoked(AT_LATHE), DISPATCHER, NOON))

    assert len(change.entries) == 1
    assert change.lists == ()


def test_serials_never_come_twice_and_never_begin_with_zero(store: AnyStore) -> None:
    first, _ = store.write(lambda b: b.next_serials(2))
    then, _ = store.write(lambda b: b.next_serials(3))

    assert first == ("1000001", "1000002")
    assert then == ("1000003", "1000004", "1000005")
