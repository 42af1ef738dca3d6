"""The order of a dispatch list: moves, dispatch rules, and what may not move.

Formulas: smaller index first. t now, d due, p minutes of this operation, R remaining minutes of
the order including this operation, n remaining operations.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.errors import Frozen, NotOnTheList
from server.domain.names import OperationId

Order = tuple[OperationId, ...]
"""The operations of a dispatch list, first to be worked on first."""


class Rule(StrEnum):
    """The dispatch rules a dispatcher can apply with one click."""

    FCFS = "fcfs"
    EDD = "edd"
    SPT = "spt"
    CRITICAL_RATIO = "critical-ratio"
    SLACK = "slack"
    """Slack per operation."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the rules look at of one operation on a dispatch list."""

    operation: OperationId
    arrived_at: datetime
    """When it came to the list (release of its order)."""
    due_at: datetime
    hot: bool
    is_running: bool
    minutes: float
    remaining_minutes: float
    remaining_operations: int


def fixed(lines: Sequence[Line], frozen: int) -> frozenset[OperationId]:
    """Return what may not move: all that runs, and the top `frozen` of the rest."""
    running = [line.operation for line in lines if line.is_running]
    waiting = [line.operation for line in lines if not line.is_running]
    return frozenset([*running, *waiting[:frozen]])


def move(
    order: Order, still: Collection[OperationId], operation: OperationId, before: OperationId | None
) -> Order:
    """Return the order with one operation just before another, or last when `before` is None.

    What is fixed keeps its place in the list exactly; raise Frozen when the operation is fixed
    itself or would have to go above something fixed, NotOnTheList when either is not there.
    """
    for one in (operation, before):
        if one is not None and one not in order:
            raise NotOnTheList(one)
    if operation in still:
        raise Frozen(operation)
    if before is not None and before in still:
        raise Frozen(before)
    free = [o for o in order if o not in still and o != operation]
    at = len(free) if before is None else free.index(before) if before != operation else None
    if at is None:
        return order
    return _around(order, still, [*free[:at], operation, *free[at:]])


def arrange(order: Order, still: Collection[OperationId], wanted: Sequence[OperationId]) -> Order:
    """Return the order that comes nearest to the one wanted without moving what is fixed.

    What the wish does not name keeps its order and comes last; what it names that is no longer
    on the list is passed over. So any wish gives a permutation of the list.
    """
    free = [o for o in order if o not in still]
    named = [o for o in dict.fromkeys(wanted) if o in set(free)]
    rest = [o for o in free if o not in set(named)]
    return _around(order, still, [*named, *rest])


def _around(order: Order, still: Collection[OperationId], free: Sequence[OperationId]) -> Order:
    """Return the free operations in their new order, around those that stay in their places."""
    following = iter(free)
    return tuple(o if o in still else next(following) for o in order)


def moved(before: Order, after: Order) -> Order:
    """Return the fewest operations whose move explains a new order, in the new order.

    These are all that are not on a longest common run of the two orders.
    """
    place = {operation: at for at, operation in enumerate(before)}
    kept = set(_longest_increasing([place[o] for o in after if o in place]))
    return tuple(o for o in after if o not in place or place[o] not in kept)


def _longest_increasing(numbers: Sequence[int]) -> list[int]:
    """Return one longest increasing subsequence (patience sorting)."""
    tops: list[int] = []
    behind: dict[int, int | None] = {}
    for number in numbers:
        at = next((i for i, top in enumerate(tops) if top >= number), len(tops))
        behind[number] = tops[at - 1] if at else None
        tops[at : at + 1] = [number]
    run: list[int] = []
    number_or_none: int | None = tops[-1] if tops else None
    while number_or_none is not None:
        run.append(number_or_none)
        number_or_none = behind[number_or_none]
    return run[::-1]


def by_rule(rule: Rule, lines: Sequence[Line], now: datetime) -> Order:
    """Return the operations as a dispatch rule orders them; hot ones first, ties as they were."""
    index = RULES[rule]
    ranked = sorted(lines, key=lambda line: (not line.hot, *index(line, now)))
    return tuple(line.operation for line in ranked)


Index = Callable[[Line, datetime], tuple[float, ...]]


def _fcfs(line: Line, now: datetime) -> tuple[float, ...]:
    return ((line.arrived_at - now).total_seconds(),)


def _edd(line: Line, now: datetime) -> tuple[float, ...]:
    return ((line.due_at - now).total_seconds(),)


def _spt(line: Line, now: datetime) -> tuple[float, ...]:
    del now
    return (line.minutes,)


def _critical_ratio(line: Line, now: datetime) -> tuple[float, ...]:
    """Past due comes first, the latest with the most left ahead: a ratio means nothing there."""
    left = (line.due_at - now).total_seconds() / 60
    if left <= 0:
        return (0, left - line.remaining_minutes)
    return (1, left / max(line.remaining_minutes, 1.0))


def _slack(line: Line, now: datetime) -> tuple[float, ...]:
    """Negative slack is multiplied, else late orders with many operations look less urgent."""
    slack = (line.due_at - now).total_seconds() / 60 - line.remaining_minutes
    operations = max(line.remaining_operations, 1)
    return (slack * operations if slack < 0 else slack / operations,)


RULES: dict[Rule, Index] = {
    Rule.FCFS: _fcfs,
    Rule.EDD: _edd,
    Rule.SPT: _spt,
    Rule.CRITICAL_RATIO: _critical_ratio,
    Rule.SLACK: _slack,
}
