"""A real server process for tests: `floorline serve` on a free port, and real clients."""

import gc
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import socketio

STARTS_S = 40.0
"""A server starts in two seconds on an idle machine; the machines of tests are not idle."""
DEADLINE_S = 15.0

Json = dict[str, Any]


def eventually(holds: Callable[[], object], within_s: float = DEADLINE_S) -> None:
    """Wait until something holds that another process brings about; fail when it never does."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


@dataclass
class Process:
    """A `floorline` process, and what it has said so far."""

    arguments: list[str]
    process: subprocess.Popen[str] = field(init=False)
    lines: list[Json] = field(default_factory=list)
    _news: "queue.Queue[Json | None]" = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        command = [sys.executable, "-m", "server.cli", *self.arguments, "--log-format", "json"]
        self.process = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env=_environment(),
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_for(self, event: str, within_s: float = STARTS_S) -> Json:
        """Return the log line of an event, waiting until it is there."""
        end = time.monotonic() + within_s
        while True:
            line = self._news.get(timeout=max(0.01, end - time.monotonic()))
            assert line is not None, f"the process ended: {self.lines}"
            if line["event"] == event:
                return line

    def stop(self, how: int = signal.SIGTERM, within_s: float = DEADLINE_S) -> int:
        """Tell it to stop, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(within_s)

    def _listen(self) -> None:
        assert self.process.stderr
        with self.process.stderr as said:
            for text in said:
                line = json.loads(text) if text.startswith("{") else {"event": text.strip()}
                self.lines.append(line)
                self._news.put(line)
        self._news.put(None)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("FLOORLINE_")}


@dataclass
class Serve:
    """Starts servers on the plant in a folder."""

    folder: Path
    started: list[Process] = field(default_factory=list)

    def __call__(self, *options: str, command: str = "serve") -> "Running":
        """Start a server, on a free port unless the options say otherwise."""
        usual = [command, "--data", str(self.folder), "--port", "0", "--no-paper-worker"]
        process = Process([*usual, *options])
        self.started.append(process)
        address = process.wait_for("server listens")["address"]
        return Running(process, address)

    def stop_all(self) -> None:
        """Stop whatever still runs."""
        for process in self.started:
            if process.process.poll() is None:
                process.process.kill()
                process.process.wait()
        with warnings.catch_warnings():
            # The client forgets the sockets of connections that broke while they were made.
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@dataclass(frozen=True)
class Running:
    """A server that listens."""

    process: Process
    address: str

    @property
    def port(self) -> str:
        return self.address.rpartition(":")[2]

    def get(self, path: str) -> requests.Response:
        """Ask for an address."""
        return requests.get(self.address + path, timeout=DEADLINE_S)

    def station(self, name: str, token: str, **options: Any) -> "Station":
        """Return a connected station."""
        return Station(self.address, name, token, options)


class Station:
    """A station's real Socket.IO client."""

    def __init__(self, address: str, name: str, token: str, options: Json) -> None:
        self.client = socketio.Client(
            reconnection=options.pop("comes_back", True),
            reconnection_delay=0.1,
            reconnection_delay_max=0.3,
        )
        self.heard: list[tuple[str, Any]] = []
        self.connections = 0
        self._sockets: list[Any] = []
        self.client.on("connect", self._remember, namespace="/station")
        for message in ("delta", "answer", "notice"):
            self.client.on(message, self._keep(message), namespace="/station")
        self.client.connect(
            address,
            namespaces=["/station"],
            auth={"station": name, "token": token},
            wait_timeout=DEADLINE_S,
            **{"transports": ["websocket"]} | options,
        )

    def _keep(self, message: str) -> Callable[[Any], None]:
        return lambda told: self.heard.append((message, told))

    def ask(self, message: str, payload: Json, timeout: float = DEADLINE_S) -> Any:
        """Send a message and return its acknowledgement."""
        return self.client.call(message, payload, namespace="/station", timeout=timeout)

    def told(self, message: str) -> list[Any]:
        """Return what has been told under a name."""
        return [payload for name, payload in self.heard if name == message]

    @property
    def is_connected(self) -> bool:
        return "/station" in self.client.namespaces

    def close(self) -> None:
        """Hang up."""
        self.client.disconnect()
        for one in self._sockets:
            one.close()

    def _remember(self) -> None:
        """Keep the socket: the client forgets to close that of a connection that broke."""
        self.connections += 1
        if self.client.eio.ws is not None:
            self._sockets.append(self.client.eio.ws)
