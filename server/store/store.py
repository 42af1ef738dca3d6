"""The store in a database: the ports `Store` and `Spool`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from server.services.ports import Books, Change, Inquiries, PrintJob
from server.store.books import SqlBooks, SqlInquiries
from server.store.engine import READ, WRITE, database_url, open_engine, reached, session
from server.store.group_commit import Elsewhere, GroupCommit, here
from server.store.known import Known
from server.store.migrate import found, migrate, newest
from server.store.print_jobs import PrintJobsAsked, PrintJobsKept
from server.store.session import Session

T = TypeVar("T")
READERS = 8
"""How many connections that only read are kept open."""


class SqlStore:
    """A plant's state in a SQLite file or a PostgreSQL database."""

    def __init__(self, readers: Engine, writer: Engine, elsewhere: Elsewhere = here) -> None:
        self._readers = readers
        self._writer = writer
        name = readers.dialect.name
        self._begin_reading = READ[name]
        # Another process may write to PostgreSQL between two of our transactions, unseen.
        self._known = Known() if name == "sqlite" else None
        self.group = GroupCommit(self._writing, elsewhere)
        self.spool = SqlSpool(self._read, self.group)

    def read(self, work: Callable[[Inquiries], T]) -> T:
        """Return what `work` finds out, all of it of one moment."""
        return self._read(lambda opened: work(SqlInquiries(opened)))

    def _read(self, work: Callable[[Session], T]) -> T:
        with session(self._readers, self._begin_reading) as opened:
            return work(opened)

    def write(self, work: Callable[[Books], T]) -> tuple[T, Change]:
        """Do a unit of work: durable when this returns, undone entirely when `work` raises."""

        def unit(opened: Session) -> tuple[T, Change]:
            books = SqlBooks(opened, self._known)
            return work(books), books.closed()

        return self.group.write(unit)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """Lend a session that writes; what is known is what was committed."""
        try:
            with session(self._writer, WRITE[self._writer.dialect.name]) as opened:
                if self._known:
                    self._known.begin(opened)
                yield opened
        except BaseException:
            if self._known:
                self._known.forget()
            raise

    def answers(self) -> bool:
        """Tell whether the database answers, whatever its tables are."""
        try:
            with self._readers.connect() as connection:
                connection.exec_driver_sql("select 1")
        except SQLAlchemyError:
            return False
        return True

    def is_ready(self) -> bool:
        """Tell whether the database answers and its tables are those of this version."""
        try:
            with self._readers.connect() as connection:
                return found(connection) == newest()
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._readers.dispose()
        self._writer.dispose()


class SqlSpool:
    """The worker's side of the print jobs: the port `Spool`."""

    def __init__(
        self, read: Callable[[Callable[[Session], bool]], bool], group: GroupCommit
    ) -> None:
        self._read = read
        self._group = group

    def claim(self, at: datetime) -> PrintJob | None:
        """Take the oldest queued job for rendering, so that no other worker does."""
        # Looking first lets idle workers ask often without ever standing in a writer's way.
        if not self._read(lambda opened: PrintJobsAsked(opened).has_waiting(at)):
            return None
        return self._group.write(lambda opened: PrintJobsKept(opened).claim(at))

    def finish(self, job: int, pdf: bytes, at: datetime) -> None:
        """Keep the PDF of a job; it is ready."""
        self._group.write(lambda opened: PrintJobsKept(opened).finish(job, pdf, at))

    def fail(self, job: int, error: str, at: datetime) -> None:
        """Keep why a job could not be rendered."""
        self._group.write(lambda opened: PrintJobsKept(opened).fail(job, error, at))


def open_store(url: str, elsewhere: Elsewhere = here) -> SqlStore:
    """Open a database by its URL and bring its tables to this version.

    `elsewhere` runs a commit to a SQLite file where it may block.
    """
    place = database_url(url)
    is_sqlite = place.get_backend_name() == "sqlite"
    writer = open_engine(place, 1)
    reached(writer).close()
    migrate(writer)
    return SqlStore(open_engine(place, READERS), writer, elsewhere if is_sqlite else here)
