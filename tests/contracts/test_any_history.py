"""Whatever happens on the floor: every store has the same answers, and the journal explains all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.events import ListResequenced
from server.domain.floor import MemoryFloor, replay
from server.domain.names import OperationId, WorkCenterName
from server.domain.rows import ListDelta, Row
from server.services.ports import Books, Change, Inquiries
from tests.builders import AT_LATHE, plan, released, set_up, wo
from tests.conftest import AnyStore, NewStore
from tests.contracts.facts import WORK_CENTERS, Fact, Happenings
from tests.fakes.memory_books import MemoryBooks
from tests.fakes.memory_store import MemoryStore

Shown = dict[WorkCenterName, dict[OperationId, Row]]


class GaveUpError(RuntimeError):
    """A unit of work that came to nothing."""


def recording_again(facts: Sequence[Fact], *, gives_up: bool) -> Callable[[Books], None]:
    """Return a unit of work that records facts and may give up at its very end."""

    def work(books: Books) -> None:
        for fact in facts:
            books.record(fact.event, fact.actor, fact.at, fact.id)
        if gives_up:
            raise GaveUpError

    return work


def drawn(data: st.DataObject, model: MemoryStore) -> tuple[list[Fact], bool]:
    """Return the facts of a unit of work, each drawn on the state that it finds."""
    facts: list[Fact] = []
    size, gives_up = data.draw(st.integers(1, 4)), data.draw(st.integers(0, 9)) == 0

    def rehearse(books: Books) -> None:
        assert isinstance(books, MemoryBooks)
        for _ in range(size):
            fact = happenings.fact(books)
            facts.append(fact)
            books.record(fact.event, fact.actor, fact.at, fact.id)
            if isinstance(fact.event, ListResequenced):
                break
        raise GaveUpError

    happenings = Happenings(data.draw, first=model.read(lambda i: i.revision()) + 1)
    with pytest.raises(GaveUpError):
        model.write(rehearse)
    return facts, gives_up


def told(store: AnyStore, facts: Sequence[Fact], *, gives_up: bool) -> Change | None:
    """Return what a store tells after a unit of work; None when the unit gave up."""
    work = recording_again(facts, gives_up=gives_up)
    if gives_up:
        with pytest.raises(GaveUpError):
            store.write(work)
        return None
    return store.write(work)[1]


def show(shown: Shown, delta: ListDelta) -> None:
    """Change what a screen shows as a delta says, the way a screen would."""
    rows = shown.setdefault(delta.work_center, {})
    for operation in delta.gone:
        rows.pop(operation, None)
    for row in delta.rows:
        was = rows[row.operation] if row.rank is None else row
        rows[row.operation] = replace(row, rank=was.rank, placed=was.placed)
    for rank, operation in enumerate(delta.order or (), start=1):
        if operation in rows:
            rows[operation] = replace(rows[operation], rank=rank)
    for operation in delta.moved:
        if operation in rows:
            rows[operation] = replace(rows[operation], placed=delta.placed)


def due_at(due: date) -> datetime:
    """Return the moment that a due date ends."""
    return datetime.combine(due, time(23), UTC)


def everything(inquiries: Inquiries) -> list[object]:
    """Return the answers to every question about orders, lists, the journal and the plant."""
    orders = [inquiries.find_order(wo(at)) for at in range(40)]
    entries = inquiries.entries(0, 1000)
    return [
        *(inquiries.revision(), entries, orders, inquiries.flagged(9), inquiries.loads()),
        *(inquiries.planned_orders(5), inquiries.search_orders("o0", 7), inquiries.count_planned()),
        *(inquiries.work_centers(), inquiries.operators(), inquiries.station(AT_LATHE)),
        *([inquiries.sheets(wo(at)), inquiries.history(wo(at), 4)] for at in range(6)),
        *(inquiries.dispatch_list(name) for name in WORK_CENTERS),
        *(inquiries.last_resequence(name) for name in WORK_CENTERS),
        *(inquiries.resequences_since(name, 2) for name in WORK_CENTERS),
        *(
            inquiries.reported_since(operation.id, inquiries.revision() // 2)
            for order in orders
            if order
            for operation in order.operations
        ),
    ]


def assert_equal_lines(model: Inquiries, real: Inquiries) -> None:
    """Compare what the rules look at; a database may add up minutes in another order."""
    for name in WORK_CENTERS:
        for one, other in zip(model.lines(name, due_at), real.lines(name, due_at), strict=True):
            assert other.minutes == pytest.approx(one.minutes)
            assert other.remaining_minutes == pytest.approx(one.remaining_minutes)
            rounded = replace(one, minutes=other.minutes)
            assert replace(rounded, remaining_minutes=other.remaining_minutes) == other


def assert_state_is_a_function_of_the_journal(inquiries: Inquiries) -> None:
    """Compare the tables with what their journal amounts to."""
    floor: MemoryFloor = replay(inquiries.entries(0, 1000))
    assert [inquiries.order(number) for number in floor.orders] == list(floor.orders.values())
    assert [inquiries.sheet(serial) for serial in floor.sheets] == list(floor.sheets.values())
    for name in WORK_CENTERS:
        rows = inquiries.dispatch_list(name).rows
        assert tuple(row.operation for row in rows) == floor.listed(name)
        places = [floor.places[row.operation] for row in rows]
        assert [(row.rank, row.placed) for row in rows] == [(p.rank, p.placed) for p in places]


@pytest.mark.slow
@pytest.mark.timeout(120)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_store_tells_and_answers_what_the_journal_amounts_to(
    new_store: NewStore, data: st.DataObject
) -> None:
    model, store = MemoryStore(), new_store()
    shown: Shown = {}
    for begin in (set_up, released(*map(plan, range(4)))):
        began = model.write(begin)[1]
        assert store.write(begin)[1] == began
        for delta in began.lists:
            show(shown, delta)

    for _ in range(data.draw(st.integers(3, 20))):
        facts, gives_up = drawn(data, model)
        expected = told(model, facts, gives_up=gives_up)
        change = told(store, facts, gives_up=gives_up)
        assert change == expected
        for delta in change.lists if change is not None else ():
            show(shown, delta)

    real, right = store.read(everything), model.read(everything)
    assert real == right
    store.read(assert_state_is_a_function_of_the_journal)
    store.read(lambda i: model.read(lambda m: assert_equal_lines(m, i)))
    for dispatch_list in store.read(lambda i: [i.dispatch_list(name) for name in WORK_CENTERS]):
        rows = {row.operation: row for row in dispatch_list.rows}
        assert rows == shown.get(dispatch_list.work_center, {})
