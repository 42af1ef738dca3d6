"""Work orders and operations as rows of their tables, and back."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from server.domain.floor import Place
from server.domain.operations import Operation, OperationState, Quantities, RoutingStep
from server.domain.orders import OrderState, Plan, WorkOrder
from server.domain.rows import Placement
from server.store.codec import routing_from, routing_text, words_from, words_text
from server.store.schema import operation, work_order
from server.store.session import Record, Values

ORDER_COLUMNS = tuple(column for column in work_order.c if column.name != "searched")
OPERATION_COLUMNS = tuple(operation.c)


def search_text(*words: str) -> str:
    """Return words as they are looked for: without regard to case."""
    return "\n".join(words).casefold()


def order_values(order: WorkOrder) -> Values:
    """Return the row of a work order, without its operations."""
    plan = order.plan
    return {
        "number": plan.number,
        "part": plan.part,
        "revision": plan.revision,
        "description": plan.description,
        "quantity": plan.quantity,
        "due": plan.due,
        "planned_release": plan.planned_release,
        "priority": plan.priority,
        "hot": plan.hot,
        "routing": routing_text(plan.routing),
        "state": order.state.value,
        "hold": order.hold,
        "released_at": order.released_at,
        "searched": search_text(plan.number, plan.part, plan.description),
    }


def operation_values(one: Operation, place: Place | None, *, enlisted: bool) -> Values:
    """Return the row of an operation with its place on a list."""
    step, done = one.step, one.done
    placed = place.placed if place else None
    return {
        "order_number": one.order,
        "number": step.number,
        "work_center": step.work_center,
        "description": step.description,
        "alternates": words_text(step.alternates),
        "setup_minutes": step.setup_minutes,
        "run_minutes": step.run_minutes,
        "state": one.state.value,
        "arrived": one.arrived,
        "good": done.good,
        "scrap": done.scrap,
        "rework": done.rework,
        "crew": words_text(one.crew),
        "started_at": one.started_at,
        "completed_at": one.completed_at,
        "enlisted": enlisted,
        "list": place.work_center if place else None,
        "rank": place.rank if place else None,
        "placed_by": placed.by if placed else None,
        "placed_at": placed.at if placed else None,
        "placed_rule": placed.rule if placed else None,
    }


def report_values(one: Operation) -> Values:
    """Return what a report of the floor may change of an operation, and which one it is."""
    done = one.done
    return {
        "of_order": one.order,
        "of_number": one.step.number,
        "state": one.state.value,
        "arrived": one.arrived,
        "good": done.good,
        "scrap": done.scrap,
        "rework": done.rework,
        "crew": words_text(one.crew),
        "started_at": one.started_at,
        "completed_at": one.completed_at,
    }


def operation_from(record: Record) -> Operation:
    """Return the operation of a row."""
    (order, number, work_center, description, alternates, setup, run, *stand) = record[:15]
    state, arrived, good, scrap, rework, crew, started_at, completed_at = stand
    return Operation(
        order,
        RoutingStep(number, work_center, description, words_from(alternates), setup, run),
        OperationState(state),
        arrived,
        Quantities(good, scrap, rework),
        words_from(crew),
        started_at,
        completed_at,
    )


def place_from(record: Record) -> Place | None:
    """Return the place that an operation's row has on a list, if it ever had one."""
    work_center, rank, by, at, rule = record[16:]
    if work_center is None:
        return None
    return Place(work_center, rank, placement_from(by, at, rule))


def placement_from(by: str | None, at: datetime | None, rule: str | None) -> Placement | None:
    """Return who placed an operation, if anybody did."""
    if by is None or at is None or rule is None:
        return None
    return Placement(by, at, rule)


def order_from(record: Record, operations: Iterable[Record]) -> WorkOrder:
    """Return the work order of a row and of the rows of its operations."""
    *planned, routing, state, hold, released_at = record
    plan = Plan(*(*planned, routing_from(routing)))
    ones = tuple(operation_from(row) for row in operations)
    return WorkOrder(plan, OrderState(state), hold, released_at, ones)


def orders_from(orders: list[Record], operations: list[Record]) -> tuple[WorkOrder, ...]:
    """Return work orders, given the rows of all their operations sorted by order."""
    of = {number: list(rows) for number, rows in groupby(operations, key=lambda row: row[0])}
    return tuple(order_from(row, of.get(row[0], ())) for row in orders)
