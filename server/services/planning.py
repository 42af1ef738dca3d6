"""Planning brings work orders: new ones are planned, known ones change, and all of it is told.

An import is one unit of work: either everything in the files is taken or nothing is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from server.domain.events import OrderPlanned, OrderReplanned
from server.domain.names import OrderNumber
from server.domain.operations import RoutingStep
from server.domain.orders import OrderState, Plan, WorkOrder
from server.domain.paper import traveler_fingerprint
from server.domain.plant import Account, Actor
from server.services.paper import Issue, supersede_stale
from server.services.ports import (
    Books,
    FileError,
    PlannedRow,
    Plant,
    Progress,
    Reading,
    unheard,
)
from server.services.rights import Right, require

CLOSED = frozenset({OrderState.COMPLETED, OrderState.CANCELLED})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    dry_run: bool
    created: tuple[OrderNumber, ...] = ()
    updated: tuple[tuple[OrderNumber, tuple[str, ...]], ...] = ()
    unchanged: tuple[OrderNumber, ...] = ()
    errors: tuple[FileError, ...] = ()


class _DryRun(Exception):
    def __init__(self, report: ImportReport) -> None:
        super().__init__("dry run")
        self.report = report


def import_orders(
    plant: Plant,
    by: Account,
    readings: Sequence[Reading],
    *,
    dry_run: bool = False,
    progress: Progress = unheard,
) -> ImportReport:
    """Plan and replan the orders of some files; with any error nothing is changed.

    Progress is told after each order.
    """
    actor = require(by, Right.IMPORT)
    errors = tuple(error for reading in readings for error in reading.errors)
    rows = [row for reading in readings for row in reading.plans]
    errors += tuple(_named_twice(rows))
    if errors:
        return ImportReport(dry_run, errors=errors)

    def work(books: Books) -> ImportReport:
        bringing = _Import(books, Issue(actor, plant.now(), "replanned"))
        for done, row in enumerate(rows, start=1):
            bringing.take(row)
            progress(done, len(rows))
        report = bringing.report(dry_run=dry_run)
        if dry_run or report.errors:
            raise _DryRun(report)
        return report

    try:
        return plant.change(work)
    except _DryRun as rehearsal:
        return rehearsal.report


def _named_twice(rows: Iterable[PlannedRow]) -> Iterable[FileError]:
    """Find orders that come from more than one file: it cannot be known which one is meant."""
    first: dict[OrderNumber, PlannedRow] = {}
    for row in rows:
        earlier = first.setdefault(row.plan.number, row)
        if earlier is not row:
            expected = f"once:{earlier.file}:{earlier.row}"
            yield FileError(row.file, row.row, "order", row.plan.number, expected)


class _Import:
    def __init__(self, books: Books, issue: Issue) -> None:
        self._books = books
        self._issue = issue
        self._created: list[OrderNumber] = []
        self._updated: list[tuple[OrderNumber, tuple[str, ...]]] = []
        self._unchanged: list[OrderNumber] = []
        self._errors: list[FileError] = []

    def take(self, row: PlannedRow) -> None:
        """Plan or replan the order of a row."""
        known = self._books.find_order(row.plan.number)
        if known is None:
            self._record(OrderPlanned(row.plan), self._issue.actor)
            self._created.append(row.plan.number)
        else:
            self._replan(known, row)

    def report(self, *, dry_run: bool) -> ImportReport:
        """Return what has come of the rows taken."""
        if self._errors:
            return ImportReport(dry_run, errors=tuple(self._errors))
        return ImportReport(
            dry_run,
            tuple(self._created),
            tuple(self._updated),
            tuple(self._unchanged),
        )

    def _replan(self, known: WorkOrder, row: PlannedRow) -> None:
        plan = row.plan
        changed = changes(known.plan, plan)
        if not changed:
            self._unchanged.append(plan.number)
        elif errors := _stopped(known, row):
            self._errors.extend(errors)
        else:
            self._record(OrderReplanned(plan, changed), self._issue.actor)
            # Where the floor has rerouted an operation, its paper is no reason to stop it.
            if traveler_fingerprint(known) != traveler_fingerprint(self._books.order(plan.number)):
                issue = replace(self._issue, reason=", ".join(changed))
                supersede_stale(self._books, plan.number, issue)
            self._updated.append((plan.number, changed))

    def _record(self, event: OrderPlanned | OrderReplanned, actor: Actor) -> None:
        self._books.record(event, actor, self._issue.at)


def changes(old: Plan, new: Plan) -> tuple[str, ...]:
    """Return the names of what differs between two plans of an order."""
    fields = (
        *("part", "revision", "description", "quantity", "due"),
        *("planned_release", "priority", "hot"),
    )
    changed = [name for name in fields if getattr(old, name) != getattr(new, name)]
    numbers = sorted({step.number for step in (*old.routing, *new.routing)})
    changed += [
        f"operation {number:03d}"
        for number in numbers
        if not _same(old.step(number), new.step(number))
    ]
    return tuple(changed)


def _same(old: RoutingStep | None, new: RoutingStep | None) -> bool:
    return old == new


def _stopped(known: WorkOrder, row: PlannedRow) -> Iterable[FileError]:
    """Say why an order cannot follow its new plan, if it cannot."""
    plan = row.plan
    if known.state in CLOSED:
        return [FileError(row.file, row.row, "order", plan.number, f"open-order:{known.state}")]
    most = max((o.done.total for o in known.operations), default=0)
    if plan.quantity < most:
        expected = f"at-least-reported:{most}"
        return [FileError(row.file, row.row, "quantity", str(plan.quantity), expected)]
    running = [o for o in known.operations if o.is_running and plan.step(o.number) is None]
    return [
        FileError(row.file, row.row, "operation", f"{o.number:03d}", "running-operation")
        for o in running
    ]
