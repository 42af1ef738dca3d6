"""Print jobs: what waits to become a PDF, and what the workers do with it."""

import json
from datetime import datetime, timedelta

from sqlalchemy import Text, bindparam, insert, literal_column, or_, select, text, update

from server.domain.paper import DocumentKind
from server.services.ports import Document, PrintJob
from server.store.asked import Asked
from server.store.codec import words_from, words_text
from server.store.schema import print_job
from server.store.session import Record, Statement

PATIENCE = timedelta(minutes=2)
"""How long a claimed job is left to its worker before another may take it."""

_JOBS = (
    *(print_job.c.id, print_job.c.kind, print_job.c.title, print_job.c.context),
    *(print_job.c.serials, print_job.c.state, print_job.c.queued_at, print_job.c.queued_by),
    *(print_job.c.error, print_job.c.attempts),
)
_LIMIT = bindparam("limit", type_=print_job.c.id.type)
_ONE = print_job.c.id == bindparam("job")
_QUEUED, _RENDERING, _READY, _FAILED = (
    literal_column(f"'{state}'", Text()) for state in ("queued", "rendering", "ready", "failed")
)
_AGAIN = literal_column("1", print_job.c.attempts.type)
_IS_OPEN = (
    text("state in ('queued', 'rendering')"),  # Word for word the condition of the index.
    or_(print_job.c.state == _QUEUED, print_job.c.claimed_at < bindparam("abandoned")),
)
_OLDEST = select(print_job.c.id).where(*_IS_OPEN).order_by(print_job.c.id).limit(1)
_OURS = _OLDEST.with_for_update(skip_locked=True).scalar_subquery()

JOB = Statement(select(*_JOBS).where(_ONE))
JOBS = Statement(select(*_JOBS).order_by(print_job.c.id.desc()).limit(_LIMIT))
PDF = Statement(select(print_job.c.pdf).where(_ONE))
QUEUE = Statement(
    insert(print_job)
    .values(
        {
            **{name: bindparam(name) for name in ("kind", "title", "context", "serials")},
            **{name: bindparam(name) for name in ("queued_at", "queued_by")},
            "state": _QUEUED,
            "error": literal_column("''"),
        }
    )
    .returning(print_job.c.id)
)
CLAIM = Statement(
    update(print_job)
    .where(print_job.c.id == _OURS, *_IS_OPEN)
    .values(state=_RENDERING, claimed_at=bindparam("at"), attempts=print_job.c.attempts + _AGAIN)
    .returning(*_JOBS)
)
WAITING = Statement(_OLDEST)
FINISH = Statement(
    update(print_job)
    .where(_ONE)
    .values(
        state=_READY,
        pdf=bindparam("pdf"),
        ended_at=bindparam("at"),
        error=literal_column("''"),
    )
)
FAIL = Statement(
    update(print_job)
    .where(_ONE, print_job.c.pdf.is_(None))
    .values(state=_FAILED, error=bindparam("why"), ended_at=bindparam("at"))
)


class PrintJobsAsked(Asked):
    """What can be asked about print jobs."""

    def print_job(self, job: int) -> PrintJob | None:
        """Return a print job, if there is one of that number."""
        record = self._session.first(JOB, job=job)
        return _job_from(record) if record else None

    def print_jobs(self, limit: int) -> tuple[PrintJob, ...]:
        """Return the newest print jobs, newest first."""
        return tuple(map(_job_from, self._session.all(JOBS, limit=limit)))

    def pdf(self, job: int) -> bytes | None:
        """Return the finished PDF of a print job."""
        stored = self._session.value(PDF, job=job)
        return bytes(stored) if stored is not None else None

    def has_waiting(self, at: datetime) -> bool:
        """Tell whether `claim` would find a job."""
        return self._session.first(WAITING, abandoned=at - PATIENCE) is not None


class PrintJobsKept(PrintJobsAsked):
    """Print jobs within a unit of work."""

    def queue_print(self, document: Document, at: datetime, by: str) -> int:
        """Put a document on the spool; return its job number."""
        number = self._session.value(
            QUEUE,
            kind=document.kind.value,
            title=document.title,
            context=json.dumps(document.context),
            serials=words_text(document.serials),
            queued_at=at,
            queued_by=by,
        )
        return int(number)

    def claim(self, at: datetime) -> PrintJob | None:
        """Take the oldest queued job, or one that its worker has abandoned."""
        record = self._session.first(CLAIM, at=at, abandoned=at - PATIENCE)
        return _job_from(record) if record else None

    def finish(self, job: int, pdf: bytes, at: datetime) -> None:
        """Keep the PDF of a job; it is ready."""
        self._session.run(FINISH, job=job, pdf=pdf, at=at)

    def fail(self, job: int, error: str, at: datetime) -> None:
        """Keep why a job could not be rendered, unless another worker has rendered it."""
        self._session.run(FAIL, job=job, why=error, at=at)


def _job_from(record: Record) -> PrintJob:
    number, kind, title, context, serials, state, queued_at, queued_by, error, attempts = record
    document = Document(DocumentKind(kind), title, json.loads(context), words_from(serials))
    return PrintJob(number, document, state, queued_at, queued_by, error, attempts)
