"""Work orders: asking for them, and keeping what has changed about them."""

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    text,
    update,
)

from server.domain.errors import UnknownOrder
from server.domain.names import OrderNumber
from server.domain.operations import Operation
from server.domain.orders import WorkOrder
from server.domain.rows import is_enlisted
from server.store.arranging import ListsKept
from server.store.asked import Asked
from server.store.known import Known, Places
from server.store.order_rows import (
    OPERATION_COLUMNS,
    ORDER_COLUMNS,
    operation_values,
    order_from,
    order_values,
    orders_from,
    place_from,
    report_values,
    search_text,
)
from server.store.schema import operation, work_order
from server.store.session import Record, Session, Statement, Values, upsert

_LIMIT = bindparam("limit", type_=work_order.c.quantity.type)
_SOUGHT = bindparam("text", type_=work_order.c.searched.type)
_OPERATIONS = select(*OPERATION_COLUMNS).order_by(operation.c.order_number, operation.c.number)
_IS_PLANNED = text("state = 'planned'")  # Word for word the condition of the index.
_IS_OVER: ColumnElement[int] = literal_column("state in ('completed', 'cancelled')")


def _heads(orders: Select[tuple[str]]) -> Statement:
    return Statement(orders.with_only_columns(*ORDER_COLUMNS))


def _bodies(orders: Select[tuple[str]]) -> Statement:
    return Statement(_OPERATIONS.where(operation.c.order_number.in_(orders)))


def _matching(position: ColumnElement[int]) -> Select[tuple[str]]:
    found = select(work_order.c.number).where(position > literal_column("0"))
    return found.order_by(_IS_OVER, work_order.c.number).limit(_LIMIT)


ORDER = Statement(select(*ORDER_COLUMNS).where(work_order.c.number == bindparam("number")))
OPERATIONS = Statement(_OPERATIONS.where(operation.c.order_number == bindparam("number")))
_PLANNED = (
    select(work_order.c.number)
    .where(_IS_PLANNED)
    .order_by(work_order.c.planned_release, work_order.c.number)
    .limit(_LIMIT)
)
PLANNED, PLANNED_OPERATIONS = _heads(_PLANNED), _bodies(_PLANNED)
COUNT_PLANNED = Statement(select(func.count()).select_from(work_order).where(_IS_PLANNED))
_MATCHING = {
    "sqlite": _matching(func.instr(work_order.c.searched, _SOUGHT)),
    "postgresql": _matching(func.strpos(work_order.c.searched, _SOUGHT)),
}
MATCHING = Statement({k: q.with_only_columns(*ORDER_COLUMNS) for k, q in _MATCHING.items()})
MATCHING_OPERATIONS = Statement(
    {k: _OPERATIONS.where(operation.c.order_number.in_(q)) for k, q in _MATCHING.items()}
)
KEEP_ORDER = upsert(work_order)
KEEP_OPERATION = upsert(operation)
REPORTED = (
    *("state", "arrived", "good", "scrap", "rework", "crew"),
    *("started_at", "completed_at"),
)
REPORT = Statement(
    update(operation)
    .where(operation.c.order_number == bindparam("of_order"))
    .where(operation.c.number == bindparam("of_number"))
    .values({name: bindparam(name) for name in REPORTED})
)
DROP_OPERATION = Statement(
    delete(operation)
    .where(operation.c.order_number == bindparam("order"))
    .where(operation.c.number == bindparam("operation"))
)


class OrdersAsked(Asked):
    """What can be asked about work orders."""

    def order(self, number: OrderNumber) -> WorkOrder:
        """Return a work order; raise UnknownOrder."""
        found = self.find_order(number)
        if found is None:
            raise UnknownOrder(number)
        return found

    def find_order(self, number: OrderNumber) -> WorkOrder | None:
        """Return a work order, or None when there is none of that number."""
        found = self._read_order(number)
        return order_from(*found) if found else None

    def _read_order(self, number: OrderNumber) -> tuple[Record, list[Record]] | None:
        head = self._session.first(ORDER, number=number)
        return (head, self._session.all(OPERATIONS, number=number)) if head else None

    def search_orders(self, text: str, limit: int) -> tuple[WorkOrder, ...]:
        """Return orders whose number, part or description contains the text, open ones first."""
        sought = search_text(text)
        return orders_from(
            self._session.all(MATCHING, text=sought, limit=limit),
            self._session.all(MATCHING_OPERATIONS, text=sought, limit=limit),
        )

    def planned_orders(self, limit: int) -> tuple[WorkOrder, ...]:
        """Return orders that wait for release, earliest planned release first."""
        return orders_from(
            self._session.all(PLANNED, limit=limit),
            self._session.all(PLANNED_OPERATIONS, limit=limit),
        )

    def count_planned(self) -> int:
        """Return how many orders wait for release."""
        return int(self._session.value(COUNT_PLANNED))


class OrdersKept(OrdersAsked, ListsKept):
    """Work orders within a unit of work: each is read once, and only differences are written."""

    def __init__(self, session: Session, known: Known | None = None) -> None:
        super().__init__(session)
        self._known = known
        self._orders: dict[OrderNumber, WorkOrder] = {}

    def find_order(self, number: OrderNumber) -> WorkOrder | None:
        """Return a work order as this unit of work has left it, or None when there is none."""
        if number not in self._orders and (found := self._known_or_read(number)):
            self._orders[number], places = found
            self._places.update(places)
        return self._orders.get(number)

    def _known_or_read(self, number: OrderNumber) -> tuple[WorkOrder, Places] | None:
        # What this unit has rearranged already is known with its earlier places.
        if self._known and number not in self._rearranged and (known := self._known.get(number)):
            return known
        found = self._read_order(number)
        if found is None:
            return None
        order = order_from(*found)
        places = zip(order.operations, map(place_from, found[1]), strict=True)
        return order, {one.id: place for one, place in places if place}

    def remember(self) -> None:
        """Let the writer know the orders of this unit of work, which has succeeded."""
        if self._known is None:
            return
        self._known.drop(self._rearranged)
        for order in self._orders.values():
            ids = [one.id for one in order.operations]
            self._known.keep(order, {i: self._places[i] for i in ids if i in self._places})

    def keep_order(self, order: WorkOrder) -> None:
        """Keep a new or changed order; operations that come on a list join it at its end."""
        old = self.find_order(order.number)
        self._changes.order_kept(old, order)
        self._orders[order.number] = order
        if old is None or _head(old) != _head(order):
            self._session.run(KEEP_ORDER, **order_values(order))
        self._keep_operations(old, order)

    def _keep_operations(self, old: WorkOrder | None, new: WorkOrder) -> None:
        known = {one.number: one for one in old.operations} if old else {}
        stayed = old is not None and old.is_on_the_floor == new.is_on_the_floor
        rows: dict[Statement, list[Values]] = {KEEP_OPERATION: [], REPORT: []}
        for one in new.operations:
            earlier = known.pop(one.number, None)
            # What was not touched is the same object: most operations of an order, every time.
            if not (stayed and earlier is one):
                was_listed = bool(old and earlier and is_enlisted(old, earlier))
                is_listed = is_enlisted(new, one)
                row = self._row(earlier, one, was_listed=was_listed, is_listed=is_listed)
                rows[row[0]].append(row[1])
        for statement, changed in rows.items():
            self._session.run_each(statement, changed)
        for dropped in known.values():
            self._places.pop(dropped.id, None)
            self._session.run(DROP_OPERATION, order=new.number, operation=dropped.number)

    def _row(
        self, earlier: Operation | None, now: Operation, *, was_listed: bool, is_listed: bool
    ) -> tuple[Statement, Values]:
        """Return how an operation is kept: mostly as the floor has reported it."""
        if is_listed:
            self._take_place(now.id, now.work_center)
        if earlier and earlier.step is now.step and was_listed == is_listed:
            return REPORT, report_values(now)
        place = self._places.get(now.id)
        return KEEP_OPERATION, operation_values(now, place, enlisted=is_listed)


def _head(order: WorkOrder) -> tuple[object, ...]:
    return order.plan, order.state, order.hold, order.released_at
