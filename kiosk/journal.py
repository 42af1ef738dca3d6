"""The journal: every scan is on the disk before anybody is told of it, and stays there.

WAL with synchronous=FULL is the cheapest setting that loses nothing when the power goes; with
synchronous=NORMAL everything since the last checkpoint may be gone.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from kiosk.errors import JournalFailed, JournalUnsafe
from kiosk.events import Event, Scan

BUSY_S = 5.0
FULL = 2

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

    def oldest_unsent(self) -> Event | None:
        """Return the first event that the server has not answered."""
        with self._working() as db:
            rows = list(db.query("select * from events where sent_at is null order by seq limit 1"))
        return _event(rows[0]) if rows else None

    def count_unsent(self) -> int:
        """Return how many events the server has not answered."""
        with self._working() as db:
            return db.table("events").count_where("sent_at is null")

    def settle(self, event: Event, sent_at: datetime, answer: Mapping[str, Any]) -> None:
        """Keep what the server answered; the event will not be sent again."""
        with self._working() as db:
            db.table("events").update(
                event.seq, {"sent_at": sent_at.isoformat(), "answer": json.dumps(dict(answer))}
            )

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
        db.table("station").insert({"name": station})
    elif names != [station]:
        raise JournalUnsafe(
            f"{path}: it is the journal of {names[0]}; give another folder (--data)"
        )


def _event(row: Mapping[str, Any]) -> Event:
    at = datetime.fromisoformat(row["at"])
    return Event(row["seq"], row["id"], Scan(at, row["text"], row["device"], bool(row["late"])))
