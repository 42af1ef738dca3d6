"""The demo plant: believable, repeatable, and made of nothing but facts."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from server.demo.load import is_demo, is_empty, load_demo
from server.demo.orders import plans
from server.demo.people import OPERATORS, WORK_CENTERS
from server.domain.floor import replay
from server.domain.orders import OrderState, WorkOrder
from server.domain.rows import DispatchList
from server.services.ports import Plant
from tests.fakes.memory_store import MemoryStore
from tests.workshop import Clock, IdlePress, Listener, a_plant

SEED = 1


def demo(seed: int = SEED) -> Plant:
    """Return a demo plant on a store in memory."""
    plant = Plant(MemoryStore(), Listener(), IdlePress(), Clock())
    load_demo(plant, seed)
    return plant


@pytest.fixture(scope="module")
def plant() -> Plant:
    """Return the demo plant of the first seed."""
    return demo()


def orders_of(plant: Plant) -> tuple[WorkOrder, ...]:
    """Return every order of a plant."""
    return plant.store.read(lambda books: books.search_orders("WO", 1000))


def lists_of(plant: Plant) -> dict[str, DispatchList]:
    """Return every dispatch list of a plant."""
    return plant.store.read(
        lambda books: {w.name: books.dispatch_list(w.name) for w in books.work_centers()}
    )


def test_it_has_twelve_work_centers_in_four_departments_and_24_operators_in_shifts() -> None:
    departments = {work_center.department for work_center in WORK_CENTERS}

    assert (len(WORK_CENTERS), len(departments), len(OPERATORS)) == (12, 4, 24)
    assert len({operator.badge for operator in OPERATORS}) == len(OPERATORS)
    assert {operator.shift for operator in OPERATORS} == {"early", "late"}


def test_it_has_150_orders_of_three_to_nine_operations(plant: Plant) -> None:
    lengths = [len(order.operations) for order in orders_of(plant)]

    assert len(lengths) == 150
    assert (min(lengths), max(lengths)) == (3, 9)


def test_some_are_due_today_some_late_some_running_some_hot(plant: Plant) -> None:
    orders = orders_of(plant)
    today = plant.rules.today(plant.now())
    unfinished = [order for order in orders if order.state is not OrderState.COMPLETED]
    states = Counter(order.state for order in orders)

    assert any(order.plan.due == today for order in unfinished)
    assert any(order.plan.due < today for order in unfinished)
    assert any(order.plan.hot for order in unfinished)
    assert set(states) >= {OrderState.PLANNED, OrderState.RUNNING, OrderState.COMPLETED}
    overdue = [o for o in unfinished if o.plan.planned_release < today]
    assert any(order.state is OrderState.PLANNED for order in overdue)


def test_one_is_held_and_some_reports_are_flagged(plant: Plant) -> None:
    assert [order.hold for order in orders_of(plant) if order.hold]
    assert plant.store.read(lambda books: books.flagged(10))


def test_the_same_seed_and_day_give_the_same_plant(plant: Plant) -> None:
    again = demo()

    assert orders_of(again) == orders_of(plant)
    assert lists_of(again) == lists_of(plant)


def test_another_seed_gives_another_plant(plant: Plant) -> None:
    assert orders_of(demo(SEED + 1)) != orders_of(plant)


def test_its_state_is_what_its_journal_amounts_to(plant: Plant) -> None:
    floor = replay(plant.store.read(lambda books: books.entries(0, 10_000)))

    assert list(floor.orders.values()) == sorted(orders_of(plant), key=lambda o: o.number)
    for name, listed in lists_of(plant).items():
        assert floor.listed(listed.work_center) == tuple(row.operation for row in listed.rows), name


def test_a_running_operation_leads_its_list(plant: Plant) -> None:
    for listed in lists_of(plant).values():
        running = [row.state.value == "running" for row in listed.rows]
        assert running == sorted(running, reverse=True), listed.work_center


def test_what_it_plans_is_dated_around_the_day() -> None:
    plant = a_plant()
    today = plant.rules.today(plant.now())

    dues = [plan.due for plan in plans(random.Random(SEED), today)]

    assert min(dues) >= today - timedelta(days=6)
    assert max(dues) <= today + timedelta(days=20)


def test_it_is_told_from_a_plant_that_is_none(plant: Plant) -> None:
    other = a_plant()

    assert is_demo(plant.store)
    assert not is_demo(other.store)
    assert not is_empty(plant)
