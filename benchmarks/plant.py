"""A large plant for measuring, written straight into a store."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from server.domain.events import (
    OperationStarted,
    OperatorKept,
    OrderPlanned,
    OrderReleased,
    StationKept,
    WorkCenterKept,
)
from server.domain.floor import before
from server.domain.names import (
    AccountName,
    BadgeNumber,
    OperationId,
    OrderNumber,
    StationName,
    WorkCenterName,
)
from server.domain.operations import RoutingStep
from server.domain.orders import Plan
from server.domain.plant import SYSTEM, Account, Actor, Operator, Role, WorkCenter
from server.services import accounts
from server.services.ports import Books, Change, Plant
from server.services.stations import fingerprint
from server.store import open_store

PASSWORD = "benchmark-only"  # noqa: S105 - of a plant that lives as long as the measurement.
BADGE = BadgeNumber("4101")
STEPS = 8
ENDLESS = 1_000_000
"""Pieces of an order that no measurement gets done."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a plant is."""

    work_centers: int = 50
    stations: int = 0
    released: int = 0
    planned: int = 0


class Nobody:
    """An announcer and a press for a plant that nobody watches."""

    def tell(self, change: Change) -> None:
        """Say nothing."""

    def wake(self) -> None:
        """Print nothing."""

    def is_ready(self) -> bool:
        """Tell that nothing is missing."""
        return True


def name(at: int) -> WorkCenterName:
    """Return the name of a work center."""
    return WorkCenterName(f"WC-{at:03d}")


def station(at: int) -> StationName:
    """Return the name of a station."""
    return StationName(f"ST-{at:03d}")


def token(at: int) -> str:
    """Return the token of a station's device."""
    return f"token-of-station-{at:03d}"


def running(at: int) -> OperationId:
    """Return the endless operation that runs at a station."""
    return OperationId(OrderNumber(f"RUN{at:04d}"), 10)


def build(folder: Path, size: Size) -> str:
    """Write a plant into an SQLite file of a data folder; return the database's URL."""
    url = f"sqlite:///{folder / 'floorline.db'}"
    store = open_store(url)
    nobody = Nobody()
    plant = Plant(store, nobody, nobody, _now)
    store.write(lambda books: _fill(books, size, _now()))
    admin = Account(AccountName("admin"), Role.ADMINISTRATOR)
    accounts.create_first_account(plant, admin, PASSWORD)
    store.close()
    return url


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a measurement has a clock of its own.


def _fill(books: Books, size: Size, now: datetime) -> None:
    for at in range(size.work_centers):
        books.record(WorkCenterKept(WorkCenter(name(at), frozen=1)), SYSTEM, now)
    books.record(OperatorKept(Operator(BADGE, "Anna Berg")), SYSTEM, now)
    for at in range(size.stations):
        books.record(StationKept(station(at), name(at % size.work_centers)), SYSTEM, now)
        books.keep_token(station(at), fingerprint(token(at)), now)
        plan = _plan(running(at).order, at, size.work_centers, ENDLESS)
        _release(books, plan, now)
        operation = books.order(plan.number).operation(10)
        started = OperationStarted(
            operation.id, BADGE, operation.work_center, before(operation), None
        )
        books.record(started, Actor(station=station(at), badge=BADGE), now)
    for at in range(size.released):
        _release(books, _plan(OrderNumber(f"WO{at:06d}"), at, size.work_centers, 10), now)
    for at in range(size.planned):
        plan = _plan(OrderNumber(f"PL{at:06d}"), at, size.work_centers, 10)
        books.record(OrderPlanned(plan), SYSTEM, now)


def _release(books: Books, plan: Plan, now: datetime) -> None:
    books.record(OrderPlanned(plan), SYSTEM, now)
    books.record(OrderReleased(plan.number), SYSTEM, now)


def _plan(number: OrderNumber, at: int, work_centers: int, quantity: int) -> Plan:
    due = date(2030, 1, 1) + timedelta(days=at % 200)
    routing = tuple(
        RoutingStep(
            10 * (step + 1), name((at + step) % work_centers), f"Step {step}", (), 5.0, 0.01
        )
        for step in range(STEPS)
    )
    part = f"PART-{at % 97}"
    return Plan(number, part, "A", "Measured part", quantity, due, due, routing=routing)
