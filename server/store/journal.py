"""The journal: every fact in the order of its revision, and the answers that were given."""

from datetime import datetime
from typing import get_args

from sqlalchemy import bindparam, insert, select, text, update

from server.domain.events import (
    Entry,
    Event,
    FloorReport,
    ListResequenced,
    operation_of,
    order_of,
)
from server.domain.floor import name_of
from server.domain.names import OperationId, OrderNumber, Serial, WorkCenterName
from server.domain.plant import Actor
from server.store.asked import Asked
from server.store.codec import event_from, event_text, words_text
from server.store.schema import journal, plant
from server.store.session import Record, Session, Statement

_LIMIT = bindparam("limit", type_=plant.c.id.type)
_REPORTS = ", ".join(f"'{kind.__name__}'" for kind in get_args(FloorReport))
_ENTRIES = select(
    *(journal.c.rev, journal.c.at, journal.c.account, journal.c.station, journal.c.badge),
    *(journal.c.kind, journal.c.body, journal.c.id),
)
_NEWEST = _ENTRIES.order_by(journal.c.rev.desc()).limit(_LIMIT)
_OLDEST = _ENTRIES.order_by(journal.c.rev).limit(_LIMIT)
_OF_LIST = (text("kind = 'ListResequenced'"), journal.c.work_center == bindparam("work_center"))

REVISION = Statement(select(plant.c.rev))
ENTRY = Statement(_ENTRIES.where(journal.c.id == bindparam("id")))
ENTRIES = Statement(_OLDEST.where(journal.c.rev > bindparam("after")))
HISTORY = Statement(_NEWEST.where(journal.c.order_number == bindparam("order")))
FLAGGED = Statement(_NEWEST.where(text("flags <> '[]'")))
RESEQUENCES = Statement(_ENTRIES.where(*_OF_LIST).order_by(journal.c.rev.desc()))
LAST_RESEQUENCE = Statement(_NEWEST.where(*_OF_LIST))
REPORTED = Statement(
    select(journal.c.rev)
    .where(journal.c.order_number == bindparam("order"))
    .where(journal.c.operation == bindparam("number"))
    .where(journal.c.rev > bindparam("rev"))
    .where(text(f"kind in ({_REPORTS})"))
    .limit(_LIMIT)
)
LOCK_REVISION = Statement(select(plant.c.rev).with_for_update())
KEEP_REVISION = Statement(update(plant).values(rev=bindparam("rev")))
RECORD = Statement(
    insert(journal).values({c.name: bindparam(c.name) for c in journal.c if c.name != "answer"})
)
ANSWERED = Statement(select(journal.c.answer).where(journal.c.id == bindparam("id")))
ANSWER = Statement(
    update(journal).where(journal.c.id == bindparam("of_id")).values(answer=bindparam("answer"))
)
TAKE_SERIALS = Statement(
    update(plant)
    .values(last_serial=plant.c.last_serial + bindparam("count"))
    .returning(plant.c.last_serial)
)


class JournalAsked(Asked):
    """What can be asked about the journal."""

    def revision(self) -> int:
        """Return the plant's revision: the number of facts committed so far."""
        return int(self._session.value(REVISION))

    def entry(self, entry_id: str) -> Entry | None:
        """Return the journal entry that was recorded under a sender's id."""
        record = self._session.first(ENTRY, id=entry_id)
        return _entry_from(record) if record else None

    def entries(self, after: int, limit: int) -> tuple[Entry, ...]:
        """Return journal entries in order, those with a revision greater than `after`."""
        return tuple(map(_entry_from, self._session.all(ENTRIES, after=after, limit=limit)))

    def history(self, order: OrderNumber, limit: int) -> tuple[Entry, ...]:
        """Return the newest journal entries about an order, newest first."""
        return tuple(map(_entry_from, self._session.all(HISTORY, order=order, limit=limit)))

    def flagged(self, limit: int) -> tuple[Entry, ...]:
        """Return the newest journal entries that carry flags, newest first."""
        return tuple(map(_entry_from, self._session.all(FLAGGED, limit=limit)))

    def reported_since(self, operation: OperationId, rev: int) -> bool:
        """Tell whether the floor reported anything about an operation after a revision."""
        order, number = operation
        found = self._session.first(REPORTED, order=order, number=number, rev=rev, limit=1)
        return found is not None

    def last_resequence(self, work_center: WorkCenterName) -> Entry | None:
        """Return the newest ListResequenced of a list, if there is one."""
        record = self._session.first(LAST_RESEQUENCE, work_center=work_center, limit=1)
        return _entry_from(record) if record else None

    def resequences_since(self, work_center: WorkCenterName, version: int) -> tuple[Entry, ...]:
        """Return the ListResequenced made on this version of a list or later, oldest first."""
        since: list[Entry] = []
        for record in self._session.all(RESEQUENCES, work_center=work_center):
            entry = _entry_from(record)
            if isinstance(entry.event, ListResequenced) and entry.event.version >= version:
                since.append(entry)
        return tuple(reversed(since))


class JournalKept(JournalAsked):
    """The journal within a unit of work, which alone may write: the revision row is locked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._entries: list[Entry] = []
        self._rev = int(session.value(LOCK_REVISION))

    def revision(self) -> int:
        """Return the plant's revision, this unit's facts included."""
        return self._rev

    def _write(self, event: Event, actor: Actor, at: datetime, entry_id: str | None) -> Entry:
        """Write a fact under the next revision."""
        self._rev += 1
        entry = Entry(self._rev, at, actor, event, entry_id)
        one = operation_of(event)
        named = getattr(event, "work_center", None)
        self._session.run(
            RECORD,
            rev=entry.rev,
            id=entry_id,
            at=at,
            kind=name_of(event),
            account=actor.account,
            station=actor.station,
            badge=actor.badge,
            order_number=order_of(event),
            operation=one.number if one else None,
            work_center=named if isinstance(named, str) else None,
            flags=words_text(getattr(event, "flags", ())),
            body=event_text(event),
        )
        self._entries.append(entry)
        return entry

    def _keep_revision(self) -> None:
        if self._entries:
            self._session.run(KEEP_REVISION, rev=self._rev)

    def answered(self, entry_id: str) -> str | None:
        """Return the answer that was given under a sender's id, when it was here before."""
        answer: str | None = self._session.value(ANSWERED, id=entry_id)
        return answer

    def answer(self, entry_id: str, answer: str) -> None:
        """Keep the answer to the fact recorded under this id; raise LookupError without one."""
        if self._session.run(ANSWER, of_id=entry_id, answer=answer) == 0:
            raise LookupError(entry_id)

    def next_serials(self, count: int) -> tuple[Serial, ...]:
        """Return so many form control numbers that no sheet has had."""
        last = int(self._session.value(TAKE_SERIALS, count=count))
        return tuple(Serial(str(number)) for number in range(last - count + 1, last + 1))


def _entry_from(record: Record) -> Entry:
    rev, at, account, station, badge, kind, body, entry_id = record
    return Entry(rev, at, Actor(account, station, badge), event_from(kind, body), entry_id)
