"""A unit of work on a state in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from server.domain.events import Entry, Event
from server.domain.feed import Cursor
from server.domain.floor import apply
from server.domain.names import BadgeNumber, OperationId, Serial, StationName, WorkCenterName
from server.domain.orders import WorkOrder
from server.domain.paper import Sheet
from server.domain.plant import Account, Actor, Box, Operator, WorkCenter
from server.domain.rows import ListChanges, ListDelta, Placement
from server.services.ports import Change, Document, PrintJob
from tests.fakes.memory_inquiries import MemoryInquiries
from tests.fakes.memory_state import Device, MemoryState, Spooled


class MemoryBooks(MemoryInquiries):
    """The port `Books` on a state in memory that nobody else sees yet."""

    def __init__(self, state: MemoryState) -> None:
        super().__init__(state)
        self._began_at = len(state.entries)
        self._changes = ListChanges()

    def record(self, event: Event, actor: Actor, at: datetime, entry_id: str | None = None) -> None:
        if entry_id is not None and self.entry(entry_id):
            raise ValueError(entry_id)
        entry = Entry(len(self.state.entries) + 1, at, actor, event, entry_id)
        self.state.entries.append(entry)
        apply(self, entry)

    def closed(self) -> Change:
        """Return what the unit of work has changed; it ends with this."""
        entries = tuple(self.state.entries[self._began_at :])
        return Change(self.revision(), entries, self._told())

    def _told(self) -> tuple[ListDelta, ...]:
        deltas = []
        for work_center, change in self._changes.lists.items():
            for one in change.joined:
                place = self.floor.places[one]
                self._changes.ranked(one, place.rank, place.placed)
            version, feed = self.state.lists.get(work_center, (0, 0))
            told = self.state.lists[work_center] = (version + change.moves_version, feed + 1)
            deltas.append(change.delta(work_center, *told))
        return tuple(deltas)

    # What facts change

    def keep_order(self, order: WorkOrder) -> None:
        self._changes.order_kept(self.find_order(order.number), order)
        self.floor.keep_order(order)

    def arrange(
        self,
        work_center: WorkCenterName,
        operations: Sequence[OperationId],
        moved: Sequence[OperationId],
        placed: Placement,
    ) -> None:
        self._changes.arranged(work_center, operations, moved, placed)
        self.floor.arrange(work_center, operations, moved, placed)

    def keep_sheet(self, sheet: Sheet) -> None:
        self.floor.keep_sheet(sheet)

    def keep_work_center(self, work_center: WorkCenter) -> None:
        self.floor.keep_work_center(work_center)

    def keep_operator(self, operator: Operator) -> None:
        self.floor.keep_operator(operator)

    def place_station(self, station: StationName, work_center: WorkCenterName) -> None:
        self.floor.place_station(station, self.work_center(work_center).name)

    def sign_in(self, station: StationName, badge: BadgeNumber | None, at: datetime | None) -> None:
        self.floor.sign_in(station, badge, at)

    # What is no fact of the floor

    def answered(self, entry_id: str) -> str | None:
        return self.state.answers.get(entry_id)

    def answer(self, entry_id: str, answer: str) -> None:
        if self.entry(entry_id) is None:
            raise LookupError(entry_id)
        self.state.answers[entry_id] = answer

    def next_serials(self, count: int) -> tuple[Serial, ...]:
        first = self.state.last_serial + 1
        self.state.last_serial += count
        return tuple(Serial(str(number)) for number in range(first, first + count))

    def queue_print(self, document: Document, at: datetime, by: str) -> int:
        number = len(self.state.jobs) + 1
        self.state.jobs[number] = Spooled(PrintJob(number, document, "queued", at, by))
        return number

    def keep_account(self, account: Account, password_hash: str | None) -> None:
        kept = password_hash or self.password_hash(account.name)
        self.state.accounts[account.name] = (account, kept)

    def keep_enrolment(self, station: StationName, code_hash: str, until: datetime) -> None:
        self.state.enrolments[self.station(station).name] = (code_hash, until)

    def redeem_enrolment(self, station: StationName, code_hash: str, at: datetime) -> bool:
        code, until = self.state.enrolments.get(station, (None, at))
        if code != code_hash or at > until:
            return False
        del self.state.enrolments[station]
        return True

    def keep_token(self, station: StationName, token_hash: str, at: datetime) -> None:
        self._note(station, lambda d: replace(d, tokens=d.tokens | {token_hash}, enrolled_at=at))

    def drop_tokens(self, station: StationName) -> None:
        self._note(station, lambda d: replace(d, tokens=frozenset(), enrolled_at=None))

    def note_box(self, station: StationName, box: Box) -> None:
        self.state.boxes[station] = box

    def keep_cursor(self, station: StationName, epoch: str, cursor: Cursor, at: datetime) -> None:
        del at
        self.state.cursors[self.station(station).name, epoch] = cursor

    def note_seen(self, station: StationName, version: int, at: datetime) -> None:
        self._note(station, lambda d: replace(d, seen_version=version, seen_at=at))

    def note_contact(self, station: StationName, at: datetime) -> None:
        self._note(station, lambda d: replace(d, contact_at=at))

    def _note(self, station: StationName, change: Callable[[Device], Device]) -> None:
        if station in self.floor.stations:
            device = self.state.devices.get(station, Device())
            self.state.devices[station] = change(device)
