"""Work orders as the last commit left them, so that a scan need not read its order again.

Reading an order and building its values is a good part of what a confirmation costs. Only the
one writer of a SQLite file knows orders; SQLite itself tells when another process has written.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from server.domain.floor import Place
from server.domain.names import OperationId, OrderNumber
from server.domain.orders import WorkOrder
from server.store.session import Session

MOST = 5000
"""Orders that are known at once: those the floor has touched last."""

Places = Mapping[OperationId, Place]


@dataclass(slots=True)
class Known:
    """The orders that the writer knows, the latest touched last."""

    _orders: OrderedDict[OrderNumber, tuple[WorkOrder, Places]] = field(default_factory=OrderedDict)
    _seen: int = -1

    def begin(self, session: Session) -> None:
        """Forget everything when somebody else has written since the last transaction."""
        version = session.number("pragma data_version")
        if version != self._seen:
            self.forget()
            self._seen = version

    def forget(self) -> None:
        """Forget everything: what was kept may not be what the database holds."""
        self._orders.clear()

    def get(self, number: OrderNumber) -> tuple[WorkOrder, Places] | None:
        """Return an order and the places of its operations, if it is known."""
        return self._orders.get(number)

    def drop(self, numbers: Iterable[OrderNumber]) -> None:
        """Forget some orders."""
        for number in numbers:
            self._orders.pop(number, None)

    def keep(self, order: WorkOrder, places: Places) -> None:
        """Know an order as a unit of work has left it."""
        self._orders[order.number] = (order, places)
        self._orders.move_to_end(order.number)
        if len(self._orders) > MOST:
            self._orders.popitem(last=False)
