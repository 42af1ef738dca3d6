"""The folder of the box: who works in it, and what waits in its journal."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hardware.checkup.access import user
from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.checkup.processes import holders_of
from hardware.checkup.sqlite_file import check_file, opened_to_read
from kiosk.home import JOURNAL, LOCK

LONG = timedelta(minutes=10)
_START = "Start it: sudo systemctl start floorline-station, or floorline station by hand."
_KEEP = (
    "Stop the agent, copy the whole folder to a safe place, and ask for help: what was not sent "
    "may still be read."
)


def agents_in(folder: Path) -> frozenset[int]:
    """Return the process that is the agent in a folder, as far as this user may see it."""
    lock = folder / LOCK
    try:
        return (
            frozenset(one.pid for one in holders_of(lock).seen) if _is_held(lock) else frozenset()
        )
    except OSError:
        return frozenset()


def check_folder(folder: Path) -> Iterator[Finding]:
    """Look whether the folder can be used, and whether an agent works there."""
    about = "agent"
    try:
        is_held = _is_held(folder / LOCK)
    except FileNotFoundError:
        yield look(about, f"none has ever worked in {folder}", _START)
    except PermissionError:
        found = f"{user()} may not look into {folder}"
        yield wrong(about, found, "Run the doctor as the user of the agent, or with sudo.")
    else:
        names = ", ".join(map(str, holders_of(folder / LOCK).seen)) or "another user's process"
        yield ok(about, f"it works: {names}") if is_held else look(about, "it does not run", _START)


def check_journal(folder: Path, now: Callable[[], datetime]) -> Iterator[Finding]:
    """Look whether the journal is intact, and what in it was not sent."""
    path = folder / JOURNAL
    try:
        path.open("rb").close()
    except FileNotFoundError:
        yield ok("journal", "none yet: the agent makes it at its first start")
        return
    except PermissionError:
        found = f"{user()} may not read {path}"
        yield wrong("journal", found, "Run the doctor as the user of the agent, or with sudo.")
        return
    yield from check_file(path, "journal", _KEEP)
    yield from _check_unsent(path, now())


def _check_unsent(path: Path, at: datetime) -> Iterator[Finding]:
    about = "unsent scans"
    try:
        with opened_to_read(path) as connection:
            count, oldest = connection.execute(
                "select count(*), min(at) from events where sent_at is null"
            ).fetchone()
    except sqlite3.Error as problem:
        yield wrong(about, f"they cannot be counted: {problem}", _KEEP)
        return
    if not count:
        yield ok(about, "none")
        return
    age = max(timedelta(), at - datetime.fromisoformat(oldest).astimezone(UTC))
    found = f"{count}, the oldest {timedelta(seconds=int(age.total_seconds()))} ago"
    if age < LONG:
        yield ok(about, found)
        return
    yield look(
        about,
        found,
        "See to the server and the agent, both told of here: scans are sent by themselves then, "
        "and none is lost meanwhile.",
    )


def _is_held(lock: Path) -> bool:
    """Tell whether an agent has locked the folder, without keeping one from starting."""
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
