"""Loads the demo plant into an empty store, in one unit of work."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from server.demo.history import Happening, happenings
from server.demo.orders import plans
from server.demo.people import (
    ADMINISTRATOR,
    DISPATCHER,
    ENROLMENT_CODE,
    OPERATORS,
    PASSWORDS,
    WORK_CENTERS,
)
from server.domain import sequence
from server.domain.events import (
    ListResequenced,
    OperationStarted,
    OperatorKept,
    OrderHeld,
    OrderPlanned,
    OrderReleased,
    QuantityReported,
    StationKept,
    WorkCenterKept,
)
from server.domain.floor import before
from server.domain.names import StationName
from server.domain.operations import Quantities
from server.domain.orders import Plan
from server.domain.plant import SYSTEM, Actor
from server.services import accounts
from server.services.paper import Issue, issue_sheet
from server.services.ports import Books, Inquiries, Plant, Store
from server.services.stations import fingerprint

DISPATCHING = Actor(account=DISPATCHER.name)
SETUP_AGO = timedelta(days=14)
CODE_LASTS = timedelta(days=365)
FEW, SCRAP_CHANCE, COPY_CHANCE = 5, 0.12, 0.02
WHY_HELD = "Waiting for the customer: change of the drawing"


def is_empty(plant: Plant) -> bool:
    """Tell whether nothing has ever happened at a plant."""
    return plant.store.read(lambda books: books.revision()) == 0


def is_demo(store: Store) -> bool:
    """Tell whether a plant is the demo: set up with the demo's work centers and operators."""

    def work(books: Inquiries) -> bool:
        places = {work_center.name for work_center in books.work_centers()}
        badges = {operator.badge for operator in books.operators()}
        ours = {work_center.name for work_center in WORK_CENTERS}
        return ours <= places and {operator.badge for operator in OPERATORS} <= badges

    return store.read(work)


def load_demo(plant: Plant, seed: int) -> None:
    """Fill an empty store with the demo plant; the same seed and day give the same plant."""
    now = plant.now().replace(second=0, microsecond=0)
    dice = random.Random(seed)
    orders = plans(dice, plant.rules.today(now))
    story = happenings(dice, orders, now)

    def work(books: Books) -> None:
        began = now - SETUP_AGO
        _set_up(books, plant)
        for plan in orders:
            books.record(OrderPlanned(plan), SYSTEM, began)
        for happening in story:
            _happen(books, happening, dice)
        _sequence(books, plant, now - timedelta(minutes=40))
        _hold(books, orders[len(orders) // 4 :], now - timedelta(minutes=25))

    plant.store.write(work)
    accounts.create_first_account(plant, ADMINISTRATOR, PASSWORDS[ADMINISTRATOR.name])
    accounts.add_account(plant, ADMINISTRATOR, DISPATCHER, PASSWORDS[DISPATCHER.name])


def _set_up(books: Books, plant: Plant) -> None:
    at = plant.now() - SETUP_AGO
    until = plant.now() + CODE_LASTS
    for work_center in WORK_CENTERS:
        books.record(WorkCenterKept(work_center), SYSTEM, at)
        station = StationName(work_center.name)
        books.record(StationKept(station, work_center.name), SYSTEM, at)
        books.keep_enrolment(station, fingerprint(ENROLMENT_CODE), until)
    for operator in OPERATORS:
        books.record(OperatorKept(operator), SYSTEM, at)


def _happen(books: Books, happening: Happening, dice: random.Random) -> None:
    """Record one happening as the desk or a station would have."""
    number = happening.operation.order
    if happening.verb == "release":
        books.record(OrderReleased(number), DISPATCHING, happening.at)
        issue_sheet(books, books.order(number), Issue(DISPATCHING, happening.at, "release"))
        return
    operation = books.order(number).operation(happening.operation.number)
    badge = happening.badge
    if badge is None:
        return
    station = Actor(station=StationName(operation.work_center), badge=badge)
    if happening.verb == "start":
        current = [s.serial for s in books.sheets(number) if s.is_current]
        # Now and then somebody works from a copy that has no number.
        copied = dice.random() < COPY_CHANCE
        started = OperationStarted(
            operation.id,
            badge,
            operation.work_center,
            before(operation),
            sheet=None if copied else current[0],
            flags=("uncontrolled_paper",) if copied else (),
        )
        books.record(started, station, happening.at)
        return
    scrap = 1 if operation.arrived > FEW and dice.random() < SCRAP_CHANCE else 0
    pieces = Quantities(operation.arrived - scrap, scrap)
    reason = "dimension" if scrap else ""
    finished = QuantityReported(
        operation.id, badge, pieces, completes=True, before=before(operation), scrap_reason=reason
    )
    books.record(finished, station, happening.at)


def _sequence(books: Books, plant: Plant, at: datetime) -> None:
    """Put every list in the order of the due dates, as the dispatcher did this morning."""
    for work_center in WORK_CENTERS:
        listed = books.dispatch_list(work_center.name)
        order = tuple(row.operation for row in listed.rows)
        lines = books.lines(work_center.name, plant.rules.due_at)
        running = frozenset(line.operation for line in lines if line.is_running)
        wanted = (*running, *sequence.by_rule(sequence.Rule.EDD, lines, at))
        after = sequence.arrange(order, frozenset(), tuple(dict.fromkeys(wanted)))
        moved = sequence.moved(order, after)
        if moved:
            event = ListResequenced(
                work_center.name, sequence.Rule.EDD, order, after, moved, listed.version
            )
            books.record(event, DISPATCHING, at)


def _hold(books: Books, plans: Sequence[Plan], at: datetime) -> None:
    """Hold the first order that is on the floor and not being worked on."""
    for plan in plans:
        order = books.order(plan.number)
        if order.is_on_the_floor and not any(o.is_running for o in order.operations):
            books.record(OrderHeld(plan.number, WHY_HELD), DISPATCHING, at)
            return
