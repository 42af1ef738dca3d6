"""What the worker relies on in a spool: the contract of the fake and of the real one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from server.domain.documents import badges_document
from server.domain.paper import DocumentKind
from server.services.ports import Document
from tests.printing.paperwork import IMPRINT, NOON
from tests.printing.shelves import PATIENCE, FolderShelf, Shelf, SqlShelf

DOCUMENT = Document(DocumentKind.BADGES, "badges", badges_document([], IMPRINT))


@pytest.fixture(params=[FolderShelf, SqlShelf])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    made: Shelf = request.param(tmp_path / "spool")
    yield made
    made.close()


def test_an_empty_spool_gives_no_job(shelf: Shelf) -> None:
    assert shelf.spool.claim(NOON) is None


def test_the_oldest_job_is_given_first_and_each_only_once(shelf: Shelf) -> None:
    queued = [shelf.queue(DOCUMENT) for _ in range(3)]

    claimed = [shelf.spool.claim(NOON) for _ in range(4)]

    assert [job.id if job else None for job in claimed] == [*queued, None]
    assert claimed[0] is not None
    assert claimed[0].document == DOCUMENT
    assert shelf.state(queued[0]) == "rendering"


def test_a_job_that_its_worker_has_abandoned_is_given_again(shelf: Shelf) -> None:
    job = shelf.queue(DOCUMENT)
    shelf.spool.claim(NOON)

    early = shelf.spool.claim(NOON + PATIENCE - timedelta(seconds=1))
    late = shelf.spool.claim(NOON + PATIENCE + timedelta(seconds=1))

    assert early is None
    assert late is not None
    assert (late.id, late.attempts) == (job, 2)


def test_a_finished_job_has_its_pdf(shelf: Shelf) -> None:
    job = shelf.queue(DOCUMENT)
    shelf.spool.claim(NOON)

    shelf.spool.finish(job, b"%PDF", NOON)

    assert shelf.state(job) == "ready"
    assert shelf.pdf(job) == b"%PDF"
    assert shelf.spool.claim(NOON + 2 * PATIENCE) is None


def test_a_failed_job_says_why(shelf: Shelf) -> None:
    job = shelf.queue(DOCUMENT)
    shelf.spool.claim(NOON)

    shelf.spool.fail(job, "template-broken: badges.html, line 2", NOON)

    assert shelf.state(job) == "failed"
    assert shelf.error(job) == "template-broken: badges.html, line 2"
    assert shelf.pdf(job) is None


def test_a_late_failure_does_not_take_a_pdf_away(shelf: Shelf) -> None:
    job = shelf.queue(DOCUMENT)
    shelf.spool.claim(NOON)
    shelf.spool.finish(job, b"%PDF", NOON)

    shelf.spool.fail(job, "too late", NOON)

    assert shelf.state(job) == "ready"
