"""The worker as a process: woken, ended, killed, begun anew; and the press that minds it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import Queue

import pytest

from server.domain.documents import badges_document
from server.domain.paper import DocumentKind
from server.printing.press import LocalPress, WorkerPress
from server.printing.render import render
from server.printing.worker import Bench, work_off
from server.services.ports import Document, Press
from tests.printing.paperwork import IMPRINT, NOON, TEMPLATES, operator, words
from tests.printing.shelves import FolderShelf, Shelf, SqlShelf

DOCUMENT = Document(
    DocumentKind.BADGES, "badges", badges_document([operator("10234", "Anna")], IMPRINT)
)
A_WHILE = "{% for a in range(99) %}{% for b in range(9999) %}{% endfor %}{% endfor %}done"
FOREVER = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def command(shelf: Shelf, *more: str, later: int = 0, jobs: int = 200) -> list[str]:
    folders = ",".join([*more, str(TEMPLATES)])
    worker = [sys.executable, "-W", "error", "-m", "tests.printing.paper_worker"]
    return [*worker, shelf.address, folders, str(later), str(jobs)]


def eventually(condition: Callable[[], bool], within_s: float = 40) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture(params=[FolderShelf, SqlShelf])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    made: Shelf = request.param(tmp_path / "spool")
    yield made
    made.close()


@pytest.fixture
def forever(tmp_path: Path) -> str:
    """Return a template folder whose badges are never finished."""
    folder = tmp_path / "forever"
    folder.mkdir()
    (folder / "badges.html").write_text(FOREVER)
    return str(folder)


@contextmanager
def pressing(argv: list[str]) -> Iterator[tuple[WorkerPress, Queue[int]]]:
    done: Queue[int] = Queue()
    press = WorkerPress(argv, done.put)
    press.start()
    try:
        yield press, done
    finally:
        press.stop(timeout_s=5)


def test_a_worker_is_woken_and_tells_what_is_done(shelf: Shelf) -> None:
    with pressing(command(shelf)) as (press, done):
        eventually(press.is_ready)
        job = shelf.queue(DOCUMENT)

        press.wake()

        assert done.get(timeout=40) == job
    assert "Anna" in words(shelf.pdf(job) or b"")[0]


def test_a_worker_finds_what_was_queued_before_it_started(shelf: Shelf) -> None:
    jobs = [shelf.queue(DOCUMENT) for _ in range(3)]

    with pressing(command(shelf)) as (_, done):
        assert [done.get(timeout=40) for _ in jobs] == jobs


def test_a_broken_document_fails_and_the_next_one_is_printed(shelf: Shelf) -> None:
    broken = shelf.queue(Document(DocumentKind.TRAVELER, "WO1", {}))
    sound = shelf.queue(DOCUMENT)

    with pressing(command(shelf)) as (_, done):
        assert [done.get(timeout=40), done.get(timeout=40)] == [broken, sound]

    assert shelf.state(broken) == "failed"
    assert shelf.error(broken).startswith("template-broken: ")
    assert "base.html, line 2" in shelf.error(broken)
    assert shelf.state(sound) == "ready"


def test_a_job_whose_worker_was_killed_is_printed_by_the_next(shelf: Shelf, forever: str) -> None:
    job = shelf.queue(DOCUMENT)
    worker = subprocess.Popen(command(shelf, forever), stdin=subprocess.PIPE)
    with worker:
        eventually(lambda: shelf.state(job) == "rendering")
        worker.kill()

    with pressing(command(shelf, later=150)) as (_, done):
        assert done.get(timeout=40) == job

    assert shelf.state(job) == "ready"


def test_a_document_that_kills_its_workers_fails_after_three_of_them(
    shelf: Shelf, forever: str
) -> None:
    deadly, sound = shelf.queue(DOCUMENT), shelf.queue(DOCUMENT)
    for times in (1, 2, 3):
        argv = command(shelf, forever, later=150 * times)
        with subprocess.Popen(argv, stdin=subprocess.PIPE) as worker:
            eventually(partial(attempted, shelf, deadly, times))
            worker.kill()

    with pressing(command(shelf, later=600)) as (_, done):
        assert [done.get(timeout=40), done.get(timeout=40)] == [deadly, sound]

    assert (shelf.state(deadly), shelf.state(sound)) == ("failed", "ready")
    assert shelf.error(deadly).startswith("workers-lost: the paper worker died 3 times while")


def attempted(shelf: Shelf, job: int, times: int) -> bool:
    """Tell whether so many workers have taken a job."""
    return shelf.attempts(job) == times


def test_a_worker_begins_anew_after_many_jobs_and_loses_none(shelf: Shelf) -> None:
    jobs = [shelf.queue(DOCUMENT) for _ in range(5)]

    with pressing(command(shelf, jobs=2)) as (press, done):
        assert [done.get(timeout=40) for _ in jobs] == jobs

        eventually(press.is_ready)
        last = shelf.queue(DOCUMENT)
        press.wake()
        assert done.get(timeout=40) == last


def test_a_press_replaces_a_worker_that_died(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "spool")
    with pressing(command(shelf)) as (press, done):
        eventually(press.is_ready)
        first = press._process
        assert first is not None
        os.kill(first.pid, signal.SIGKILL)
        eventually(lambda: press._process is not first and press.is_ready())

        job = shelf.queue(DOCUMENT)
        press.wake()

        assert done.get(timeout=40) == job


def test_a_press_without_a_worker_is_not_ready_and_can_be_woken() -> None:
    with pressing([sys.executable, "-c", "raise SystemExit(3)"]) as (press, _):
        press.wake()

        assert not press.is_ready()


def test_the_end_of_the_server_is_the_end_of_its_worker(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "spool")
    argv = command(shelf)

    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"started\n"
        assert worker.stdin is not None
        worker.stdin.close()

        assert worker.wait(timeout=20) == 0


@pytest.mark.parametrize("patched", [[], ["gevent"]])
def test_a_worker_that_is_told_to_end_does_so_at_once(tmp_path: Path, patched: list[str]) -> None:
    argv = [*command(FolderShelf(tmp_path / "spool")), *patched]

    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"started\n"
        worker.terminate()

        assert worker.wait(timeout=20) == 0


def test_a_worker_that_is_told_to_end_finishes_its_job_first(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "badges.html").write_text(A_WHILE)
    job = shelf.queue(DOCUMENT)

    with subprocess.Popen(command(shelf, str(tmp_path)), stdin=subprocess.PIPE) as worker:
        eventually(lambda: shelf.state(job) != "queued")
        worker.terminate()

        assert worker.wait(timeout=40) == 0
    assert shelf.state(job) == "ready"


def test_a_server_never_loads_the_pdf_engine() -> None:
    loads = "import sys, server.printing.press; sys.exit('weasyprint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0


def test_a_press_works_in_a_server_that_gevent_has_patched(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "spool")
    argv = [sys.executable, "-W", "error", "-m", "tests.printing.patched_server"]

    answer = subprocess.run(
        [*argv, *command(shelf)], capture_output=True, text=True, check=True, timeout=60
    )

    assert answer.stdout == "ready, done 1, stopped\n"


def test_a_local_press_has_printed_when_it_returns(shelf: Shelf) -> None:
    bench = Bench(shelf.spool, partial(render, templates=[TEMPLATES]), lambda: NOON)
    press: Press = LocalPress(lambda: work_off(bench))
    job = shelf.queue(DOCUMENT)

    press.wake()

    assert press.is_ready()
    assert shelf.state(job) == "ready"
