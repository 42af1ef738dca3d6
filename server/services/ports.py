"""What the services may reach: a plant is a store, an announcer, a press and a clock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from server.domain.events import Entry, Event
from server.domain.feed import Cursor
from server.domain.floor import Floor
from server.domain.names import (
    AccountName,
    BadgeNumber,
    OperationId,
    OrderNumber,
    Serial,
    StationName,
    WorkCenterName,
)
from server.domain.orders import Plan, WorkOrder
from server.domain.paper import DocumentKind, Sheet
from server.domain.plant import Account, Actor, Box, Operator, Station, WorkCenter
from server.domain.rows import DispatchList, ListDelta
from server.domain.sequence import Line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be printed: the template's name and all that it says, as plain JSON values."""

    kind: DocumentKind
    title: str
    context: Mapping[str, Any]
    serials: tuple[Serial, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A document on its way to PDF: `queued`, `rendering`, `ready` or `failed`."""

    id: int
    document: Document
    state: str
    queued_at: datetime
    queued_by: str
    error: str = ""
    attempts: int = 0
    """How often a worker has taken it; more than once when a worker died of it."""


@dataclass(frozen=True, slots=True)
class WorkCenterLoad:
    """A work center and what stands in front of it."""

    work_center: WorkCenter
    version: int
    running: int
    ready: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one unit of work has changed, to be told after its commit."""

    rev: int
    entries: tuple[Entry, ...] = ()
    lists: tuple[ListDelta, ...] = ()


class Inquiries(Protocol):
    """What can be asked of a store; every answer is of one moment."""

    def revision(self) -> int:
        """Return the plant's revision: the number of facts committed so far."""
        ...

    def order(self, number: OrderNumber) -> WorkOrder:
        """Return a work order; raise UnknownOrder."""
        ...

    def find_order(self, number: OrderNumber) -> WorkOrder | None:
        """Return a work order, or None when there is none of that number."""
        ...

    def search_orders(self, text: str, limit: int) -> tuple[WorkOrder, ...]:
        """Return orders whose number, part or description contains the text, open ones first."""
        ...

    def planned_orders(self, limit: int) -> tuple[WorkOrder, ...]:
        """Return orders that wait for release, earliest planned release first."""
        ...

    def count_planned(self) -> int:
        """Return how many orders wait for release."""
        ...

    def work_centers(self) -> tuple[WorkCenter, ...]:
        """Return every work center, by department and name."""
        ...

    def work_center(self, name: WorkCenterName) -> WorkCenter:
        """Return a work center; raise UnknownWorkCenter."""
        ...

    def loads(self) -> tuple[WorkCenterLoad, ...]:
        """Return every work center with what stands in front of it, by department and name."""
        ...

    def dispatch_list(self, work_center: WorkCenterName) -> DispatchList:
        """Return a dispatch list with its rows in order, ranks and placements filled in."""
        ...

    def lines(
        self, work_center: WorkCenterName, due_at: Callable[[date], datetime]
    ) -> tuple[Line, ...]:
        """Return what the dispatch rules look at, in the order of the list."""
        ...

    def last_resequence(self, work_center: WorkCenterName) -> Entry | None:
        """Return the newest ListResequenced of a list, if there is one."""
        ...

    def resequences_since(self, work_center: WorkCenterName, version: int) -> tuple[Entry, ...]:
        """Return the ListResequenced made on this version of a list or later, oldest first."""
        ...

    def station(self, name: StationName) -> Station:
        """Return a station; raise UnknownStation."""
        ...

    def stations(self) -> tuple[Station, ...]:
        """Return every station by name."""
        ...

    def operator(self, badge: BadgeNumber) -> Operator:
        """Return the active operator with a badge; raise UnknownBadge."""
        ...

    def operators(self) -> tuple[Operator, ...]:
        """Return every operator by name."""
        ...

    def account(self, name: AccountName) -> Account | None:
        """Return an account, if there is one of that name."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Return every account by name."""
        ...

    def password_hash(self, name: AccountName) -> str | None:
        """Return the stored hash of an account's password."""
        ...

    def station_with_token(self, token_hash: str) -> Station | None:
        """Return the station that a device's token speaks for, given the token's hash."""
        ...

    def sheet(self, serial: Serial) -> Sheet:
        """Return a sheet; raise UnknownSheet."""
        ...

    def sheets(self, order: OrderNumber) -> tuple[Sheet, ...]:
        """Return every sheet ever printed of an order, newest first."""
        ...

    def boxes(self) -> Mapping[StationName, Box]:
        """Return how the boxes of stations last said that they are."""
        ...

    def cursor(self, station: StationName, epoch: str) -> Cursor:
        """Return how far the feed of a station's box has come in an epoch."""
        ...

    def entry(self, entry_id: str) -> Entry | None:
        """Return the journal entry that was recorded under a sender's id."""
        ...

    def entries(self, after: int, limit: int) -> tuple[Entry, ...]:
        """Return journal entries in order, those with a revision greater than `after`."""
        ...

    def history(self, order: OrderNumber, limit: int) -> tuple[Entry, ...]:
        """Return the newest journal entries about an order, newest first."""
        ...

    def reported_since(self, operation: OperationId, rev: int) -> bool:
        """Tell whether the floor reported anything about an operation after a revision."""
        ...

    def flagged(self, limit: int) -> tuple[Entry, ...]:
        """Return the newest journal entries that carry flags, newest first."""
        ...

    def print_job(self, job: int) -> PrintJob | None:
        """Return a print job, if there is one of that number."""
        ...

    def print_jobs(self, limit: int) -> tuple[PrintJob, ...]:
        """Return the newest print jobs, newest first."""
        ...

    def pdf(self, job: int) -> bytes | None:
        """Return the finished PDF of a print job."""
        ...


class Books(Floor, Inquiries, Protocol):
    """One unit of work on the store: ask, record facts, and all is committed or nothing."""

    def record(self, event: Event, actor: Actor, at: datetime, entry_id: str | None = None) -> None:
        """Write a fact into the journal under the next revision, and apply it to the floor."""
        ...

    def answered(self, entry_id: str) -> str | None:
        """Return the answer that was given under a sender's id, when it was here before."""
        ...

    def answer(self, entry_id: str, answer: str) -> None:
        """Keep the answer to the fact recorded under this id, for a sender who repeats it."""
        ...

    def next_serials(self, count: int) -> tuple[Serial, ...]:
        """Return so many form control numbers that no sheet has had."""
        ...

    def queue_print(self, document: Document, at: datetime, by: str) -> int:
        """Put a document on the spool; return its job number."""
        ...

    def keep_account(self, account: Account, password_hash: str | None) -> None:
        """Keep an account; without a hash its password stays."""
        ...

    def keep_enrolment(self, station: StationName, code_hash: str, until: datetime) -> None:
        """Keep the one-time code that lets a device enrol as a station, instead of any other."""
        ...

    def redeem_enrolment(self, station: StationName, code_hash: str, at: datetime) -> bool:
        """Use up an enrolment code; tell whether it was right and not too old."""
        ...

    def keep_token(self, station: StationName, token_hash: str, at: datetime) -> None:
        """Keep the token of one more device of a station."""
        ...

    def drop_tokens(self, station: StationName) -> None:
        """Forget the tokens of every device of a station."""
        ...

    def keep_cursor(self, station: StationName, epoch: str, cursor: Cursor, at: datetime) -> None:
        """Keep how far the feed of a station's box has come in an epoch; not a fact."""
        ...

    def note_box(self, station: StationName, box: Box) -> None:
        """Keep how the box of a station is; not a fact."""
        ...

    def note_seen(self, station: StationName, version: int, at: datetime) -> None:
        """Keep which version of its list a station has shown, and when; not a fact."""
        ...

    def note_contact(self, station: StationName, at: datetime) -> None:
        """Keep when a station was last connected; not a fact."""
        ...


class Spool(Protocol):
    """The worker's side of the print jobs."""

    def claim(self, at: datetime) -> PrintJob | None:
        """Take the oldest queued job for rendering, so that no other worker does."""
        ...

    def finish(self, job: int, pdf: bytes, at: datetime) -> None:
        """Keep the PDF of a job; it is ready."""
        ...

    def fail(self, job: int, error: str, at: datetime) -> None:
        """Keep why a job could not be rendered."""
        ...


class StoreAway(RuntimeError):
    """The store cannot be reached now; nothing of what was wanted has happened."""


class Store(Protocol):
    """Where the plant's state lives."""

    def read(self, work: Callable[[Inquiries], T]) -> T:
        """Return what `work` finds out, all of it of one moment."""
        ...

    def write(self, work: Callable[[Books], T]) -> tuple[T, Change]:
        """Do a unit of work: durable when this returns, undone entirely when `work` raises."""
        ...

    def answers(self) -> bool:
        """Tell whether the database answers, whatever its tables are."""
        ...

    def is_ready(self) -> bool:
        """Tell whether the database answers and its tables are those of this version."""
        ...


class Announcer(Protocol):
    """Tells the screens what has been committed."""

    def tell(self, change: Change) -> None:
        """Push a change to every screen concerned; called after the commit, never inside."""
        ...


class Press(Protocol):
    """Knows when there is something to render."""

    def wake(self) -> None:
        """Tell the paper worker that a job waits; called after the commit."""
        ...

    def is_ready(self) -> bool:
        """Tell whether a worker is there to render."""
        ...


class Progress(Protocol):
    """Hears how far something has come that takes long."""

    def __call__(self, done: int, of: int | None) -> None:
        """Take how many rows or orders are done, and of how many; None when nobody knows."""
        ...


def unheard(done: int, of: int | None) -> None:
    """Tell nobody how far something has come."""


LARGEST_FILE = 20_000_000
"""In bytes, for one file of work orders: what is read, and what may be sent to the desk."""


@dataclass(frozen=True, slots=True)
class FileError:
    """One thing wrong in an imported file, and where."""

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    """What was expected instead: a code of docs/import-format.md with its data after a colon."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A work order as a file brought it, and the row it began on."""

    plan: Plan
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of work orders contains; plans may be used only when there are no errors."""

    plans: tuple[PlannedRow, ...] = ()
    errors: tuple[FileError, ...] = ()
    unused: tuple[str, ...] = ()
    """Columns that nothing was read from: shown, so that a misspelt name is seen."""


@dataclass(frozen=True, slots=True)
class MappingReading:
    """What a mapping file says, as an OrderReader takes it, or everything that is wrong with it."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[FileError, ...] = ()


class MappingReader(Protocol):
    """Reads a mapping file."""

    def __call__(self, name: str, content: bytes) -> MappingReading:
        """Return what the file says, or everything that is wrong with it."""
        ...


class OrderReader(Protocol):
    """Reads a file of work orders."""

    def __call__(self, name: str, content: bytes, mapping: Mapping[str, str]) -> Reading:
        """Return everything in the file, or everything that is wrong with it."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What a plant can set about its rules."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    plant_name: str = "Floorline"
    badge_time: timedelta = timedelta(seconds=60)
    """How long a badge scan signs an operator in for the next action."""
    undo_time: timedelta = timedelta(seconds=10)
    enrolment_time: timedelta = timedelta(minutes=15)
    paper: str = "A4"
    """`A4` or `letter`."""
    language: str = "en"
    """The language of the plant's paper; screens speak the reader's."""
    demo: bool = False

    def due_at(self, due: date) -> datetime:
        """Return the end of a due date at the plant, as a moment."""
        return datetime.combine(due + timedelta(days=1), time(), self.zone)

    def today(self, now: datetime) -> date:
        """Return the plant's calendar date of a moment."""
        return now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Plant:
    """Everything a service needs: built once in `app.py`, given to each call."""

    store: Store
    announcer: Announcer
    press: Press
    now: Callable[[], datetime]
    """The present moment, aware and in UTC."""
    rules: Rules = field(default_factory=Rules)

    def change(self, work: Callable[[Books], T]) -> T:
        """Do a unit of work, then tell the screens; the one way in which services write."""
        result, change = self.store.write(work)
        if change.entries:
            self.announcer.tell(change)
        return result


def codes(errors: Sequence[FileError]) -> list[dict[str, Any]]:
    """Return file errors as plain values for an answer."""
    return [
        {
            "file": e.file,
            "row": e.row,
            "column": e.column,
            "value": e.value,
            "expected": e.expected,
        }
        for e in errors
    ]
