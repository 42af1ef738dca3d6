"""Units of work that arrive together share one transaction, and so one flush to the disk.

Each runs in its own savepoint, so one that fails is undone alone; nobody is answered before the
commit. Whoever finds nobody else committing commits for all who wait.
"""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from threading import Condition, Lock
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from server.store.session import Session

T = TypeVar("T")
Elsewhere = Callable[[Callable[[], None]], None]
"""Runs something where it may block, and returns when it has ended."""


def here(work: Callable[[], None]) -> None:
    """Run something in the thread that asks for it."""
    work()


class CommitFailed(RuntimeError):
    """The transaction of several units of work failed, or its end was not seen."""


class Ticket(Generic[T]):
    """A unit of work on its way: done when it was committed, or when it has failed."""

    def __init__(self, work: Callable[[Session], T]) -> None:
        self._work = work
        self._result: list[T] = []
        self._error: BaseException | None = None
        self._is_kept = False
        self.is_done = False

    def run(self, session: Session) -> None:
        """Do the work in a savepoint."""
        with _Savepoint(session) as savepoint:
            self._result = [self._work(session)]
        self._error = savepoint.error

    def keep(self) -> None:
        """Note that the transaction was committed: only now may anybody be answered."""
        self._is_kept = True

    def fail(self, error: BaseException) -> None:
        """Note that the transaction failed; the work's own error stays, when there is one."""
        if self._error is None:
            self._error = CommitFailed(str(error))
            self._error.__cause__ = error

    def outcome(self) -> T:
        """Return what the work returned, or raise what it raised."""
        if self._error is not None:
            raise self._error
        if not self._is_kept:
            # Whoever was to commit has been killed meanwhile; the commit itself may yet succeed.
            raise CommitFailed("nobody knows whether it was kept")
        return self._result[0]


class _Savepoint:
    """Keeps the work inside it, or undoes it and remembers the error instead of raising it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.error: BaseException | None = None

    def __enter__(self) -> Self:
        self._session.command("savepoint unit")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if error is not None:
            self._session.command("rollback to savepoint unit")
        self._session.command("release savepoint unit")
        self.error = error
        return True


class GroupCommit:
    """The one place where a process writes."""

    def __init__(
        self,
        transaction: Callable[[], AbstractContextManager[Session]],
        elsewhere: Elsewhere = here,
    ) -> None:
        self._transaction = transaction
        self._elsewhere = elsewhere
        self._waiting: deque[Ticket[Any]] = deque()
        self._turn = Condition(Lock())
        self._is_committing = False
        self.commits = 0
        """How many transactions there have been."""

    def write(self, work: Callable[[Session], T]) -> T:
        """Return what a unit of work returns, once it is durable."""
        ticket = Ticket(work)
        self._waiting.append(ticket)
        if self._must_commit(ticket):
            self._commit_turn()
        return ticket.outcome()

    def _must_commit(self, ticket: Ticket[Any]) -> bool:
        """Wait until the ticket is done or nobody else commits; tell whether the turn is ours."""
        with self._turn:
            while self._is_committing and not ticket.is_done:
                self._turn.wait()
            if not ticket.is_done:
                self._is_committing = True
            return not ticket.is_done

    def _commit_turn(self) -> None:
        tickets: list[Ticket[Any]] = []
        try:
            self._elsewhere(lambda: self._commit(tickets))
        finally:
            with self._turn:
                for ticket in tickets:
                    ticket.is_done = True
                self._is_committing = False
                self._turn.notify_all()

    def _commit(self, tickets: list[Ticket[Any]]) -> None:
        """Run and commit everything that waits now."""
        while self._waiting:
            tickets.append(self._waiting.popleft())
        try:
            with self._transaction() as session:
                for ticket in tickets:
                    ticket.run(session)
        except BaseException as error:
            _fail(tickets, error)
            raise
        for ticket in tickets:
            ticket.keep()
        self.commits += 1


def _fail(tickets: Iterable[Ticket[Any]], error: BaseException) -> None:
    for ticket in tickets:
        ticket.fail(error)
