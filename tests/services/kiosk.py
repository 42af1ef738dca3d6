"""What people do in the tests: scan, touch, import, release; and what then is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from server.domain.events import Entry
from server.domain.names import BadgeNumber, OrderNumber, StationName
from server.domain.operations import Operation, Quantities
from server.domain.orders import Plan, WorkOrder
from server.domain.paper import DocumentKind, Sheet
from server.domain.symbols import LineNumber, line_code
from server.services import planning, release
from server.services.answers import Answer
from server.services.ports import PlannedRow, Plant, Reading
from server.services.report import Report, Undo, report, undo
from server.services.scan import Scan, scan
from tests.workshop import ANNA, DISPATCHER, LATHE, ORDER, operation_id, plan

_ids = count(1)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """Somebody at the screen of one station."""

    plant: Plant
    name: str = LATHE

    def scan(self, text: str, **says: Any) -> Answer:
        """Return the answer to a code."""
        message = Scan(**{"id": new_id(), "text": text} | says)
        return scan(self.plant, StationName(self.name), message)

    def badge(self, badge: BadgeNumber = ANNA) -> Answer:
        """Return the answer to a badge."""
        return self.scan(f"1H{badge}")

    def line(self, number: int = 10, of: str = ORDER, **says: Any) -> Answer:
        """Return the answer to an operation's line on the current traveler."""
        return self.scan(line_of(self.plant, number, of), **says)

    def start(self, number: int = 10, badge: BadgeNumber = ANNA, **says: Any) -> Answer:
        """Return the answer to badge and traveler."""
        self.badge(badge)
        return self.line(number, **says)

    def touch(self, verb: str, number: int = 10, **says: Any) -> Answer:
        """Return the answer to a touch on the panel of an operation."""
        usual = {"id": new_id(), "operation": operation_id(number), "verb": verb}
        return report(self.plant, StationName(self.name), Report(**usual | says))

    def count(self, good: int = 0, number: int = 10, **says: Any) -> Answer:
        """Return the answer to a report of pieces."""
        pieces = Quantities(good, says.pop("scrap", 0), says.pop("rework", 0))
        return self.touch("quantity", number, pieces=pieces, **says)

    def finish(self, number: int = 10, good: int = 10) -> Answer:
        """Return the answer to the report that finishes what Anna has just started."""
        self.start(number)
        return self.count(good, number)

    def undo(self, undone: Answer | str, **says: Any) -> Answer:
        """Return the answer to taking a report back."""
        what = undone if isinstance(undone, str) else undone.id
        return undo(self.plant, StationName(self.name), Undo(says.get("id", new_id()), what))


def new_id() -> str:
    """Return an id that no message has had."""
    return f"id-{next(_ids)}"


def rows(*plans: Plan) -> tuple[Reading, ...]:
    """Return what a file with these plans contains."""
    return (Reading(tuple(PlannedRow(p, "orders.csv", at) for at, p in enumerate(plans, 2))),)


def planned(plant: Plant, *plans: Plan) -> planning.ImportReport:
    """Import plans; return what that did."""
    return planning.import_orders(plant, DISPATCHER, rows(*plans))


def released(plant: Plant, *numbers: str, **changed: Any) -> release.Released:
    """Plan and release orders."""
    planned(plant, *(plan(number, **changed) for number in numbers))
    return release.release(plant, DISPATCHER, [OrderNumber(number) for number in numbers], "")


def order_of(plant: Plant, number: str = ORDER) -> WorkOrder:
    """Return a work order."""
    return plant.store.read(lambda books: books.order(OrderNumber(number)))


def operation_of(plant: Plant, number: int = 10, of: str = ORDER) -> Operation:
    """Return an operation."""
    return order_of(plant, of).operation(number)


def journal(plant: Plant) -> Sequence[Entry]:
    """Return every fact."""
    return plant.store.read(lambda books: books.entries(0, 100_000))


def sheets(plant: Plant, number: str = ORDER) -> tuple[Sheet, ...]:
    """Return every traveler of an order, newest first."""
    of = plant.store.read(lambda books: books.sheets(OrderNumber(number)))
    return tuple(sheet for sheet in of if sheet.kind is DocumentKind.TRAVELER)


def line_of(plant: Plant, number: int, of: str = ORDER) -> str:
    """Return the code of an operation on the newest traveler of its order."""
    sheet = sheets(plant, of)[0]
    (line,) = (line.line for line in sheet.lines if line.operation == number)
    return line_code(sheet.serial, LineNumber(line))
