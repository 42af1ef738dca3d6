"""The plant as the desk's pages are given it; the shapes are those of static/js/desk/types.js."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from server.domain.events import Entry, operation_of
from server.domain.floor import name_of
from server.domain.names import OperationId, StationName
from server.domain.operations import Operation
from server.domain.orders import WorkOrder
from server.domain.paper import Sheet
from server.domain.plant import Account, Box, Operator, Station
from server.services.inquire import JobView, ListView
from server.services.planning import ImportReport
from server.services.ports import PrintJob, WorkCenterLoad
from server.services.release import DueForRelease, Released
from server.services.resequence import Proposal
from server.web import wire
from server.web.expectations import expected_words
from server.web.refusals import told

Json = dict[str, Any]


def order_head(order: WorkOrder) -> Json:
    """Return what every list of orders shows of one."""
    plan = order.plan
    return {
        "order": plan.number,
        "part": plan.part,
        "revision": plan.revision,
        "description": plan.description,
        "quantity": plan.quantity,
        "due": plan.due,
        "planned_release": plan.planned_release,
        "priority": plan.priority,
        "hot": plan.hot,
        "state": order.state,
        "hold": order.hold,
    }


def due_order(due: DueForRelease) -> Json:
    """Return an order that waits for release, with its checks."""
    return {
        **order_head(due.order),
        "operations": len(due.order.operations),
        "days_late": due.days_late,
        "checks": due.checks,
    }


def released(done: Released) -> Json:
    """Return what became of a release."""
    return {
        "released": done.released,
        "refused": [
            {"order": number, **told(refusal.code, refusal.details)}
            for number, refusal in done.refused
        ],
        "jobs": done.jobs,
    }


def step(operation: Operation) -> Json:
    """Return an operation as planned and as it stands."""
    return {
        "number": operation.number,
        "work_center": operation.work_center,
        "alternates": operation.step.alternates,
        "description": operation.step.description,
        "state": operation.state,
        "arrived": operation.arrived,
        "good": operation.done.good,
        "scrap": operation.done.scrap,
        "rework": operation.done.rework,
        "setup_minutes": operation.step.setup_minutes,
        "run_minutes": operation.step.run_minutes,
        "crew": operation.crew,
        "started_at": operation.started_at,
        "completed_at": operation.completed_at,
    }


def found_order(order: WorkOrder) -> Json:
    """Return an order that was searched for."""
    return {**order_head(order), "operations": [step(one) for one in order.operations]}


def job(view: JobView) -> Json:
    """Return where a job is."""
    return {
        **found_order(view.order),
        "released_at": view.order.released_at,
        "sheets": [sheet(one) for one in view.sheets],
        "history": [entry(one) for one in view.history],
        "people": people(view.operators),
    }


def sheet(printed: Sheet) -> Json:
    """Return a sheet of paper."""
    return {
        "serial": printed.serial,
        "kind": printed.kind,
        "print_number": printed.print_number,
        "reason": printed.reason,
        "issued_at": printed.issued_at,
        "issued_by": printed.issued_by,
        "superseded_at": printed.superseded_at,
        "superseded_why": printed.superseded_why,
        "replaced_by": printed.replaced_by,
    }


def entry(fact: Entry) -> Json:
    """Return a line of the journal: `kind` is the event's class, `event` its fields."""
    return {
        "rev": fact.rev,
        "at": fact.at,
        "actor": fact.actor,
        "kind": name_of(fact.event),
        "event": plain(fact.event),
    }


def flagged(fact: Entry) -> Json:
    """Return a report that carries flags."""
    operation = operation_of(fact.event)
    return {
        **entry(fact),
        "flags": getattr(fact.event, "flags", ()),
        "operation": operation and str(operation),
    }


def plain(value: object) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return a value of the domain as JSON has it; operations are written as people write them."""
    if isinstance(value, OperationId):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def people(operators: Iterable[Operator]) -> dict[str, str]:
    """Return the names behind the badges."""
    return {operator.badge: operator.name for operator in operators}


def station(
    one: Station, connected: frozenset[StationName], version: int, box: Box | None = None
) -> Json:
    """Return a station, how far it is behind its list, and how its box is."""
    return {
        "box": plain(box),
        "station": one.name,
        "work_center": one.work_center,
        "connected": one.name in connected,
        "contact_at": one.contact_at,
        "seen_version": one.seen_version,
        "seen_at": one.seen_at,
        "enrolled_at": one.enrolled_at,
        "version": version,
    }


def load(one: WorkCenterLoad, stations: Iterable[Json]) -> Json:
    """Return a work center and what stands in front of it."""
    return {
        "work_center": one.work_center.name,
        "description": one.work_center.description,
        "department": one.work_center.department,
        "version": one.version,
        "running": one.running,
        "ready": one.ready,
        "waiting": one.waiting,
        "stations": [s for s in stations if s["work_center"] == one.work_center.name],
    }


def listed(view: ListView, connected: frozenset[StationName], names: Mapping[str, str]) -> Json:
    """Return a dispatch list and the stations that show it."""
    version = view.listed.version
    return {
        "work_center": view.work_center.name,
        "description": view.work_center.description,
        "department": view.work_center.department,
        "frozen": view.work_center.frozen,
        "rev": view.rev,
        "version": version,
        "feed": view.listed.feed,
        "rows": [wire.row(row) for row in view.listed.rows],
        "stations": [station(one, connected, version) for one in view.stations],
        "people": names,
    }


def proposal(proposed: Proposal) -> Json:
    """Return the order that a dispatch rule would give a list."""
    return {
        "version": proposed.version,
        "rule": proposed.rule,
        "before": wire.operations(proposed.before),
        "after": wire.operations(proposed.after),
        "moved": wire.operations(proposed.moved),
    }


def print_job(one: PrintJob) -> Json:
    """Return a document on its way to paper."""
    return {
        "job": one.id,
        "kind": one.document.kind,
        "title": one.document.title,
        "state": one.state,
        "queued_at": one.queued_at,
        "queued_by": one.queued_by,
        "error": one.error,
        "serials": one.document.serials,
    }


def import_report(report: ImportReport) -> Json:
    """Return what an import did, or would do."""
    return {
        "dry_run": report.dry_run,
        "created": report.created,
        "updated": [{"order": number, "changed": changed} for number, changed in report.updated],
        "unchanged": report.unchanged,
        "errors": [
            {**plain(error), "text": expected_words(error.expected)} for error in report.errors
        ],
        "counted_errors": len(report.errors),
    }


def account(one: Account) -> Json:
    """Return an account."""
    return {
        "name": one.name,
        "display_name": one.display_name,
        "role": one.role,
        "active": one.active,
    }
