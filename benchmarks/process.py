"""Processes to be measured: the real server and the bare echo, each on a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_S = 30.0
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Running:
    """A process that answers."""

    address: str
    pid: int
    started_s: float
    """From the command to the first good answer."""

    def resident_mb(self) -> float:
        """Return the memory that the process holds, in megabytes of 10^6 bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * PAGE / 1e6

    def cpu_s(self) -> float:
        """Return the processor time that the process has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path) -> Iterator[Running]:
    """Serve the plant of a data folder, without its paper worker."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "server.cli", "serve"),
        *("--data", str(folder), "--port", str(port)),
    ]
    environment = {**os.environ, "FLOORLINE_PAPER_WORKER": "false"}
    with _started(command, environment, f"http://127.0.0.1:{port}", "/healthz") as running:
        yield running


@contextmanager
def echoing() -> Iterator[Running]:
    """Serve the bare echo."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.echo", str(port)]
    address = f"http://127.0.0.1:{port}"
    with _started(command, dict(os.environ), address, "/socket.io/?EIO=4&transport=polling") as it:
        yield it


@contextmanager
def _started(
    command: Sequence[str], environment: dict[str, str], address: str, path: str
) -> Iterator[Running]:
    began = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _await_answer(process, address + path, began + START_S)
            yield Running(address, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()


def _await_answer(process: subprocess.Popen[bytes], url: str, until: float) -> None:
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the process ended with {process.returncode}")
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address.
                answer.read()
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.01)
    raise TimeoutError(url)
