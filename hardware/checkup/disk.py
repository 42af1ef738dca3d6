"""Whether a folder can keep what is written to it, and how fast."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from hardware.checkup.access import user
from hardware.checkup.findings import Finding, look, ok, wrong

COMMITS = 20
SLOW_S, VERY_SLOW_S = 0.05, 0.5
"""An operator waits for each commit: all of it together may take a tenth of a second."""
LITTLE, TOO_LITTLE = 1_000_000_000, 100_000_000
VOLATILE = frozenset({"tmpfs", "ramfs"})
MOUNTS = Path("/proc/self/mounts")
_FULL = 2


def nearest(folder: Path) -> Path:
    """Return the folder, or the one above in which it would be made."""
    # Path.exists raises where this user may not look; os.path.exists does not.
    return next(p for p in (folder, *folder.absolute().parents) if os.path.exists(p))  # noqa: PTH110


def check_space(folder: Path) -> Iterator[Finding]:
    """Look how much room there is, and whether it outlasts a power cut."""
    place = nearest(folder)
    free = shutil.disk_usage(place).free
    about, found = "room on the disk", f"{free / 1e9:.1f} GB free for {folder}"
    advice = "Remove what is not needed there, or move the folder to a larger disk (--data)."
    if free < TOO_LITTLE:
        yield wrong(about, found, advice)
    elif free < LITTLE:
        yield look(about, found, advice)
    else:
        yield ok(about, found)
    if (kind := file_system(place)) in VOLATILE:
        yield look(
            "kind of disk",
            f"{folder} is in memory ({kind}): it is gone after a power cut",
            "Choose a folder on a real disk with --data.",
        )


def check_commits(folder: Path) -> Iterator[Finding]:
    """Look whether small commits are possible there, and how long the disk takes for each."""
    place, about = nearest(folder), f"{COMMITS} small commits"
    if not place.is_dir():
        yield wrong(about, f"{place} is not a folder", "Name a folder with --data.")
        return
    try:
        with TemporaryDirectory(prefix=".floorline-doctor-", dir=place) as scratch:
            taken = _commit(Path(scratch) / "commits.db")
    except (OSError, sqlite3.Error) as problem:
        yield wrong(
            about,
            f"{user()} cannot write in {place}: {problem}",
            f"Give the folder to {user()} (chown), or choose another one with --data.",
        )
        return
    found = f"{_ms(median(taken))} each, the slowest {_ms(max(taken))} (WAL, synchronous=FULL)"
    if max(taken) > VERY_SLOW_S or median(taken) > SLOW_S:
        advice = "Use a faster disk, such as an industrial card or an SSD: operators wait for it."
        yield look(about, found, advice)
    else:
        yield ok(about, found)


def file_system(place: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of file system that a folder is on, or nothing when that is not told."""
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    target, kinds = place.resolve(), {}
    for _, point, kind, *_ in map(str.split, lines):
        kinds[Path(point.encode().decode("unicode_escape"))] = kind
    return next((kinds[path] for path in (target, *target.parents) if path in kinds), "")


def _commit(path: Path) -> list[float]:
    """Return how many seconds each of some commits took, made as the journal makes them."""
    taken = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (mode,) = connection.execute("pragma journal_mode = wal").fetchone()
        connection.execute("pragma synchronous = full")
        (level,) = connection.execute("pragma synchronous").fetchone()
        if (mode, level) != ("wal", _FULL):
            raise OSError(f"SQLite works here with {mode} and synchronous={level} only")
        connection.execute("create table scans (text text)")
        for number in range(COMMITS):
            began = time.perf_counter()
            connection.execute("insert into scans values (?)", [f"scan {number}"])
            taken.append(time.perf_counter() - began)
    return taken


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
