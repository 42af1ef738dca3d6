"""Paper: every copy is issued as a numbered sheet, and stale ones are superseded by what changes.

Nothing is rendered here: a document goes on the spool in the same unit of work that makes it
necessary, and the paper worker turns it into a PDF.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain import documents
from server.domain.errors import Invalid, ReasonNeeded
from server.domain.events import SheetIssued, SheetSuperseded
from server.domain.names import BadgeNumber, OrderNumber, Serial, StationName, WorkCenterName
from server.domain.operations import OperationState
from server.domain.orders import WorkOrder
from server.domain.paper import (
    LAST_LINE,
    DocumentKind,
    Sheet,
    SheetLine,
    traveler_fingerprint,
    traveler_lines,
)
from server.domain.plant import Account, Actor
from server.services.ports import Books, Document, Plant, Rules
from server.services.rights import Right, require

TRIAL_BADGES, TRIAL_TRAVELERS = 4, 2
"""How much of the plant is on the try-it sheet."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Who asks for paper, when, and why."""

    actor: Actor
    at: datetime
    reason: str


def issue_traveler(books: Books, rules: Rules, order: WorkOrder, issue: Issue) -> int:
    """Issue a new traveler of an order and put it on the spool; return the print job."""
    sheet = issue_sheet(books, order, issue)
    context = documents.traveler_document(order, sheet, _imprint(rules, issue))
    document = Document(DocumentKind.TRAVELER, order.number, context, (sheet.serial,))
    return books.queue_print(document, issue.at, issue.actor.name)


def issue_sheet(books: Books, order: WorkOrder, issue: Issue) -> Sheet:
    """Return the sheet of a new traveler of an order; it supersedes the older ones."""
    (serial,) = books.next_serials(1)
    earlier = [s for s in books.sheets(order.number) if s.kind is DocumentKind.TRAVELER]
    sheet = Sheet(
        serial=serial,
        kind=DocumentKind.TRAVELER,
        fingerprint=traveler_fingerprint(order),
        issued_at=issue.at,
        issued_by=issue.actor.name,
        order=order.number,
        print_number=len(earlier) + 1,
        reason=issue.reason,
        lines=traveler_lines(order),
    )
    books.record(SheetIssued(sheet), issue.actor, issue.at)
    for old in earlier:
        if old.is_current:
            superseded = SheetSuperseded(old.serial, "reprint", serial, order.number)
            books.record(superseded, issue.actor, issue.at)
    return sheet


def supersede_stale(books: Books, number: OrderNumber, issue: Issue) -> tuple[Serial, ...]:
    """Supersede the travelers of an order that no longer say what it says; return their numbers."""
    says = traveler_fingerprint(books.order(number))
    stale = [
        sheet.serial
        for sheet in books.sheets(number)
        if sheet.kind is DocumentKind.TRAVELER and sheet.is_current and sheet.fingerprint != says
    ]
    for serial in stale:
        superseded = SheetSuperseded(serial, issue.reason, order=number)
        books.record(superseded, issue.actor, issue.at)
    return tuple(stale)


def print_traveler(plant: Plant, by: Account, number: OrderNumber, reason: str) -> int:
    """Print the traveler of an order; a reprint needs a reason. Return the print job."""
    actor = require(by, Right.PRINT)

    def work(books: Books) -> int:
        order = books.order(number)
        if books.sheets(number) and not reason.strip():
            raise ReasonNeeded("reprint")
        issue = Issue(actor, plant.now(), reason.strip() or "first print")
        return issue_traveler(books, plant.rules, order, issue)

    return _printed(plant, work)


def print_dispatch_list(plant: Plant, by: Account, work_center: WorkCenterName) -> int:
    """Print a dispatch list as it is now; return the print job."""
    actor = require(by, Right.PRINT)

    def work(books: Books) -> int:
        place = books.work_center(work_center)
        listed = books.dispatch_list(work_center)
        rows = listed.rows[:LAST_LINE]
        (serial,) = books.next_serials(1)
        issue = Issue(actor, plant.now(), "print")
        sheet = Sheet(
            serial=serial,
            kind=DocumentKind.DISPATCH_LIST,
            fingerprint=f"version {listed.version}",
            issued_at=issue.at,
            issued_by=actor.name,
            work_center=work_center,
            reason=issue.reason,
            lines=tuple(
                SheetLine(line, row.operation.order, row.operation.number)
                for line, row in enumerate(rows, start=1)
            ),
        )
        books.record(SheetIssued(sheet), actor, issue.at)
        imprint = _imprint(plant.rules, issue)
        context = documents.dispatch_list_document(listed, place, sheet, imprint)
        document = Document(DocumentKind.DISPATCH_LIST, work_center, context, (serial,))
        return books.queue_print(document, issue.at, actor.name)

    return _printed(plant, work)


def print_badges(plant: Plant, by: Account, badges: Sequence[BadgeNumber]) -> int:
    """Print badges, all of them when none are named; return the print job."""
    actor = require(by, Right.PRINT)

    def work(books: Books) -> int:
        wanted = [o for o in books.operators() if o.active and (not badges or o.badge in badges)]
        if not wanted:
            raise Invalid(
                [{"field": "badges", "value": ", ".join(badges), "expected": "known-badge"}]
            )
        issue = Issue(actor, plant.now(), "print")
        context = documents.badges_document(wanted, _imprint(plant.rules, issue))
        document = Document(DocumentKind.BADGES, "badges", context)
        return books.queue_print(document, issue.at, actor.name)

    return _printed(plant, work)


def print_station_labels(plant: Plant, by: Account, stations: Sequence[StationName]) -> int:
    """Print station labels, all of them when none are named; return the print job."""
    actor = require(by, Right.PRINT)

    def work(books: Books) -> int:
        wanted = [s for s in books.stations() if not stations or s.name in stations]
        if not wanted:
            named = ", ".join(stations)
            raise Invalid([{"field": "stations", "value": named, "expected": "known-station"}])
        issue = Issue(actor, plant.now(), "print")
        imprint = _imprint(plant.rules, issue)
        context = documents.station_labels_document(wanted, books.work_centers(), imprint)
        document = Document(DocumentKind.STATION_LABELS, "station labels", context)
        return books.queue_print(document, issue.at, actor.name)

    return _printed(plant, work)


def print_try_it(plant: Plant, by: Account, address: str) -> int:
    """Print the try-it sheet: badges, stations, two travelers, an unknown code."""
    actor = require(by, Right.PRINT)

    def work(books: Books) -> int:
        issue = Issue(actor, plant.now(), "print")
        places = _busiest(books)
        trial = documents.Trial(
            [o for o in books.operators() if o.active][:TRIAL_BADGES],
            [s for s in books.stations() if s.work_center in places],
            _travelers(books, places),
            address,
        )
        imprint = _imprint(plant.rules, issue)
        context = documents.try_it_document(trial, books.work_centers(), imprint)
        document = Document(DocumentKind.TRY_IT, "try-it sheet", context)
        return books.queue_print(document, issue.at, actor.name)

    return _printed(plant, work)


def _busiest(books: Books) -> tuple[WorkCenterName, ...]:
    """Return the work centers where a visitor finds the most to start."""
    loads = sorted(books.loads(), key=lambda load: -load.ready)
    return tuple(load.work_center.name for load in loads[:TRIAL_TRAVELERS])


def _travelers(books: Books, places: Sequence[WorkCenterName]) -> list[tuple[WorkOrder, Sheet]]:
    """Return a current traveler for each work center whose operation there is ready."""
    found = []
    for place in places:
        for row in books.dispatch_list(place).rows:
            current = [s for s in books.sheets(row.operation.order) if s.is_current]
            if row.state is OperationState.READY and row.hold is None and current:
                found.append((books.order(row.operation.order), current[0]))
                break
    return found


def _printed(plant: Plant, work: Callable[[Books], int]) -> int:
    job = plant.change(work)
    plant.press.wake()
    return job


def _imprint(rules: Rules, issue: Issue) -> documents.Imprint:
    return documents.Imprint(
        plant=rules.plant_name,
        zone=rules.zone.key,
        printed_at=issue.at,
        printed_by=issue.actor.name,
        paper=rules.paper,
        language=rules.language,
    )
