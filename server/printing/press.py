"""The server's side of the paper worker: it starts the process, wakes it, and minds it.

Nothing here imports the PDF engine. Plain threads and subprocesses, which gevent patches.
"""

import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

logger = logging.getLogger(__name__)

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
"""How long a worker that has died is left alone; twice as long each time it dies young."""
YOUNG_S = 60.0


def ignore(_job: int) -> None:
    """Do nothing about a job that is done."""


class WorkerPress:
    """Keeps one paper worker running."""

    def __init__(self, command: Sequence[str], on_done: Callable[[int], object] = ignore) -> None:
        self._command = list(command)
        self._on_done = on_done
        self._stopping = threading.Event()
        self._minder = threading.Thread(target=self._mind, name="paper-worker", daemon=True)
        self._process: subprocess.Popen[str] | None = None
        self._wakes_lock = threading.Lock()
        self._wakes: int | None = None
        self._has_started = False

    def start(self) -> None:
        """Start the worker; it is started again whenever it dies."""
        self._minder.start()

    def wake(self) -> None:
        """Tell the worker that a job waits; returns at once, whatever the worker does."""
        # A full pipe means that it has been told often enough; a broken one, that it has just
        # died, and the next worker looks at the spool by itself.
        with self._wakes_lock, suppress(BlockingIOError, BrokenPipeError):
            if self._wakes is not None:
                os.write(self._wakes, b"\n")

    def is_ready(self) -> bool:
        """Tell whether a worker is running and could load all that it needs."""
        process = self._process
        return self._has_started and process is not None and process.poll() is None

    def stop(self, timeout_s: float = 90.0) -> None:
        """End the worker after the job that it has begun, or by force when that takes too long."""
        self._stopping.set()
        if not self._minder.is_alive():
            return
        if self._process is not None:
            self._process.terminate()
        self._minder.join(timeout_s)
        if self._minder.is_alive() and self._process is not None:
            logger.warning("paper worker is killed after=%g", timeout_s)
            self._process.kill()
            self._minder.join()

    def _mind(self) -> None:
        pause_s = SHORTEST_PAUSE_S
        while not self._stopping.is_set():
            began = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set():
                return
            old = time.monotonic() - began >= YOUNG_S
            pause_s = SHORTEST_PAUSE_S if old else pause_s
            logger.error("paper worker died code=%d again_in=%g", code, pause_s)
            self._stopping.wait(pause_s)
            pause_s = min(LONGEST_PAUSE_S, pause_s * 2)

    def _run_once(self) -> int:
        """Run a worker until it ends; return its exit status."""
        told, wakes = os.pipe()
        os.set_blocking(wakes, False)
        self._wakes = wakes
        try:
            with self._spawned(told) as process:
                self._process = process
                if self._stopping.is_set():
                    process.terminate()
                for line in process.stdout or ():
                    self._heard(line)
                return process.wait()
        finally:
            self._has_started = False
            with self._wakes_lock:
                self._wakes = None
                os.close(wakes)

    def _spawned(self, told: int) -> subprocess.Popen[str]:
        """Return a new worker that is woken through a pipe; closes our copy of its end."""
        try:
            return subprocess.Popen(  # noqa: S603  # The command is our own.
                self._command,
                stdin=told,
                stdout=subprocess.PIPE,
                text=True,
                # A key pressed in the server's terminal is for the server, which then ends us.
                start_new_session=True,
            )
        finally:
            os.close(told)

    def _heard(self, line: str) -> None:
        word, _, job = line.strip().partition(" ")
        if word == "started":
            self._has_started = True
        elif word in {"ready", "failed"} and job.isdecimal():
            self._on_done(int(job))


class LocalPress:
    """Renders in the caller's own process as soon as it is woken: for tests and single commands."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work

    def wake(self) -> None:
        """Render everything that waits."""
        self._work()

    def is_ready(self) -> bool:
        """Tell that there is somebody to render."""
        return True
