"""Small plants for tests: every value has a default, and a test names what it is about."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.domain.events import (
    Event,
    ListResequenced,
    OperationStarted,
    OperatorKept,
    OrderPlanned,
    OrderReleased,
    QuantityReported,
    StationKept,
    WorkCenterKept,
)
from server.domain.floor import before
from server.domain.names import (
    AccountName,
    BadgeNumber,
    OperationId,
    OrderNumber,
    Serial,
    StationName,
    WorkCenterName,
)
from server.domain.operations import Quantities, RoutingStep
from server.domain.orders import Plan
from server.domain.paper import DocumentKind, Sheet, SheetLine
from server.domain.plant import Actor, Operator, WorkCenter
from server.services.ports import Books

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATHE, MILL, WASH = WorkCenterName("LATHE"), WorkCenterName("MILL"), WorkCenterName("WASH")
AT_LATHE = StationName("AT-LATHE")
ANN = BadgeNumber("1001")
DISPATCHER = Actor(account=AccountName("dora"))
FLOOR = Actor(station=AT_LATHE, badge=ANN)


def minutes(count: float) -> datetime:
    """Return the moment so many minutes after noon."""
    return NOON + timedelta(minutes=count)


def wo(at: int) -> OrderNumber:
    """Return the number of an order."""
    return OrderNumber(f"WO{at:03d}")


def op(at: int, number: int = 10) -> OperationId:
    """Return an operation of an order."""
    return OperationId(wo(at), number)


def plan(at: int = 1, *work_centers: WorkCenterName, **changes: Any) -> Plan:
    """Return the plan of an order that goes to these work centers, else to lathe and mill."""
    routing = tuple(
        RoutingStep(10 * place, name, f"work {place}", (), 20.0, 1.5)
        for place, name in enumerate(work_centers or (LATHE, MILL), start=1)
    )
    says: dict[str, Any] = {
        "number": wo(at),
        "part": f"P-{at}",
        "revision": "A",
        "description": f"Shaft {at}",
        "quantity": 10,
        "due": date(2026, 11, 20),
        "planned_release": date(2026, 11, 2),
        "routing": routing,
    }
    return Plan(**says | changes)


def sheet(serial: int = 1_000_001, at: int = 1, **changes: Any) -> Sheet:
    """Return the traveler of an order."""
    says: dict[str, Any] = {
        "serial": Serial(str(serial)),
        "kind": DocumentKind.TRAVELER,
        "fingerprint": "f" * 32,
        "issued_at": NOON,
        "issued_by": "dora",
        "order": wo(at),
        "lines": (SheetLine(1, wo(at), 10), SheetLine(2, wo(at), 20)),
    }
    return Sheet(**says | changes)


def recording(*events: Event, actor: Actor = DISPATCHER) -> Callable[[Books], None]:
    """Return a unit of work that records events."""

    def work(books: Books) -> None:
        for event in events:
            books.record(event, actor, NOON)

    return work


def set_up(books: Books) -> None:
    """Set up three work centers, a station and an operator."""
    recording(
        *(WorkCenterKept(WorkCenter(name, name.title(), "shop")) for name in (LATHE, MILL, WASH)),
        StationKept(AT_LATHE, LATHE),
        OperatorKept(Operator(ANN, "Ann")),
    )(books)


def released(*plans: Plan) -> Callable[[Books], None]:
    """Return a unit of work that plans and releases orders."""
    return recording(
        *(event for p in plans for event in (OrderPlanned(p), OrderReleased(p.number)))
    )


def start(books: Books, one: OperationId, entry_id: str | None = None, **changes: Any) -> None:
    """Let Ann start an operation at the lathe."""
    stood = before(books.order(one.order).operation(one.number))
    says: dict[str, Any] = {"work_center": LATHE, "badge": ANN, "before": stood}
    books.record(OperationStarted(one, **says | changes), FLOOR, NOON, entry_id)


def report(books: Books, one: OperationId, good: int, *, completes: bool = False) -> None:
    """Let Ann report good pieces."""
    stood = before(books.order(one.order).operation(one.number))
    event = QuantityReported(one, ANN, Quantities(good), completes, stood)
    books.record(event, FLOOR, NOON)


def resequence(books: Books, work_center: WorkCenterName, *after: OperationId) -> None:
    """Give a list a new order by hand; its first operation is what was moved."""
    listed = books.dispatch_list(work_center)
    stood = tuple(row.operation for row in listed.rows)
    event = ListResequenced(work_center, "hand", stood, after, after[:1], listed.version)
    books.record(event, DISPATCHER, NOON)
