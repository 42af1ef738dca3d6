"""Release: authorising production, with its checks, its paper, and holds.

The flow chart is in docs/algorithms/release.md: change both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.errors import AlreadyReleased, ReasonNeeded, Refusal, ReleaseChecksFailed
from server.domain.events import OrderFreed, OrderHeld, OrderReleased, Override
from server.domain.names import OrderNumber
from server.domain.orders import OrderState, WorkOrder
from server.domain.plant import Account, Actor
from server.domain.release import Check, failed, release_checks
from server.services.paper import Issue, issue_traveler
from server.services.ports import Books, Inquiries, Plant, Rules
from server.services.rights import Right, require


@dataclass(frozen=True, slots=True)
class DueForRelease:
    """An order that waits for release, and what its checks say."""

    order: WorkOrder
    checks: tuple[Check, ...]
    days_late: int
    """Days since its planned release date; negative while it is ahead."""


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a release of one or many orders."""

    released: tuple[OrderNumber, ...]
    refused: tuple[tuple[OrderNumber, Refusal], ...]
    jobs: tuple[int, ...]
    """The print jobs of the travelers, in the order of `released`."""


def due_for_release(plant: Plant, by: Account, limit: int = 500) -> tuple[DueForRelease, ...]:
    """Return the orders that wait for release, the latest first, with their checks."""
    require(by, Right.INQUIRE)
    now = plant.now()
    today = plant.rules.today(now)

    def work(books: Inquiries) -> tuple[DueForRelease, ...]:
        known = {w.name for w in books.work_centers()}
        return tuple(
            DueForRelease(
                order,
                release_checks(order, known, now, plant.rules.due_at(order.plan.due)),
                (today - order.plan.planned_release).days,
            )
            for order in books.planned_orders(limit)
        )

    return plant.store.read(work)


def release(plant: Plant, by: Account, numbers: Sequence[OrderNumber], reason: str) -> Released:
    """Release orders; one that may not be released does not stop the others.

    Failed checks are overridden only when a reason is given, and the reason is kept.
    """
    actor = require(by, Right.RELEASE)
    now = plant.now()

    def work(books: Books) -> Released:
        batch = _Batch(books, plant.rules, actor, now, reason.strip())
        released: list[OrderNumber] = []
        refused: list[tuple[OrderNumber, Refusal]] = []
        jobs: list[int] = []
        for number in dict.fromkeys(numbers):
            try:
                jobs.append(batch.release(number))
                released.append(number)
            except Refusal as refusal:
                refused.append((number, refusal))
        return Released(tuple(released), tuple(refused), tuple(jobs))

    done = plant.change(work)
    if done.jobs:
        plant.press.wake()
    return done


class _Batch:
    """Orders released together: one moment, one person, one reason."""

    def __init__(
        self, books: Books, rules: Rules, actor: Actor, now: datetime, reason: str
    ) -> None:
        self._books = books
        self._rules = rules
        self._issue = Issue(actor, now, "release")
        self._reason = reason
        self._known = {w.name for w in books.work_centers()}

    def release(self, number: OrderNumber) -> int:
        """Release one order and print its traveler; raise the Refusal before anything is done."""
        order = self._books.order(number)
        if order.state is not OrderState.PLANNED:
            raise AlreadyReleased(number, order.state)
        now = self._issue.at
        due_at = self._rules.due_at(order.plan.due)
        names = failed(release_checks(order, self._known, now, due_at))
        if names and (not self._reason or "routing" in names):
            raise ReleaseChecksFailed(number, names)
        overrides = tuple(Override(name, self._reason) for name in names)
        self._books.record(OrderReleased(number, overrides), self._issue.actor, now)
        return issue_traveler(self._books, self._rules, self._books.order(number), self._issue)


def hold(plant: Plant, by: Account, number: OrderNumber, why: str) -> None:
    """Stop an order: nothing of it can be started until it is freed."""
    actor = require(by, Right.HOLD)
    if not why.strip():
        raise ReasonNeeded("hold")

    def work(books: Books) -> None:
        books.order(number)
        books.record(OrderHeld(number, why.strip()), actor, plant.now())

    plant.change(work)


def free(plant: Plant, by: Account, number: OrderNumber) -> None:
    """Take the hold of an order away."""
    actor = require(by, Right.HOLD)

    def work(books: Books) -> None:
        if books.order(number).hold is not None:
            books.record(OrderFreed(number), actor, plant.now())

    plant.change(work)
