"""Where print jobs lie in the tests: a fake spool in a folder, and the real one in SQLite.

Both can be used by several processes, so that a real worker can be run on them and killed.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from server.domain.names import Serial
from server.domain.paper import DocumentKind
from server.services.ports import Document, PrintJob, Spool
from server.store.store import SqlStore, open_store
from tests.printing.paperwork import NOON

PATIENCE = timedelta(minutes=2)


class Shelf(Protocol):
    """A spool as the one who queues jobs sees it."""

    spool: Spool
    address: str

    def queue(self, document: Document) -> int: ...

    def state(self, job: int) -> str: ...

    def error(self, job: int) -> str: ...

    def attempts(self, job: int) -> int: ...

    def pdf(self, job: int) -> bytes | None: ...

    def close(self) -> None: ...


class FolderShelf:
    """Jobs as files of a folder: `1.job`, then `1.claim`, then `1.pdf` or `1.error`."""

    def __init__(self, folder: Path) -> None:
        self.spool: Spool = self
        self.address = f"folder:{folder}"
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def queue(self, document: Document) -> int:
        job = len(list(self._folder.glob("*.job"))) + 1
        self._put(f"{job}.job", json.dumps(asdict(document)).encode())
        return job

    def state(self, job: int) -> str:
        states = {"pdf": "ready", "error": "failed", "claim": "rendering", "job": "queued"}
        return next(s for end, s in states.items() if self._file(job, end).exists())

    def error(self, job: int) -> str:
        return self._file(job, "error").read_text()

    def attempts(self, job: int) -> int:
        tried = self._file(job, "attempts")
        return int(tried.read_text()) if tried.exists() else 0

    def pdf(self, job: int) -> bytes | None:
        path = self._file(job, "pdf")
        return path.read_bytes() if path.exists() else None

    def close(self) -> None:
        """Keep everything: files need no closing."""

    def claim(self, at: datetime) -> PrintJob | None:
        for path in sorted(self._folder.glob("*.job"), key=lambda p: int(p.stem)):
            job = int(path.stem)
            self._drop_abandoned(job, at)
            if self.state(job) != "queued":
                continue
            with suppress(FileExistsError):
                self._claim(job, at)
                attempts = self._attempt(job)
                document = self._document(path)
                return PrintJob(job, document, "rendering", NOON, "anna", attempts=attempts)
        return None

    def finish(self, job: int, pdf: bytes, at: datetime) -> None:
        del at
        self._put(f"{job}.pdf", pdf)

    def fail(self, job: int, error: str, at: datetime) -> None:
        del at
        if self.pdf(job) is None:
            self._put(f"{job}.error", error.encode())

    def _claim(self, job: int, at: datetime) -> None:
        """Make a claim that is there with its time or not at all, whenever we are killed."""
        part = self._file(job, f"{os.getpid()}.part")
        part.write_text(at.isoformat())
        try:
            os.link(part, self._file(job, "claim"))
        finally:
            part.unlink()

    def _attempt(self, job: int) -> int:
        """Count one attempt more, which the holder of the claim alone does."""
        attempts = self.attempts(job) + 1
        self._put(f"{job}.attempts", str(attempts).encode())
        return attempts

    def _drop_abandoned(self, job: int, at: datetime) -> None:
        claim = self._file(job, "claim")
        if self.state(job) != "rendering":
            return
        if datetime.fromisoformat(claim.read_text()) < at - PATIENCE:
            claim.unlink(missing_ok=True)

    def _file(self, job: int, end: str) -> Path:
        return self._folder / f"{job}.{end}"

    def _put(self, name: str, content: bytes) -> None:
        """Write a file that is there entirely or not at all."""
        part = self._folder / f"{name}.part"
        part.write_bytes(content)
        part.rename(self._folder / name)

    def _document(self, path: Path) -> Document:
        said = json.loads(path.read_text())
        serials = tuple(Serial(serial) for serial in said["serials"])
        return Document(DocumentKind(said["kind"]), said["title"], said["context"], serials)


class SqlShelf:
    """Jobs in the store of the server, a SQLite file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.address = f"sqlite:///{folder / 'plant.db'}"
        self._store: SqlStore = open_store(self.address)
        self.spool: Spool = self._store.spool

    def queue(self, document: Document) -> int:
        job, _ = self._store.write(lambda books: books.queue_print(document, NOON, "anna"))
        return job

    def state(self, job: int) -> str:
        return self._job(job).state

    def error(self, job: int) -> str:
        return self._job(job).error

    def attempts(self, job: int) -> int:
        return self._job(job).attempts

    def pdf(self, job: int) -> bytes | None:
        return self._store.read(lambda inquiries: inquiries.pdf(job))

    def close(self) -> None:
        self._store.close()

    def _job(self, job: int) -> PrintJob:
        found = self._store.read(lambda inquiries: inquiries.print_job(job))
        assert found is not None
        return found


def shelf_at(address: str) -> Shelf:
    """Return the shelf of another process by its address."""
    kind, _, place = address.partition(":")
    if kind == "folder":
        return FolderShelf(Path(place))
    return SqlShelf(Path(address.removeprefix("sqlite:///")).parent)
