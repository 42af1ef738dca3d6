"""What every store promises about print jobs and their workers."""

from concurrent.futures import ThreadPoolExecutor

from server.domain.names import Serial
from server.domain.paper import DocumentKind
from server.services.ports import Books, Document, PrintJob
from tests.builders import NOON, minutes
from tests.conftest import AnyStore


def document(title: str = "Traveler WO001") -> Document:
    """Return a document to be printed."""
    context = {"order": "WO001", "quantity": 10, "text": "12 × 4 \x00", "lines": [{"n": 1.5}, None]}
    return Document(DocumentKind.TRAVELER, title, context, (Serial("1000001"),))


def queued(store: AnyStore, *titles: str) -> list[int]:
    """Put documents on the spool; return their job numbers."""

    def work(books: Books) -> list[int]:
        return [books.queue_print(document(title), NOON, "dora") for title in titles]

    return store.write(work)[0]


def test_a_job_waits_with_all_that_its_document_says(store: AnyStore) -> None:
    (number,) = queued(store, "Traveler WO001")

    job = store.read(lambda i: i.print_job(number))

    assert job == PrintJob(number, document(), "queued", NOON, "dora")
    assert store.read(lambda i: i.pdf(number)) is None


def test_there_is_no_job_of_an_unknown_number(store: AnyStore) -> None:
    assert store.read(lambda i: i.print_job(7)) is None
    assert store.read(lambda i: i.pdf(7)) is None


def test_jobs_are_listed_newest_first_and_claimed_oldest_first(store: AnyStore) -> None:
    first, second, third = queued(store, "a", "b", "c")

    claimed = [store.spool.claim(NOON) for _ in range(4)]

    assert [job.id if job else None for job in claimed] == [first, second, third, None]
    jobs = store.read(lambda i: i.print_jobs(2))
    assert [(job.id, job.state) for job in jobs] == [(third, "rendering"), (second, "rendering")]


def test_a_finished_job_has_its_pdf(store: AnyStore) -> None:
    (number,) = queued(store, "a")
    store.spool.claim(NOON)

    store.spool.finish(number, b"%PDF-1.7\x00\xff", minutes(1))

    job = store.read(lambda i: i.print_job(number))
    assert job is not None
    assert job.state == "ready"
    assert store.read(lambda i: i.pdf(number)) == b"%PDF-1.7\x00\xff"
    assert store.spool.claim(minutes(10)) is None


def test_a_failed_job_says_why_and_is_left_alone(store: AnyStore) -> None:
    (number,) = queued(store, "a")
    store.spool.claim(NOON)

    store.spool.fail(number, "a symbol does not read back", minutes(1))

    job = store.read(lambda i: i.print_job(number))
    assert job is not None
    assert (job.state, job.error) == ("failed", "a symbol does not read back")
    assert store.spool.claim(minutes(10)) is None


def test_a_job_that_its_worker_abandoned_is_claimed_again_after_two_minutes(
    store: AnyStore,
) -> None:
    (number,) = queued(store, "a")
    store.spool.claim(NOON)

    early = store.spool.claim(minutes(2))
    late = store.spool.claim(minutes(2.1))
    again = store.spool.claim(minutes(3))

    assert early is None
    assert late is not None
    assert (late.id, late.attempts) == (number, 2)
    assert again is None


def test_a_worker_that_comes_too_late_cannot_fail_what_another_has_rendered(
    store: AnyStore,
) -> None:
    (number,) = queued(store, "a")
    store.spool.claim(NOON)
    store.spool.claim(minutes(3))
    store.spool.finish(number, b"pdf", minutes(3))

    store.spool.fail(number, "killed", minutes(4))

    job = store.read(lambda i: i.print_job(number))
    assert job is not None
    assert (job.state, job.error) == ("ready", "")


def test_no_job_is_claimed_twice_by_workers_at_once(store: AnyStore) -> None:
    numbers = queued(store, *(f"job {at}" for at in range(12)))

    with ThreadPoolExecutor(4) as workers:
        claimed = list(workers.map(lambda _: store.spool.claim(NOON), range(16)))

    assert sorted(job.id for job in claimed if job) == numbers
