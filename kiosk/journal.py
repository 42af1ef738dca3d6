"""The journal: every scan is on the disk before anybody is told of it, and stays there for long.

WAL with synchronous=FULL is the cheapest setting that loses nothing when the power goes; with
synchronous=NORMAL everything since the last checkpoint may be gone.

Rows are numbered without a gap. On the wire they are numbered from 1 in each epoch of the feed
(server/domain/feed.py): an epoch begins after its `base`, and what was answered has `sent_at`. An
agent of the version before knows neither, and does no harm: ids keep anything from counting twice.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from kiosk.errors import JournalFailed, JournalUnsafe
from kiosk.events import Event, Packet, Pushed, Scan
from server.domain.feed import Accord, Cursor, accord

BUSY_S = 5.0
FULL = 2
KEPT_FOR = timedelta(days=30)
"""How long what the server has stays here too: it may be restored from an older copy."""

migrations = Migrations("journal")


@migrations()
def m0001_first_tables(db: Database) -> None:
    """Create the table of events, and the one row that says whose they are."""
    db.table("events").create(
        {
            "seq": int,
            "id": str,
            "at": str,
            "text": str,
            "device": str,
            "late": int,
            "sent_at": str,
            "answer": str,
        },
        pk="seq",
        not_null={"id", "at", "text", "device", "late"},
        strict=True,
    )
    db.table("events").create_index(["id"], unique=True)
    db.execute("create index ix_events_unsent on events (seq) where sent_at is null")
    db.table("station").create({"name": str}, pk="name", strict=True)


@migrations()
def m0002_epochs(db: Database) -> None:
    """Begin the first epoch after what is already answered; nothing that is there changes."""
    db.execute("alter table station add column epoch text not null default ''")
    db.execute("alter table station add column base integer not null default 0")
    db.execute(
        "update station set epoch = ?, base = coalesce("
        "(select min(seq) - 1 from events where sent_at is null), "
        "(select max(seq) from events), 0)",
        [str(uuid4())],
    )


UNSENT = """
select events.*, coalesce(before.id, '') as prev from events
left join events as before on before.seq = events.seq - 1 and before.seq > :base
where events.sent_at is null order by events.seq limit :limit
"""
BEFORE = "select * from events where seq < :seq order by seq desc limit :limit"
PRUNE = """
delete from events where sent_at < ?
and seq < (select max(seq) from events where sent_at is not null)
and seq < coalesce((select min(seq) from events where sent_at is null), seq + 1)
"""
"""The last event that the server has stays: by its id a copied disk is found out."""


class _Feed:
    """The events as the feed numbers them: the port `server.domain.feed.Kept`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        (row,) = db.query("select epoch, base from station")
        self.epoch: str = row["epoch"]
        self.base: int = row["base"]

    @property
    def first(self) -> int:
        """Return the lowest number that is still held; one more than `last` when none is."""
        seq = self._number("select min(seq) from events where seq > ?", self.base)
        return seq - self.base if seq else self.last + 1

    @property
    def last(self) -> int:
        """Return the highest number that was ever given; 0 when none was."""
        return max(
            0, self._number("select max(seq) from events where seq > ?", self.base) - self.base
        )

    def id_at(self, seq: int) -> str | None:
        """Return the id of an event that is still held."""
        found = list(self._db.query("select id from events where seq = ?", [seq + self.base]))
        return found[0]["id"] if found else None

    def keep_answers(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep what the server answered, by the ids of the events."""
        for name, said in answers.items():
            self._db.execute(
                "update events set answer = ? where id = ?", [json.dumps(dict(said)), name]
            )

    def believe(self, cursor: Cursor, pushed: Pushed | None) -> None:
        """Note what the server has; what it has lost will be sent again."""
        if pushed:
            upto = self.base + min(cursor.have, pushed.upto)
            self._db.execute(
                "update events set sent_at = ? where seq <= ? and sent_at is null",
                [pushed.at.isoformat(), upto],
            )
        self._db.execute(
            "update events set sent_at = null where seq > ? and sent_at is not null",
            [self.base + cursor.have],
        )

    def begin_anew(self) -> None:
        """Begin an epoch with everything that is still held: all of it is sent once more."""
        first = self._number("select min(seq) from events where seq > ?", 0)
        self._db.execute(
            "update station set epoch = ?, base = ?", [str(uuid4()), max(0, first - 1)]
        )
        self._db.execute("update events set sent_at = null where sent_at is not null")

    def _number(self, sql: str, over: int) -> int:
        return int(self._db.execute(sql, [over]).fetchone()[0] or 0)


class Journal:
    """The scans of one station in the order in which they were read."""

    def __init__(self, path: Path, station: str) -> None:
        self._lock = Lock()
        with ExitStack() as unless_ready:
            try:
                # The lock serves every thread.
                connection = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)
                unless_ready.callback(connection.close)
                self._db = Database(connection)
                _make_safe(self._db, path)
                migrations.apply(self._db)
                _claim(self._db, path, station)
            except sqlite3.Error as problem:
                raise JournalUnsafe(
                    f"{path}: the journal cannot be opened ({problem}): check the disk; do not "
                    "delete the file, it may hold scans"
                ) from problem
            unless_ready.pop_all()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def keep(self, scan: Scan) -> Event:
        """Return the event that a scan has become, durably; raise JournalFailed."""
        name = str(uuid4())
        row = {
            "id": name,
            "at": scan.at.isoformat(),
            "text": scan.text,
            "device": scan.device,
            "late": int(scan.late),
        }
        with self._working() as db:
            seq: Any = db.table("events").insert(row).last_pk
        return Event(int(seq), name, scan)

    @property
    def epoch(self) -> str:
        """Return the epoch in which events are numbered now."""
        with self._working() as db:
            return _Feed(db).epoch

    def unsent(self, limit: int) -> list[Packet]:
        """Return the first events that the server does not have, as they are sent."""
        with self._working() as db:
            base = _Feed(db).base
            rows = list(db.query(UNSENT, {"base": base, "limit": limit}))
        return [Packet(row["seq"] - base, row["prev"], _event(row)) for row in rows]

    def before(self, event: Event, limit: int) -> list[Event]:
        """Return the events right before another one, oldest first."""
        with self._working() as db:
            rows = list(db.query(BEFORE, {"seq": event.seq, "limit": limit}))
        return [_event(row) for row in reversed(rows)]

    def count_unsent(self) -> int:
        """Return how many events the server does not have."""
        with self._working() as db:
            return db.table("events").count_where("sent_at is null")

    def agree(self, cursor: Cursor, pushed: Pushed | None = None) -> Accord:
        """Believe the server about what it has, up or down; in a new epoch when that cannot be.

        Without a push only what was answered counts as sent: the operator waits for the rest.
        """
        with self._working() as db, db.conn:
            feed = _Feed(db)
            if pushed:
                feed.keep_answers(pushed.answers)
            found = accord(cursor, feed)
            if found is Accord.SAME:
                feed.believe(cursor, pushed)
            else:
                feed.begin_anew()
            return found

    def prune(self, now: datetime) -> int:
        """Forget what the server has had for long, save the last; return how many events."""
        with self._working() as db, db.conn:
            before = (now - KEPT_FOR).isoformat()
            return db.execute(PRUNE, [before]).rowcount

    @contextmanager
    def _working(self) -> Iterator[Database]:
        """Lend the database to one thread at a time."""
        with self._lock:
            try:
                yield self._db
            except sqlite3.Error as problem:
                raise JournalFailed(str(problem)) from problem


def _make_safe(db: Database, path: Path) -> None:
    """Set what every promise rests on, and look whether SQLite has taken it."""
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    (mode,) = db.query("pragma journal_mode")
    (level,) = db.query("pragma synchronous")
    if (mode["journal_mode"], level["synchronous"]) != ("wal", FULL):
        raise JournalUnsafe(f"{path}: SQLite cannot work here in WAL mode with synchronous=FULL")


def _claim(db: Database, path: Path, station: str) -> None:
    """Make a new journal that of a station; refuse that of another one."""
    names = [row["name"] for row in db.query("select name from station")]
    if not names:
        db.table("station").insert({"name": station, "epoch": str(uuid4()), "base": 0})
    elif names != [station]:
        raise JournalUnsafe(
            f"{path}: it is the journal of {names[0]}; give another folder (--data)"
        )


def _event(row: Mapping[str, Any]) -> Event:
    at = datetime.fromisoformat(row["at"])
    scan = Scan(at, row["text"], row["device"], bool(row["late"]))
    answer = json.loads(row["answer"]) if row["answer"] else None
    return Event(row["seq"], row["id"], scan, answer)
