"""A SQLite file, looked at without touching it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from hardware.checkup.findings import Finding, look, ok, wrong

BUSY_S = 5.0
_HEADER = 20
"""The last two of so many bytes are the versions that write and read: 2 is WAL, 1 is not."""


@contextmanager
def opened_to_read(path: Path) -> Iterator[sqlite3.Connection]:
    """Lend a connection that changes nothing, not even the files beside it."""
    # With a log beside it the file is in use, or was when the power went: then its newest pages
    # are in there. Without one, reading it as if nobody could write makes no new files.
    is_live = path.with_name(f"{path.name}-wal").exists()
    how = "mode=ro" if is_live else "mode=ro&immutable=1"
    place = f"file:{quote(str(path.absolute()))}?{how}"
    with closing(sqlite3.connect(place, uri=True, timeout=BUSY_S)) as connection:
        yield connection


def check_file(path: Path, about: str, advice: str) -> Iterator[Finding]:
    """Look whether every page of a SQLite file is sound, and how it is kept."""
    try:
        with opened_to_read(path) as connection:
            rows = connection.execute("pragma quick_check").fetchall()
    except sqlite3.Error as problem:
        yield wrong(about, f"{path} cannot be read: {problem}", advice)
        return
    said = [str(row[0]) for row in rows]
    if said != ["ok"]:
        yield wrong(about, f"{path} is damaged: {said[0].splitlines()[-1]}", advice)
    elif not _is_wal(path):
        yield look(about, "intact, but not kept as WAL", "It becomes WAL at the next start.")
    else:
        yield ok(about, "intact, kept as WAL")


def _is_wal(path: Path) -> bool:
    """Tell what the header of the file says; a connection that cannot write may not know."""
    with path.open("rb") as file:
        return file.read(_HEADER)[-2:] == b"\x02\x02"
