"""A small workshop for tests of rules and services: plans, orders, and a plant ready to work."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.domain.events import Event, OperatorKept, StationKept, WorkCenterKept
from server.domain.names import (
    AccountName,
    BadgeNumber,
    OperationId,
    OrderNumber,
    StationName,
    WorkCenterName,
)
from server.domain.operations import Operation, RoutingStep
from server.domain.orders import Plan, WorkOrder
from server.domain.plant import SYSTEM, Account, Actor, Operator, Role, WorkCenter
from server.services.ports import Books, Change, Plant, Rules, Store
from server.store import SqlStore
from tests.fakes.memory_store import MemoryStore

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = NOON.date()
ORDER = OrderNumber("WO100245")
LATHE, MILL, BENCH = (WorkCenterName(name) for name in ("LATHE-2", "MILL-1", "BENCH"))
ANNA, BEN = BadgeNumber("4101"), BadgeNumber("4102")
DISPATCHER = Account(AccountName("dora"), Role.DISPATCHER, "Dora")
ADMINISTRATOR = Account(AccountName("adam"), Role.ADMINISTRATOR, "Adam")

KIND_OF_STORE = os.environ.get("TEST_FLOORLINE_STORE", "memory")
"""Where the plants of this run keep their state: memory, sqlite or postgresql."""


@dataclass(slots=True)
class Shelf:
    """Where plants take their empty stores from; `tests/conftest.py` fills it for every test."""

    new: Callable[[], MemoryStore | SqlStore] = MemoryStore


SHELF = Shelf()


def empty_store() -> MemoryStore | SqlStore:
    """Return an empty store of the kind that was chosen for this run."""
    return SHELF.new()


def examples(usual: int) -> int:
    """Return how many examples to draw: fewer where every one of them fills a database."""
    return usual if KIND_OF_STORE == "memory" else max(2, usual // 8)


def step(number: int = 10, work_center: str = LATHE, **planned: Any) -> RoutingStep:
    """Return a routing step with standards that pass the release checks."""
    usual: dict[str, Any] = {"setup_minutes": 20.0, "run_minutes": 3.0}
    return RoutingStep(number, WorkCenterName(work_center), **usual | planned)


def routing(*work_centers: str) -> tuple[RoutingStep, ...]:
    """Return the steps 010, 020, … at these work centers."""
    return tuple(step(10 * at, name) for at, name in enumerate(work_centers, start=1))


def plan(number: str = ORDER, **planned: Any) -> Plan:
    """Return the plan of ten shafts over lathe, mill and bench, due in four days."""
    usual: dict[str, Any] = {
        "part": "P-7001",
        "revision": "C",
        "description": "Shaft",
        "quantity": 10,
        "due": date(2026, 11, 6),
        "planned_release": TODAY,
        "routing": routing(LATHE, MILL, BENCH),
    }
    return Plan(OrderNumber(number), **usual | planned)


def order(number: str = ORDER, **planned: Any) -> WorkOrder:
    """Return the released order of a plan."""
    return WorkOrder.planned(plan(number, **planned)).released(NOON)


def with_operation(whole: WorkOrder, number: int, **stands: Any) -> WorkOrder:
    """Return the order with one operation standing as given, and what follows from that."""

    def change(operation: Operation) -> Operation:
        return replace(operation, **stands)

    return whole.with_operation(number, change)


def operation_id(number: int = 10, order_number: str = ORDER) -> OperationId:
    """Return what identifies an operation."""
    return OperationId(OrderNumber(order_number), number)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until a test lets time pass."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.at

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


@dataclass(slots=True)
class Listener:
    """An announcer that keeps what it was told."""

    told: list[Change] = field(default_factory=list)

    def tell(self, change: Change) -> None:
        """Keep a change."""
        self.told.append(change)


@dataclass(slots=True)
class IdlePress:
    """A press that only counts how often it was woken."""

    woken: int = 0

    def wake(self) -> None:
        """Count."""
        self.woken += 1

    def is_ready(self) -> bool:
        """Tell whether a worker is there to render."""
        return True


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a plant in a test, so that the test can look at it."""

    store: Store = field(default_factory=empty_store)
    announcer: Listener = field(default_factory=Listener)
    press: IdlePress = field(default_factory=IdlePress)
    now: Callable[[], datetime] = field(default_factory=Clock)


def a_plant(around: Around | None = None, rules: Rules | None = None) -> Plant:
    """Return a plant of three work centers, each with a station of its name, and two operators."""
    by = around or Around()
    plant = Plant(by.store, by.announcer, by.press, by.now, rules or Rules())
    facts: list[Event] = [WorkCenterKept(WorkCenter(name)) for name in (LATHE, MILL, BENCH)]
    facts += [StationKept(StationName(name), name) for name in (LATHE, MILL, BENCH)]
    facts += [OperatorKept(Operator(ANNA, "Anna")), OperatorKept(Operator(BEN, "Ben"))]
    record(plant, *facts)
    return plant


def record(plant: Plant, *facts: Event, actor: Actor = SYSTEM) -> None:
    """Write facts into a plant's journal."""

    def work(books: Books) -> None:
        for fact in facts:
            books.record(fact, actor, plant.now())

    plant.change(work)
