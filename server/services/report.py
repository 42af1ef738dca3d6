"""Reports: quantities, pauses, joining and leaving a crew, and taking the last one back."""

from dataclasses import dataclass

from server.domain import judge
from server.domain.errors import BadgeNeeded, NotInCrew, UndoTooLate
from server.domain.events import (
    CrewJoined,
    CrewLeft,
    OperationPaused,
    OperationStarted,
    OrderReplanned,
    QuantityReported,
    ReportUndone,
)
from server.domain.floor import before
from server.domain.names import BadgeNumber, OperationId, StationName
from server.domain.operations import Operation, Quantities
from server.domain.orders import WorkOrder
from server.services.answers import Answer
from server.services.confirm import Named, Touch, confirm
from server.services.ports import Plant

REVERSIBLE = OperationStarted | CrewJoined | CrewLeft | OperationPaused | QuantityReported
"""The reports that can be taken back."""
MOST_SINCE = 100
"""How many facts about one order are looked through for what has happened since a report."""

NO_PIECES = Quantities()


@dataclass(frozen=True, slots=True)
class Report:
    """A touch on a station's screen about one operation."""

    id: str
    operation: OperationId
    verb: str
    """`quantity`, `pause`, `join` or `leave`."""
    pieces: Quantities = NO_PIECES
    scrap_reason: str = ""
    rework_reason: str = ""
    pause_reason: str = ""
    badge: str | None = None
    closes_short: bool = False
    insists: bool = False
    operator: str | None = None
    """As in Named."""


def report(plant: Plant, station: StationName, message: Report) -> Answer:
    """Return the answer to a touch on the panel of an operation."""
    operation = message.operation
    named = Named("", message.verb, operator=message.operator).operates(operation)
    act = VERBS[message.verb]

    def take(touch: Touch) -> Answer:
        order = touch.books.order(operation.order)
        return act(touch, message, order, order.operation(operation.number))

    return confirm(plant, station, message.id, named, take)


def _quantity(touch: Touch, message: Report, order: WorkOrder, operation: Operation) -> Answer:
    pieces = message.pieces
    judge.judge_reasons(pieces, message.scrap_reason, message.rework_reason)
    completes, flags = judge.judge_report(
        order,
        operation,
        pieces,
        closes_short=message.closes_short,
        insists=message.insists,
    )
    touch.record(
        QuantityReported(
            operation.id,
            _reporter(touch, message, operation),
            pieces,
            completes,
            before(operation),
            message.scrap_reason,
            message.rework_reason,
            flags,
        )
    )
    left = max(0, operation.remaining - pieces.total)
    details = {
        "good": pieces.good,
        "scrap": pieces.scrap,
        "rework": pieces.rework,
        "left": left,
        "next": order.next_work_center(operation.number),
    }
    code = "completed" if completes else "reported"
    return touch.reversible(code, details, flags)


def _reporter(touch: Touch, message: Report, operation: Operation) -> BadgeNumber | None:
    """Return who reports: the one chosen, the operator signed in, or the only one of the crew."""
    operator = touch.operator
    chosen = message.badge or (operator.badge if operator else None)
    if chosen:
        if chosen not in operation.crew and (operator is None or chosen != operator.badge):
            raise NotInCrew(chosen)
        return BadgeNumber(chosen)
    return operation.crew[0] if len(operation.crew) == 1 else None


def _pause(touch: Touch, message: Report, order: WorkOrder, operation: Operation) -> Answer:
    del order
    judge.judge_pause(operation, message.pause_reason)
    reporter = _reporter(touch, message, operation)
    touch.record(OperationPaused(operation.id, reporter, message.pause_reason, before(operation)))
    details = {"reason": message.pause_reason}
    return touch.reversible("paused", details)


def _join(touch: Touch, message: Report, order: WorkOrder, operation: Operation) -> Answer:
    del message
    operator = touch.operator
    if operator is None:
        raise BadgeNeeded
    judge.judge_join(order, operation, operator.badge)
    touch.record(CrewJoined(operation.id, operator.badge, before(operation)))
    details = {"name": operator.name}
    return touch.reversible("joined", details)


def _leave(touch: Touch, message: Report, order: WorkOrder, operation: Operation) -> Answer:
    del order
    leaver = _reporter(touch, message, operation)
    if leaver is None:
        raise BadgeNeeded
    judge.judge_leave(operation, leaver)
    touch.record(CrewLeft(operation.id, leaver, before(operation), message.pause_reason))
    details = {"name": touch.name_of(leaver)}
    return touch.reversible("left", details)


VERBS = {"quantity": _quantity, "pause": _pause, "join": _join, "leave": _leave}
"""What can be done on the panel of an operation."""


@dataclass(frozen=True, slots=True)
class Undo:
    """A touch that takes back the report with the id `undone`."""

    id: str
    undone: str


def undo(plant: Plant, station: StationName, message: Undo) -> Answer:
    """Return the answer to taking back a report of this station, seconds after it was made."""
    named = Named("", f"undo {message.undone}")
    return confirm(plant, station, message.id, named, lambda touch: _undo(touch, message))


def _undo(touch: Touch, message: Undo) -> Answer:
    entry = touch.books.entry(message.undone)
    if entry is None or entry.actor.station != touch.station.name:
        raise UndoTooLate
    event = entry.event
    if not isinstance(event, REVERSIBLE):
        raise UndoTooLate
    touch.named = touch.named.operates(event.operation)
    late = touch.at > entry.at + touch.rules.undo_time
    followed = _followed(touch, event.operation, entry.rev)
    if late or followed or _replanned(touch, event.operation, entry.rev):
        raise UndoTooLate
    touch.record(ReportUndone(event.operation, message.undone, event.before))
    return touch.accepted("undone")


def _followed(touch: Touch, operation: OperationId, rev: int) -> bool:
    """Tell whether anything was reported since, here or where the parts went on to."""
    following = touch.books.order(operation.order).after(operation.number)[:1]
    ids = [operation, *(o.id for o in following)]
    return any(touch.books.reported_since(one, rev) for one in ids)


def _replanned(touch: Touch, operation: OperationId, rev: int) -> bool:
    """Tell whether planning has changed the order since: how it stood before is true no more."""
    since = touch.books.history(operation.order, MOST_SINCE)
    return any(isinstance(e.event, OrderReplanned) and e.rev > rev for e in since)
