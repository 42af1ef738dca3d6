"""The paper worker: takes print jobs off the spool and puts their PDFs back.

It runs as a process of its own, niced, because a layout holds the interpreter for seconds. There
may be several, on other machines too: the spool gives each job to one of them. A worker that dies
leaves its job to be claimed again, a few times. What it says on standard output is read by
`server.printing.press`: `started`, `ready 12`, `failed 13`.
"""

import faulthandler
import logging
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import FrameType

from server.printing.errors import PaperFault, RenderTooLong, WorkersLost
from server.printing.render import Rendered
from server.services.ports import Document, PrintJob, Spool

logger = logging.getLogger(__name__)

NICENESS = 10
STANDARD_INPUT = 0
MOST_ATTEMPTS = 3
"""A document of which so many workers have died would kill the next one too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much a worker works."""

    poll_s: float = 3.0
    """After how long it looks at the spool unasked: for jobs that others have queued."""
    render_s: float = 60.0
    """How long one document may take; shorter than the spool leaves a job to its worker."""
    grace_s: float = 15.0
    """How much longer it may take until the whole process is given up."""
    most_jobs: int = 200
    """After how many jobs the process begins anew, to give back its memory."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker works with."""

    spool: Spool
    render: Callable[[Document], Rendered]
    now: Callable[[], datetime]


def serve(bench: Bench) -> None:
    """Be the worker of a server: woken by lines on standard input, ended by its end or SIGTERM."""
    _be_humble()
    Worker(bench, wakes=STANDARD_INPUT).run()


def serve_alone(bench: Bench) -> None:
    """Be a worker without a server, on this or another machine, until SIGTERM."""
    _be_humble()
    Worker(bench).run()


def work_off(bench: Bench) -> int:
    """Render everything that waits, here and now; return how many jobs there were."""
    done = 0
    while job := bench.spool.claim(bench.now()):
        finish(bench, job)
        done += 1
    return done


def finish(bench: Bench, job: PrintJob, limits: Limits | None = None) -> bool:
    """Render one claimed job and keep its PDF, or why there is none; return whether there is."""
    document = job.document
    try:
        if job.attempts > MOST_ATTEMPTS:
            raise WorkersLost(job.attempts - 1)
        with _limited(limits):
            rendered = bench.render(document)
    except PaperFault as fault:
        error = f"{fault.code}: {fault}"
        logger.warning("paper failed job=%d kind=%s error=%s", job.id, document.kind, error)
        bench.spool.fail(job.id, error, bench.now())
        return False
    for warning in rendered.warnings:
        logger.warning("paper doubtful job=%d kind=%s why=%s", job.id, document.kind, warning)
    bench.spool.finish(job.id, rendered.pdf, bench.now())
    size = len(rendered.pdf)
    logger.info("paper rendered job=%d kind=%s bytes=%d", job.id, document.kind, size)
    return True


class Worker:
    """The loop of the process: claim, render, and wait when there is nothing to do."""

    def __init__(
        self, bench: Bench, *, wakes: int | None = None, limits: Limits | None = None
    ) -> None:
        self._bench = bench
        self._wakes = wakes
        self._limits = limits or Limits()
        self._is_ending = False
        self._end_heard, self._end_told = os.pipe()

    def run(self) -> None:
        """Work until SIGTERM or, when there is one to wake it, until that one is gone.

        A job that was begun is finished first. After `most_jobs` the process begins anew.
        """
        signal.signal(signal.SIGTERM, self._end)
        self._say("started")
        done = 0
        while not self._is_ending:
            job = self._bench.spool.claim(self._bench.now())
            if job is None:
                self._wait()
                continue
            self._say(f"{'ready' if finish(self._bench, job, self._limits) else 'failed'} {job.id}")
            done += 1
            if done >= self._limits.most_jobs and not self._is_ending:
                logger.info("paper worker begins anew jobs=%d", done)
                _begin_anew()
        logger.info("paper worker ended jobs=%d", done)

    def _wait(self) -> None:
        heard = [self._end_heard] + ([] if self._wakes is None else [self._wakes])
        readable, _, _ = select.select(heard, [], [], self._limits.poll_s)
        # All lines at once: many wakes while we worked mean one look at the spool.
        if self._wakes in readable and not os.read(self._wakes or 0, 65536):
            logger.info("paper worker was left alone")
            self._is_ending = True

    def _say(self, line: str) -> None:
        try:
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            self._is_ending = True

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_ending = True
        os.write(self._end_told, b"\n")


@contextmanager
def _limited(limits: Limits | None) -> Iterator[None]:
    """Raise RenderTooLong when the block takes too long; end the process if that cannot help."""
    if limits is None:
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise RenderTooLong(limits.render_s)

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again every second, in case the engine took the first ring for its own error.
    signal.setitimer(signal.ITIMER_REAL, limits.render_s, 1.0)
    # Deep in a library no ring is heard: then the process ends, and another claims the job.
    faulthandler.dump_traceback_later(
        limits.render_s + limits.grace_s, exit=True, file=sys.__stderr__ or sys.stderr
    )
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)


def _be_humble() -> None:
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)


def _begin_anew() -> None:
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  # Our own command.
