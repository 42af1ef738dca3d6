"""The whole of what can be asked, and the whole of a unit of work."""

from datetime import datetime

from server.domain.events import Event
from server.domain.floor import apply
from server.domain.plant import Actor
from server.services.ports import Change
from server.store.accounts import AccountsAsked, AccountsKept
from server.store.journal import JournalAsked, JournalKept
from server.store.lists import ListsAsked
from server.store.orders import OrdersAsked, OrdersKept
from server.store.plant import PlantAsked, PlantKept
from server.store.print_jobs import PrintJobsAsked, PrintJobsKept
from server.store.sheets import SheetsAsked, SheetsKept


class SqlInquiries(
    OrdersAsked, ListsAsked, JournalAsked, PlantAsked, AccountsAsked, SheetsAsked, PrintJobsAsked
):
    """Everything that can be asked of the store: the port `Inquiries`."""


class SqlBooks(OrdersKept, JournalKept, PlantKept, AccountsKept, SheetsKept, PrintJobsKept):
    """One unit of work on the store: the port `Books`."""

    def record(self, event: Event, actor: Actor, at: datetime, entry_id: str | None = None) -> None:
        """Write a fact into the journal under the next revision, and apply it to the floor."""
        apply(self, self._write(event, actor, at, entry_id))

    def closed(self) -> Change:
        """Return what the unit of work has changed; it ends with this."""
        self._keep_revision()
        change = Change(self._rev, tuple(self._entries), self._told())
        self.remember()
        return change
