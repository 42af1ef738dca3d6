"""What each printed document says, as plain JSON values: the contexts of templates/paper.

Every moment is an ISO 8601 text in UTC and every date an ISO date; the templates alone turn them
into the plant's local time. docs/paper.md lists the keys for those who edit a template.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.domain.names import OperationId, WorkCenterName
from server.domain.operations import Operation
from server.domain.orders import WorkOrder
from server.domain.paper import Sheet, SheetLine
from server.domain.plant import Operator, Station, WorkCenter
from server.domain.rows import DispatchList, Row
from server.domain.symbols import (
    badge_code,
    form_code,
    line_code,
    operation_text,
    order_envelope,
    station_code,
)

UNKNOWN_CODE = "NOT-OURS"
"""A code that every station must refuse: for the try-it sheet."""
EXCERPT_OPERATIONS = 2
"""How many operations of a traveler the try-it sheet shows, from the first open one on."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every document of a plant says about its printing."""

    plant: str
    zone: str
    """The name of the plant's time zone, such as `Europe/Berlin`."""
    printed_at: datetime
    printed_by: str
    paper: str = "A4"
    """`A4` or `letter`."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a visitor with a scanner gets to try."""

    operators: Sequence[Operator]
    stations: Sequence[Station]
    travelers: Sequence[tuple[WorkOrder, Sheet]]
    address: str = ""
    """Where the screens are served, to be typed by hand; never a part of any code."""


def traveler_document(order: WorkOrder, sheet: Sheet, imprint: Imprint) -> dict[str, Any]:
    """Return what the traveler of an order says; its lines are those of the sheet."""
    return _printed(imprint, sheet) | {
        "order": _order(order),
        "envelope": order_envelope(order.number, sheet.serial, order.plan.quantity),
        "operations": _traveler_operations(order, sheet),
    }


def dispatch_list_document(
    dispatch_list: DispatchList, work_center: WorkCenter, sheet: Sheet, imprint: Imprint
) -> dict[str, Any]:
    """Return what a printed dispatch list says: a row for each line of the sheet, in list order.

    Rows that have no line on the sheet are counted in `more`, so that nobody takes the paper for
    the whole list.
    """
    lines = _lines(sheet)
    ranked = list(enumerate(dispatch_list.rows, start=1))
    printed = [(rank, row) for rank, row in ranked if row.operation in lines]
    return _printed(imprint, sheet) | {
        "work_center": _work_center(work_center),
        "version": dispatch_list.version,
        "envelope": form_code(sheet.serial),
        "rows": [_row(rank, row, lines[row.operation], sheet) for rank, row in printed],
        "more": len(ranked) - len(printed),
    }


def badges_document(
    operators: Iterable[Operator], imprint: Imprint, sheet: Sheet | None = None
) -> dict[str, Any]:
    """Return what a page of badge cards says."""
    return _printed(imprint, sheet) | {"badges": [_badge(operator) for operator in operators]}


def station_labels_document(
    stations: Iterable[Station],
    work_centers: Iterable[WorkCenter],
    imprint: Imprint,
    sheet: Sheet | None = None,
) -> dict[str, Any]:
    """Return what the labels of stations say."""
    known = {work_center.name: work_center for work_center in work_centers}
    return _printed(imprint, sheet) | {
        "stations": [_station(station, known) for station in stations]
    }


def try_it_document(
    trial: Trial,
    work_centers: Iterable[WorkCenter],
    imprint: Imprint,
    sheet: Sheet | None = None,
) -> dict[str, Any]:
    """Return what the try-it sheet says: badges, stations, travelers, a foreign code."""
    known = {work_center.name: work_center for work_center in work_centers}
    return _printed(imprint, sheet) | {
        "badges": [_badge(operator) for operator in trial.operators],
        "stations": [_station(station, known) for station in trial.stations],
        "travelers": [_excerpt(order, its_sheet) for order, its_sheet in trial.travelers],
        "unknown": UNKNOWN_CODE,
        "address": trial.address,
    }


def _printed(imprint: Imprint, sheet: Sheet | None) -> dict[str, Any]:
    return {
        "plant": imprint.plant,
        "zone": imprint.zone,
        "language": imprint.language,
        "paper": imprint.paper,
        "printed_at": imprint.printed_at.isoformat(),
        "printed_by": imprint.printed_by,
        "serial": sheet.serial if sheet else "",
        "print_number": sheet.print_number if sheet else 0,
        "reason": sheet.reason if sheet else "",
    }


def _order(order: WorkOrder) -> dict[str, Any]:
    plan = order.plan
    return {
        "number": plan.number,
        "part": plan.part,
        "revision": plan.revision,
        "description": plan.description,
        "quantity": plan.quantity,
        "due": plan.due.isoformat(),
        "planned_release": plan.planned_release.isoformat(),
        "released_at": order.released_at.isoformat() if order.released_at else None,
        "priority": plan.priority,
        "hot": plan.hot,
        "hold": order.hold,
    }


def _lines(sheet: Sheet) -> dict[OperationId, SheetLine]:
    return {OperationId(line.order, line.operation): line for line in sheet.lines}


def _traveler_operations(order: WorkOrder, sheet: Sheet) -> list[dict[str, Any]]:
    lines = _lines(sheet)
    return [
        _operation(order, operation, lines[operation.id], sheet)
        for operation in order.operations
        if operation.id in lines
    ]


def _operation(
    order: WorkOrder, operation: Operation, line: SheetLine, sheet: Sheet
) -> dict[str, Any]:
    step = operation.step
    return {
        "line": line.line,
        "code": line_code(sheet.serial, line.line),
        "number": operation_text(step.number),
        "work_center": step.work_center,
        "alternates": list(step.alternates),
        "description": step.description,
        "setup_minutes": step.setup_minutes,
        "run_minutes": step.run_minutes,
        "total_minutes": step.setup_minutes + step.run_minutes * order.plan.quantity,
        "next": order.next_work_center(step.number),
    }


def _row(rank: int, row: Row, line: SheetLine, sheet: Sheet) -> dict[str, Any]:
    return {
        "rank": rank,
        "line": line.line,
        "code": line_code(sheet.serial, line.line),
        "order": row.operation.order,
        "number": operation_text(row.operation.number),
        "part": row.part,
        "revision": row.revision,
        "title": row.title,
        "description": row.description,
        "state": row.state.value,
        "due": row.due.isoformat(),
        "priority": row.priority,
        "hot": row.hot,
        "hold": row.hold,
        "quantity": row.quantity,
        "arrived": row.arrived,
        "good": row.good,
        "setup_minutes": row.setup_minutes,
        "run_minutes": row.run_minutes,
        "previous": row.previous,
        "next": row.next,
    }


def _work_center(work_center: WorkCenter) -> dict[str, Any]:
    return {
        "name": work_center.name,
        "description": work_center.description,
        "department": work_center.department,
    }


def _badge(operator: Operator) -> dict[str, Any]:
    return {
        "badge": operator.badge,
        "name": operator.name,
        "contractor": operator.contractor,
        "code": badge_code(operator.badge, contractor=operator.contractor),
    }


def _station(station: Station, known: Mapping[WorkCenterName, WorkCenter]) -> dict[str, Any]:
    name = station.work_center
    return {
        "name": station.name,
        "code": station_code(station.name),
        "work_center": _work_center(known.get(name) or WorkCenter(name)),
    }


def _excerpt(order: WorkOrder, sheet: Sheet) -> dict[str, Any]:
    lines = _lines(sheet)
    return {
        "serial": sheet.serial,
        "print_number": sheet.print_number,
        "order": _order(order),
        "envelope": order_envelope(order.number, sheet.serial, order.plan.quantity),
        "operations": [_operation(order, o, lines[o.id], sheet) for o in _next(order, lines)],
    }


def _next(order: WorkOrder, lines: Mapping[OperationId, SheetLine]) -> list[Operation]:
    still_open = [o for o in order.operations if o.is_open and o.id in lines]
    return still_open[:EXCERPT_OPERATIONS]
