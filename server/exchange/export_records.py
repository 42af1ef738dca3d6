"""The plant as records of the exported tables."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from server.domain.events import Entry, operation_of, order_of
from server.domain.names import OperationId, OrderNumber, WorkCenterName
from server.domain.operations import Operation
from server.domain.orders import WorkOrder
from server.domain.plant import WorkCenter
from server.domain.rows import Row

Record = dict[str, Any]


def work_center_record(work_center: WorkCenter, list_version: int) -> Record:
    """Return the record of a work center."""
    return {
        "name": work_center.name,
        "description": work_center.description,
        "department": work_center.department,
        "frozen": work_center.frozen,
        "list_version": list_version,
        "is_set_up": 1,
    }


def strange_work_center_record(name: WorkCenterName) -> Record:
    """Return the record of a work center that a routing names and the plant does not have."""
    return work_center_record(WorkCenter(name, frozen=0), 0) | {"is_set_up": 0}


def order_record(order: WorkOrder) -> Record:
    """Return the record of a work order."""
    plan = order.plan
    return {
        "number": plan.number,
        "part": plan.part,
        "revision": plan.revision,
        "description": plan.description,
        "quantity": plan.quantity,
        "due": plan.due.isoformat(),
        "planned_release": plan.planned_release.isoformat(),
        "priority": plan.priority,
        "hot": int(plan.hot),
        "state": str(order.state),
        "hold": order.hold,
        "released_at": moment(order.released_at),
    }


def operation_record(operation: Operation) -> Record:
    """Return the record of an operation."""
    step, done = operation.step, operation.done
    return {
        "id": str(operation.id),
        "order_number": operation.order,
        "number": step.number,
        "work_center": step.work_center,
        "description": step.description,
        "alternates": json.dumps(step.alternates, ensure_ascii=False),
        "setup_minutes": float(step.setup_minutes),
        "run_minutes": float(step.run_minutes),
        "state": str(operation.state),
        "arrived": operation.arrived,
        "good": done.good,
        "scrap": done.scrap,
        "rework": done.rework,
        "crew": json.dumps(operation.crew),
        "started_at": moment(operation.started_at),
        "completed_at": moment(operation.completed_at),
    }


def place_record(row: Row, place: int) -> Record:
    """Return the record of one place on a dispatch list."""
    placed = row.placed
    return {
        "work_center": row.work_center,
        "place": place,
        "operation": str(row.operation),
        "placed_by": placed.by if placed else None,
        "placed_at": moment(placed.at) if placed else None,
        "placed_rule": placed.rule if placed else None,
    }


def entry_record(entry: Entry, orders: Mapping[OrderNumber, object]) -> Record:
    """Return the record of a journal entry; it refers only to orders that the plant has."""
    order, operation = order_of(entry.event), operation_of(entry.event)
    details = plain(entry.event)
    return {
        "rev": entry.rev,
        "at": moment(entry.at),
        "event": type(entry.event).__name__,
        "order_number": order if order in orders else None,
        "operation": str(operation) if operation else None,
        "account": entry.actor.account,
        "station": entry.actor.station,
        "badge": entry.actor.badge,
        "details": json.dumps(details, ensure_ascii=False),
        "entry_id": entry.id,
    }


def moment(at: datetime | None) -> str | None:
    """Return a moment as text in UTC, which SQLite can calculate with."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds") if at else None


def plain(value: object) -> object:
    """Return a value of the domain as plain JSON values."""
    match value:
        case OperationId():
            return str(value)
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
