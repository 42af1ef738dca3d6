"""Dispatch lists: asking for their rows, their lines and what stands in front of whom."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    bindparam,
    case,
    func,
    literal_column,
    select,
    text,
)

from server.domain.names import OperationId, WorkCenterName
from server.domain.operations import OperationState
from server.domain.plant import WorkCenter
from server.domain.rows import DispatchList, Row
from server.domain.sequence import Line
from server.services.ports import WorkCenterLoad
from server.store.asked import Asked
from server.store.codec import words_from
from server.store.order_rows import placement_from
from server.store.schema import dispatch_list, operation, work_center, work_order
from server.store.session import Record, Statement

_IS_ENLISTED = text("operation.enlisted")  # Word for word the condition of the index.
_HERE = operation.c.list == bindparam("work_center")
_BY_RANK = (operation.c.rank, operation.c.order_number, operation.c.number)

_near = operation.alias("near")
_near_work_center = (
    select(_near.c.work_center)
    .where(_near.c.order_number == operation.c.order_number)
    .limit(1)
    .correlate(operation)
)
_PREVIOUS = (
    _near_work_center.where(_near.c.number < operation.c.number)
    .order_by(_near.c.number.desc())
    .scalar_subquery()
)
_NEXT = (
    _near_work_center.where(_near.c.number > operation.c.number)
    .order_by(_near.c.number)
    .scalar_subquery()
)
ROWS = Statement(
    select(
        *(operation.c.order_number, operation.c.number, operation.c.work_center),
        *(work_order.c.part, work_order.c.revision, work_order.c.description),
        *(operation.c.description, operation.c.state),
        *(work_order.c.due, work_order.c.priority, work_order.c.hot, work_order.c.hold),
        *(work_order.c.quantity, operation.c.arrived),
        *(operation.c.good, operation.c.scrap, operation.c.rework),
        *(operation.c.setup_minutes, operation.c.run_minutes),
        *(operation.c.crew, operation.c.started_at, _PREVIOUS, _NEXT, operation.c.rank),
        *(operation.c.placed_by, operation.c.placed_at, operation.c.placed_rule),
    )
    .join_from(operation, work_order)
    .where(_IS_ENLISTED, _HERE)
    .order_by(*_BY_RANK)
)

_rest = operation.alias("rest")
_ZERO: ColumnElement[int] = literal_column("0")


def _minutes(of: FromClause) -> ColumnElement[float]:
    """Return the standard minutes of what is left of an operation: as `Operation.minutes`."""
    left = work_order.c.quantity - of.c.good - of.c.scrap - of.c.rework
    setup = case((of.c.started_at.is_(None), of.c.setup_minutes), else_=_ZERO)
    return setup + of.c.run_minutes * case((left > _ZERO, left), else_=_ZERO)


def _over_rest(value: ColumnElement[Any]) -> ColumnElement[Any]:
    rest = select(value).where(_rest.c.order_number == operation.c.order_number)
    later = rest.where(_rest.c.number >= operation.c.number, text("rest.state <> 'completed'"))
    return later.correlate(operation, work_order).scalar_subquery()


LINES = Statement(
    select(
        *(operation.c.order_number, operation.c.number),
        *(work_order.c.released_at, work_order.c.due, work_order.c.hot),
        *(operation.c.state, _minutes(operation)),
        *(_over_rest(func.sum(_minutes(_rest))), _over_rest(func.count())),
    )
    .join_from(operation, work_order)
    .where(_IS_ENLISTED, _HERE)
    .order_by(*_BY_RANK)
)
LIST = Statement(
    select(dispatch_list.c.version, dispatch_list.c.feed).where(
        dispatch_list.c.work_center == bindparam("work_center")
    )
)
_COUNTS = (
    select(operation.c.list, operation.c.state, func.count())
    .where(_IS_ENLISTED)
    .group_by(operation.c.list, operation.c.state)
)
COUNTS = Statement(_COUNTS)
WORK_CENTERS = Statement(
    select(*work_center.c, func.coalesce(dispatch_list.c.version, _ZERO))
    .join_from(
        work_center,
        dispatch_list,
        dispatch_list.c.work_center == work_center.c.name,
        isouter=True,
    )
    .order_by(work_center.c.department, work_center.c.name)
)


class ListsAsked(Asked):
    """What can be asked about dispatch lists."""

    def dispatch_list(self, work_center: WorkCenterName) -> DispatchList:
        """Return a dispatch list with its rows in order, ranks and placements filled in."""
        rows = self._session.all(ROWS, work_center=work_center)
        version, feed = self._session.first(LIST, work_center=work_center) or (0, 0)
        return DispatchList(work_center, version, feed, tuple(map(_row_from, rows)))

    def lines(
        self, work_center: WorkCenterName, due_at: Callable[[date], datetime]
    ) -> tuple[Line, ...]:
        """Return what the dispatch rules look at, in the order of the list."""
        return tuple(
            Line(
                operation=OperationId(order, number),
                arrived_at=released_at,
                due_at=due_at(due),
                hot=hot,
                is_running=state == OperationState.RUNNING,
                minutes=minutes,
                remaining_minutes=remaining,
                remaining_operations=operations,
            )
            for order, number, released_at, due, hot, state, minutes, remaining, operations in (
                self._session.all(LINES, work_center=work_center)
            )
        )

    def loads(self) -> tuple[WorkCenterLoad, ...]:
        """Return every work center with what stands in front of it, by department and name."""
        counts = {(name, state): count for name, state, count in self._session.all(COUNTS)}
        return tuple(
            WorkCenterLoad(
                WorkCenter(name, *set_up),
                version,
                running=counts.get((name, OperationState.RUNNING), 0),
                ready=counts.get((name, OperationState.READY), 0)
                + counts.get((name, OperationState.SUSPENDED), 0),
                waiting=counts.get((name, OperationState.WAITING), 0),
            )
            for name, *set_up, version in self._session.all(WORK_CENTERS)
        )


def _row_from(record: Record) -> Row:
    order, number, *planned = record[:7]
    state, *stand, crew, started_at, previous, following, rank, by, at, rule = record[7:]
    near = (words_from(crew), started_at, previous, following, rank)
    return Row(
        *(OperationId(order, number), *planned, OperationState(state)),
        *(*stand, *near, placement_from(by, at, rule)),
    )
