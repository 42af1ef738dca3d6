"""A store in memory: what services are tested on; it passes the contracts of the real one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from server.services.ports import Books, Change, Inquiries, PrintJob
from tests.fakes.memory_books import MemoryBooks
from tests.fakes.memory_inquiries import MemoryInquiries
from tests.fakes.memory_state import MemoryState, Spooled

T = TypeVar("T")


class MemoryStore:
    """The port `Store` in memory; its `spool` is the port `Spool`."""

    def __init__(self) -> None:
        self._state = MemoryState()
        self._turn = Lock()
        self.spool = MemorySpool(self)

    def read(self, work: Callable[[Inquiries], T]) -> T:
        return work(MemoryInquiries(self._state))

    def write(self, work: Callable[[Books], T]) -> tuple[T, Change]:
        def unit(state: MemoryState) -> tuple[T, Change]:
            books = MemoryBooks(state)
            return work(books), books.closed()

        return self.change(unit)

    def change(self, unit: Callable[[MemoryState], T]) -> T:
        """Return what `unit` returns for a copy of the state, which then takes its place."""
        with self._turn:
            state = self._state.copy()
            result = unit(state)
            self._state = state
            return result

    def answers(self) -> bool:
        return True

    def is_ready(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open."""


class MemorySpool:
    """The worker's side of the print jobs in memory."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def claim(self, at: datetime) -> PrintJob | None:
        def unit(state: MemoryState) -> PrintJob | None:
            for number, spooled in sorted(state.jobs.items()):
                if _is_free(spooled, at):
                    again = spooled.job.attempts + 1
                    job = replace(spooled.job, state="rendering", attempts=again)
                    state.jobs[number] = Spooled(job, claimed_at=at)
                    return job
            return None

        return self._store.change(unit)

    def finish(self, job: int, pdf: bytes, at: datetime) -> None:
        del at
        self._end(job, lambda s: replace(s, job=replace(s.job, state="ready", error=""), pdf=pdf))

    def fail(self, job: int, error: str, at: datetime) -> None:
        del at
        self._end(
            job,
            lambda s: s if s.pdf else replace(s, job=replace(s.job, state="failed", error=error)),
        )

    def _end(self, job: int, change: Callable[[Spooled], Spooled]) -> None:
        def unit(state: MemoryState) -> None:
            if job in state.jobs:
                state.jobs[job] = change(state.jobs[job])

        self._store.change(unit)


def _is_free(spooled: Spooled, at: datetime) -> bool:
    if spooled.job.state == "queued":
        return True
    abandoned = spooled.claimed_at is not None and spooled.claimed_at < at - timedelta(minutes=2)
    return spooled.job.state == "rendering" and abandoned
