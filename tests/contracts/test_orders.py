"""What every store promises about work orders."""

from dataclasses import replace
from datetime import date

import pytest

from server.domain.errors import UnknownOrder
from server.domain.events import OrderFreed, OrderHeld, OrderPlanned, OrderReplanned
from server.domain.operations import OperationState, RoutingStep
from server.domain.orders import OrderState, WorkOrder
from server.services.ports import Books
from tests.builders import (
    LATHE,
    MILL,
    NOON,
    WASH,
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


def test_an_order_comes_back_as_it_was_planned(store: AnyStore) -> None:
    step = RoutingStep(30, WASH, "wash & “dry”", (LATHE, MILL), 0.1, 0.333)
    planned = plan(1, priority=1, hot=True, description="Bügel 12×4")
    planned = replace(planned, routing=(*planned.routing, step))

    store.write(recording(OrderPlanned(planned)))

    assert store.read(lambda i: i.order(wo(1))) == WorkOrder.planned(planned)


def test_an_unknown_order_is_refused_or_none(store: AnyStore) -> None:
    with pytest.raises(UnknownOrder):
        store.read(lambda i: i.order(wo(1)))

    assert store.read(lambda i: i.find_order(wo(1))) is None


def test_an_order_comes_back_as_the_floor_has_it(store: AnyStore) -> None:
    store.write(set_up)
    store.write(released(plan(1)))

    def work(books: Books) -> WorkOrder:
        start(books, op(1))
        report(books, op(1), 4)
        return books.order(wo(1))

    kept, _ = store.write(work)

    order = store.read(lambda i: i.order(wo(1)))
    assert order == kept
    assert order.state is OrderState.RUNNING
    assert order.released_at == NOON
    assert order.released_at.utcoffset() == NOON.utcoffset()
    assert order.operation(10).crew == ("1001",)
    assert order.operation(10).started_at == NOON
    assert order.operation(20).arrived == 4
    assert order.operation(20).state is OperationState.READY


def test_a_rerouted_operation_keeps_the_plans_own_routing(store: AnyStore) -> None:
    store.write(released(plan(1)))

    store.write(lambda b: start(b, op(1), work_center=WASH))

    order = store.read(lambda i: i.order(wo(1)))
    assert order.plan == plan(1)
    assert order.operation(10).work_center == WASH
    assert order.operation(10).step.alternates == (LATHE,)


def test_a_new_plan_drops_operations_and_brings_others(store: AnyStore) -> None:
    store.write(released(plan(1, LATHE, MILL, WASH)))
    changed = replace(plan(1, LATHE, MILL), quantity=7, due=date(2027, 1, 31))

    store.write(recording(OrderReplanned(changed, ("quantity", "due", "routing"))))

    order = store.read(lambda i: i.order(wo(1)))
    assert order.plan == changed
    assert [operation.number for operation in order.operations] == [10, 20]
    assert order.operation(10).arrived == 7
    assert store.read(lambda i: i.dispatch_list(WASH)).rows == ()


def test_a_hold_lies_over_the_order_until_it_is_freed(store: AnyStore) -> None:
    store.write(released(plan(1)))

    store.write(recording(OrderHeld(wo(1), "drawing wrong")))
    held = store.read(lambda i: i.order(wo(1)))
    store.write(recording(OrderFreed(wo(1))))

    assert held.hold == "drawing wrong"
    assert held.state is OrderState.RELEASED
    assert store.read(lambda i: i.order(wo(1))).hold is None


def test_orders_wait_for_release_by_date_and_number(store: AnyStore) -> None:
    later = plan(1, planned_release=date(2026, 12, 1))
    store.write(recording(*(OrderPlanned(p) for p in (later, plan(3), plan(2)))))
    store.write(released(plan(4)))

    waiting = store.read(lambda i: i.planned_orders(2))

    assert [order.number for order in waiting] == [wo(2), wo(3)]
    assert waiting[0] == store.read(lambda i: i.order(wo(2)))
    assert store.read(lambda i: i.count_planned()) == 3


@pytest.mark.parametrize("text", ["WO002", "wo002", "p-2", "SHAFT 2", "shaft 2"])
def test_an_order_is_found_by_number_part_or_description(store: AnyStore, text: str) -> None:
    store.write(recording(*(OrderPlanned(plan(at)) for at in (1, 2, 3))))

    found = store.read(lambda i: i.search_orders(text, 10))

    assert found == (store.read(lambda i: i.order(wo(2))),)


@pytest.mark.parametrize(
    ("description", "text"), [("Größe 7", "GRÖSSE"), ("100 % steel", "0 %"), ("a_b", "A_B")]
)
def test_a_search_takes_every_sign_as_it_is(store: AnyStore, description: str, text: str) -> None:
    plans = (plan(1, description=description), plan(2, description="100 steel axb"))
    store.write(recording(*map(OrderPlanned, plans)))

    found = store.read(lambda i: i.search_orders(text, 10))

    assert [order.number for order in found] == [wo(1)]


def test_a_search_shows_open_orders_first_and_stops_at_its_limit(store: AnyStore) -> None:
    store.write(set_up)
    store.write(released(plan(1, LATHE), plan(2), plan(3)))
    store.write(lambda b: start(b, op(1)))
    store.write(lambda b: report(b, op(1), 10, completes=True))

    found = store.read(lambda i: i.search_orders("shaft", 10))
    few = store.read(lambda i: i.search_orders("shaft", 2))

    assert [order.number for order in found] == [wo(2), wo(3), wo(1)]
    assert found[2].state is OrderState.COMPLETED
    assert few == found[:2]
