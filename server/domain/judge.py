"""Judging what the floor reports: refuse with a reason, or take it and name what is unusual.

A `FloorRule` is refused the first time; when the operator insists, what happened is taken as a
fact and flagged to the dispatcher. The flow charts are in docs/algorithms/scan.md: change both.
"""

from collections.abc import Iterable

from server.domain.errors import (
    AlreadyDone,
    AlreadyInCrew,
    FloorRule,
    NothingArrived,
    NothingReported,
    NotInCrew,
    NotReleased,
    NotRunning,
    OrderHeld,
    ReasonNeeded,
    TooMany,
    WrongWorkCenter,
)
from server.domain.names import BadgeNumber, WorkCenterName
from server.domain.operations import Operation, OperationState, Quantities
from server.domain.orders import OrderState, WorkOrder

FLAGS = {
    **{rule.flag: rule.__doc__ or "" for rule in FloorRule.__subclasses__()},
    "held_meanwhile": "Pieces were reported on an order that had been held.",
    "short": "An operation was finished with fewer pieces than had arrived or would come.",
    "undecodable": "A station's box sent what nobody can make sense of; it is kept as it came.",
    "uncontrolled_paper": "The code came from paper without a sheet number.",
}
"""Every flag a report can carry, and what it means."""


def judge_start(
    order: WorkOrder, operation: Operation, here: WorkCenterName, *, insists: bool
) -> tuple[str, ...]:
    """Return the flags of a start; raise the Refusal that stops it."""
    if order.state in {OrderState.PLANNED, OrderState.CANCELLED}:
        raise NotReleased(order.number, order.state)
    if order.hold is not None:
        raise OrderHeld(order.number, order.hold)
    return _flags(_broken_by_start(order, operation, here), insists=insists)


def _broken_by_start(
    order: WorkOrder, operation: Operation, here: WorkCenterName
) -> Iterable[FloorRule]:
    if not operation.is_open:
        yield AlreadyDone(operation.id, operation.done.good)
    if here != operation.work_center:
        yield WrongWorkCenter(operation.work_center, here)
    previous = order.before(operation.number)
    # Without more to come, a suspended operation may be started to be closed.
    more_will_come = previous is not None and previous.is_open
    nothing_left = operation.is_open and operation.remaining == 0 and more_will_come
    if operation.state is OperationState.WAITING or nothing_left:
        came_from = previous or operation
        yield NothingArrived(came_from.id, came_from.work_center, operation.arrived)


def judge_panel(operation: Operation, here: WorkCenterName, *, insists: bool) -> tuple[str, ...]:
    """Return the flags of opening a running operation's panel at a station; raise the Refusal."""
    wrong = [WrongWorkCenter(operation.work_center, here)] if here != operation.work_center else []
    return _flags(wrong, insists=insists)


def judge_report(
    order: WorkOrder,
    operation: Operation,
    pieces: Quantities,
    *,
    closes_short: bool,
    insists: bool,
) -> tuple[bool, tuple[str, ...]]:
    """Return whether a report finishes the operation, and its flags; raise the Refusal."""
    if not operation.is_running:
        raise NotRunning(operation.id, operation.state)
    if pieces.total == 0 and not closes_short:
        raise NothingReported
    total = operation.done.total + pieces.total
    broken = [TooMany(pieces.total, operation.remaining)] if total > operation.arrived else []
    flags = _flags(broken, insists=insists)
    previous = order.before(operation.number)
    more_will_come = previous is not None and previous.is_open
    completes = closes_short or (total >= operation.arrived and not more_will_come)
    if order.hold is not None:
        flags = (*flags, "held_meanwhile")
    if closes_short and (total < operation.arrived or more_will_come):
        flags = (*flags, "short")
    return completes, flags


def judge_reasons(pieces: Quantities, scrap_reason: str, rework_reason: str) -> None:
    """Raise ReasonNeeded when scrap or rework pieces come without their reason."""
    if pieces.scrap and not scrap_reason:
        raise ReasonNeeded("scrap")
    if pieces.rework and not rework_reason:
        raise ReasonNeeded("rework")


def judge_pause(operation: Operation, reason: str) -> None:
    """Raise the Refusal that stops a pause."""
    if not operation.is_running:
        raise NotRunning(operation.id, operation.state)
    if not reason:
        raise ReasonNeeded("pause")


def judge_join(order: WorkOrder, operation: Operation, badge: BadgeNumber) -> None:
    """Raise the Refusal that keeps an operator from joining a running operation."""
    if order.hold is not None:
        raise OrderHeld(order.number, order.hold)
    if not operation.is_running:
        raise NotRunning(operation.id, operation.state)
    if badge in operation.crew:
        raise AlreadyInCrew(badge)


def judge_leave(operation: Operation, badge: BadgeNumber) -> None:
    """Raise the Refusal that keeps an operator from leaving an operation."""
    if badge not in operation.crew:
        raise NotInCrew(badge)


def _flags(broken: Iterable[FloorRule], *, insists: bool) -> tuple[str, ...]:
    flags = []
    for rule in broken:
        if not insists:
            raise rule
        flags.append(rule.flag)
    return tuple(flags)
