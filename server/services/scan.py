"""Scans: a badge signs in, a traveler line starts what is ready and opens what is running.

There are no verb toggles: a double read never starts and finishes an operation. The flow chart is
in docs/algorithms/scan.md: change both.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from server.domain import scan as codes
from server.domain.errors import (
    BadgeNeeded,
    NotATraveler,
    SheetSuperseded,
    UnknownCode,
    UnknownSheet,
    UnreadableCode,
)
from server.domain.events import BadgeRead, OperationStarted, TravelerRead
from server.domain.floor import before
from server.domain.judge import judge_panel, judge_start
from server.domain.names import BadgeNumber, OperationId, OrderNumber, Serial, StationName
from server.domain.operations import STARTABLE, Operation
from server.domain.orders import WorkOrder
from server.services.answers import Answer, CrewMember, Panel, SignedIn
from server.services.confirm import Named, Touch, confirm
from server.services.ports import Plant

UNCONTROLLED = ("uncontrolled_paper",)


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that a station has read, or that somebody typed there."""

    id: str
    text: str
    typed: bool = False
    insists: bool = False
    operator: str | None = None
    """As in Named."""
    late: bool = False
    """It was kept while the server was away: a badge says who was there then."""


def scan(plant: Plant, station: StationName, message: Scan) -> Answer:
    """Return the answer to a scanned or typed code."""
    # Half a surrogate pair is text to JSON and to Python, and to nobody who has to store it.
    text = message.text.encode(errors="replace").decode()
    scanned = codes.typed(text) if message.typed else codes.read(text)
    named = Named(scanned.human, scanned.raw, operator=message.operator)
    return confirm(plant, station, message.id, named, lambda touch: _take(touch, scanned, message))


def _take(touch: Touch, scanned: codes.Scanned, message: Scan) -> Answer:
    match scanned:
        case codes.Badge(number=number):
            return _sign_in(touch, number, late=message.late)
        case codes.Unknown(text=text, reason=reason):
            raise UnknownCode(text, reason)
        case codes.Unreadable(text=text, reason=reason):
            raise UnreadableCode(text, reason)
        case codes.StationLabel() | codes.Command() | codes.FormNumber():
            raise NotATraveler(scanned.kind)
        case _:
            operation = _located(touch, scanned)
            if message.typed:
                # A number typed by hand says nothing about the paper it was read from.
                touch.named = replace(touch.named, flags=())
            return _work_on(touch, operation, insists=message.insists)


def _sign_in(touch: Touch, badge: BadgeNumber, *, late: bool) -> Answer:
    operator = touch.books.operator(badge)
    touch.record(BadgeRead(badge, signs_in=not late))
    until = touch.at + touch.rules.badge_time
    signed_in = None if late else SignedIn(badge, operator.name, until)
    return replace(touch.accepted("badge", {"name": operator.name}), operator=signed_in)


TravelerCode = codes.TravelerLine | codes.SheetOperation | codes.OrderOperation | codes.OrderSheet


def _located(touch: Touch, scanned: TravelerCode) -> OperationId:
    """Return which operation a code stands for; raise the Refusal when it stands for none."""
    match scanned:
        case codes.TravelerLine(serial=serial, line=line):
            return _on_sheet(touch, serial, line)
        case codes.SheetOperation(serial=serial):
            touch.named = replace(touch.named.operates(scanned.operation), sheet=serial)
            _must_be_current(touch, serial, scanned.order)
            return scanned.operation
        case codes.OrderOperation():
            touch.named = replace(touch.named, flags=UNCONTROLLED).operates(scanned.operation)
            return scanned.operation
        case codes.OrderSheet(order=order, serial=sheet):
            return _of_order(touch, order, sheet)
        case _:
            assert_never(scanned)


def _on_sheet(touch: Touch, serial: Serial, line: int) -> OperationId:
    touch.named = replace(touch.named, sheet=serial)
    for printed in touch.books.sheet(serial).lines:
        if printed.line == line:
            operation = OperationId(printed.order, printed.operation)
            touch.named = touch.named.operates(operation)
            _must_be_current(touch, serial, printed.order)
            return operation
    raise UnknownSheet(serial)


def _of_order(touch: Touch, order: OrderNumber, serial: Serial | None) -> OperationId:
    """Return the one operation of an order that this station can only mean."""
    if serial is None:
        touch.named = replace(touch.named, flags=UNCONTROLLED)
    else:
        touch.named = replace(touch.named, sheet=serial)
        _must_be_current(touch, serial, order)
    here = touch.station.work_center
    ours = [o for o in touch.books.order(order).operations if o.work_center == here]
    if not ours:
        raise NotATraveler("order-sheet")
    # What cannot be started is named too: then the rules say why not.
    likely = min(ours, key=_unlikely)
    touch.named = touch.named.operates(likely.id)
    return likely.id


def _unlikely(operation: Operation) -> int:
    ranking = (operation.is_running, operation.state in STARTABLE, operation.is_open, True)
    return ranking.index(True)


def _must_be_current(touch: Touch, serial: Serial, order: OrderNumber) -> None:
    sheet = touch.books.sheet(serial)
    if sheet.order not in {order, None}:
        raise UnknownSheet(serial)
    if not sheet.is_current and sheet.order:
        raise SheetSuperseded(serial, sheet.order, sheet.replaced_by)


def _work_on(touch: Touch, identity: OperationId, *, insists: bool) -> Answer:
    """Start the operation, or open the finish panel when it is running."""
    order = touch.books.order(identity.order)
    operation = order.operation(identity.number)
    if operation.is_running:
        return _open_panel(touch, order, operation, insists=insists)
    return _start(touch, order, operation, insists=insists)


def _start(touch: Touch, order: WorkOrder, operation: Operation, *, insists: bool) -> Answer:
    here = touch.station.work_center
    flags = judge_start(order, operation, here, insists=insists) + touch.named.flags
    operator = touch.operator
    if operator is None:
        raise BadgeNeeded
    again = operation.started_at is not None
    touch.record(
        OperationStarted(
            operation.id, operator.badge, here, before(operation), touch.named.sheet, flags
        )
    )
    details = {
        "name": operator.name,
        "part": order.plan.part,
        "remaining": operation.remaining,
    }
    return touch.reversible("resumed" if again else "started", details, flags)


def _open_panel(touch: Touch, order: WorkOrder, operation: Operation, *, insists: bool) -> Answer:
    flags = judge_panel(operation, touch.station.work_center, insists=insists) + touch.named.flags
    touch.record(TravelerRead(operation.id, touch.named.sheet, flags))
    opened = touch.accepted("panel", flags=flags)
    return replace(opened, panel=panel(touch, order, operation), operator=touch.operator)


def panel(touch: Touch, order: WorkOrder, operation: Operation) -> Panel:
    """Return the finish panel of a running operation."""
    plan, done = order.plan, operation.done
    previous = order.before(operation.number)
    operator = touch.operator
    joins = operator and operator.badge not in operation.crew
    return Panel(
        operation=str(operation.id),
        part=plan.part,
        revision=plan.revision,
        title=plan.description,
        description=operation.step.description,
        quantity=plan.quantity,
        arrived=operation.arrived,
        good=done.good,
        scrap=done.scrap,
        rework=done.rework,
        remaining=operation.remaining,
        more_will_come=previous is not None and previous.is_open,
        crew=tuple(CrewMember(badge, touch.name_of(badge)) for badge in operation.crew),
        may_join=CrewMember(operator.badge, operator.name) if operator and joins else None,
    )
