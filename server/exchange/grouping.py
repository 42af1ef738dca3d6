"""The rows of a file as work orders: one row for each operation."""

from datetime import date, timedelta
from math import ceil

from server.domain.names import OrderNumber
from server.domain.operations import RoutingStep
from server.domain.orders import USUAL_PRIORITY, Plan
from server.exchange import limits
from server.exchange.findings import Expected, Unfit
from server.exchange.rows import MISFIT, RowReader, Values
from server.exchange.synonyms import ORDER_FIELDS, REQUIRED, Field
from server.exchange.tables import Row, Table
from server.services.ports import PlannedRow, Progress

_MINUTES_PER_DAY = 24 * 60


def grouped(
    table: Table, reader: RowReader, file: str, progress: Progress
) -> tuple[PlannedRow, ...]:
    """Return the work orders in a table, in the order of the file."""
    drafts: dict[OrderNumber, Draft] = {}
    for done, row in enumerate(table.rows, start=1):
        progress(done, len(table.rows))
        values = reader.read(row)
        number = values.get(Field.ORDER, MISFIT)
        if number is MISFIT:
            continue
        if number not in drafts and len(drafts) == limits.ORDERS:
            raise Unfit(Expected.MAX_ORDERS.of(limits.ORDERS), row.number)
        drafts.setdefault(number, Draft(number, row)).add(row, values, reader)
    for draft in drafts.values():
        draft.check(reader)
    plans = ((draft.plan(), draft.first.number) for draft in drafts.values())
    return tuple(PlannedRow(plan, file, row) for plan, row in plans if plan is not None)


class Draft:
    """A work order as its rows bring it together."""

    def __init__(self, number: OrderNumber, first: Row) -> None:
        self.first = first
        self._number = number
        self._said: dict[Field, tuple[object, int]] = {}
        self._steps: dict[int, RoutingStep] = {}
        self._rows: dict[int, int] = {}

    def add(self, row: Row, values: Values, reader: RowReader) -> None:
        """Take what one row says of the order and of one of its operations."""
        for field in ORDER_FIELDS:
            if field in values:
                self._claim(field, values[field], row, reader)
        number = values.get(Field.OPERATION, MISFIT)
        if number is MISFIT:
            return
        if number in self._rows:
            reader.note(Expected.FIRST_IN_ROW.of(self._rows[number]), row, Field.OPERATION)
            return
        self._rows[number] = row.number
        if len(self._rows) == limits.OPERATIONS_PER_ORDER + 1:
            most = Expected.MAX_OPERATIONS.of(limits.OPERATIONS_PER_ORDER)
            reader.note(most, row, Field.OPERATION)
        if MISFIT not in values.values() and Field.WORK_CENTER in values:
            self._steps[number] = _step(values)

    def check(self, reader: RowReader) -> None:
        """Note what the order must have and none of its rows says."""
        for field in ORDER_FIELDS:
            if field in REQUIRED and field not in self._said and reader.has(field):
                reader.note(Expected.REQUIRED, self.first, field)

    def plan(self) -> Plan | None:
        """Return the plan, or None when something that it needs is missing or misfit."""
        said = {field: value for field, (value, _) in self._said.items()}
        needed = [field for field in ORDER_FIELDS if field in REQUIRED]
        if len(self._steps) < max(len(self._rows), 1) or MISFIT in said.values():
            return None
        if any(field not in said for field in needed):
            return None
        return _plan(self._number, said, tuple(step for _, step in sorted(self._steps.items())))

    def _claim(self, field: Field, value: object, row: Row, reader: RowReader) -> None:
        """Keep the first word on a field; a later row may repeat it but not differ."""
        said, earlier = self._said.setdefault(field, (value, row.number))
        if MISFIT not in (said, value) and said != value:
            reader.note(Expected.SAME_AS_ROW.of(earlier), row, field)


def _step(values: Values) -> RoutingStep:
    return RoutingStep(
        number=values[Field.OPERATION],
        work_center=values[Field.WORK_CENTER],
        description=values.get(Field.OPERATION_DESCRIPTION, ""),
        alternates=tuple(
            name for name in values.get(Field.ALTERNATES, ()) if name != values[Field.WORK_CENTER]
        ),
        setup_minutes=values.get(Field.SETUP_MINUTES) or values.get(Field.SETUP_HOURS) or 0.0,
        run_minutes=values.get(Field.RUN_MINUTES) or values.get(Field.RUN_HOURS) or 0.0,
    )


def _plan(number: OrderNumber, said: Values, routing: tuple[RoutingStep, ...]) -> Plan:
    priority, hot = said.get(Field.PRIORITY, (USUAL_PRIORITY, False))
    due, quantity = said[Field.DUE], said[Field.QUANTITY]
    return Plan(
        number=number,
        part=said[Field.PART],
        revision=said.get(Field.REVISION, ""),
        description=said.get(Field.DESCRIPTION, ""),
        quantity=quantity,
        due=due,
        planned_release=said.get(Field.PLANNED_RELEASE) or latest_release(due, quantity, routing),
        priority=priority,
        hot=hot or said.get(Field.HOT, False),
        routing=routing,
    )


def latest_release(due: date, quantity: int, routing: tuple[RoutingStep, ...]) -> date:
    """Return the due date minus the standard time of the routing, rounded up to whole days."""
    minutes = sum(step.setup_minutes + step.run_minutes * quantity for step in routing)
    most = (due - limits.DATES[0]).days
    return due - timedelta(days=min(ceil(minutes / _MINUTES_PER_DAY), most))
