"""A plant served by a process of its own, as a user runs it: for scenarios and browsers."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

START_S, STOP_S = 30.0, 20.0
LOOK_AGAIN_S = 0.05


class Served:
    """A `floorline serve` or `floorline demo` process on a port of its own."""

    def __init__(
        self, data: Path, *, demo: bool = False, paper: bool = False, database: str = ""
    ) -> None:
        self.data = data
        self.log = data.with_name(f"{data.name}.log")
        """What it says goes to a file: nobody has to read it for the server to go on."""
        self.port = 0
        self._command = "demo" if demo else "serve"
        self._environment = {
            **os.environ,
            "FLOORLINE_PAPER_WORKER": "true" if paper else "false",
            "PYTHONUNBUFFERED": "1",
        }
        if database:
            # Not an option: a command line is there for everybody to read.
            self._environment["FLOORLINE_DATABASE"] = database
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Served":
        """Start, and return once it listens; a second start takes the same port again."""
        command = [
            *(sys.executable, "-m", "server.cli", self._command),
            *("--data", str(self.data), "--port", str(self.port)),
        ]
        before = len(self.said())
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.port = int(self._wait_for(r"server listens address=\S+:(\d+)", before))
        return self

    def said(self) -> str:
        """Return its log so far, of every start."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def _wait_for(self, pattern: str, after: int) -> str:
        """Return what the pattern captures in what the process says from now on."""
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            has_ended = self._running.poll() is not None
            if found := re.search(pattern, self.said()[after:]):
                return found[1]
            if has_ended:
                break
            time.sleep(LOOK_AGAIN_S)
        self.kill()
        raise TimeoutError(self.said()[after:])

    def stop(self) -> int:
        """Ask it to end as a service manager does; return its exit status."""
        process = self._running
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self._process = None
        return process.returncode

    def kill(self) -> None:
        """End it as a power cut does."""
        process = self._running
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=STOP_S)
        self._process = None

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("it is not running")
        return self._process

    @property
    def is_running(self) -> bool:
        """Tell whether it was started and not ended."""
        return self._process is not None
