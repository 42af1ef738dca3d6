"""The folder of one station box: its journal, its token, and who works in it."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.errors import FolderInUse

JOURNAL = "journal.db"
TOKEN = "token"  # noqa: S105 - the name of the file
LOCK = "lock"


class Home:
    """A folder that only its owner reads, and in which only one agent works at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: int | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            os.close(lock)
            raise FolderInUse(self.folder) from held
        self._lock = lock
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def journal(self) -> Path:
        """Return the file of the journal."""
        return self.folder / JOURNAL

    @property
    def token(self) -> str:
        """Return the token that makes this box the station, or nothing before its enrolment."""
        try:
            return (self.folder / TOKEN).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def keep_token(self, token: str) -> None:
        """Keep a token where only the owner reads it, whole or not at all."""
        fresh = self.folder / f"{TOKEN}.new"
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(token)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / TOKEN)
