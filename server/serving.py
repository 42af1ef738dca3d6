"""Serving a plant: from the open port to a stop that loses nothing it has accepted."""

import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gevent import get_hub, signal_handler, sleep, spawn
from gevent.event import Event
from gevent.monkey import is_module_patched
from gevent.pywsgi import WSGIHandler, WSGIServer

from hardware.systemd import started_by
from server.app import Ports, Server, build
from server.config import PREFIX, Config
from server.exchange.apart import ReaderApart
from server.printing.press import WorkerPress
from server.services.ports import Store, StoreAway
from server.store import SqlStore, open_store
from server.web.follower import Follower

logger = logging.getLogger(__name__)

COLLECT_AFTER = (50_000, 20, 100)
"""How seldom garbage is looked for: hardly any of ours needs it, and each look stops everybody."""
FINISH_S = 5.0
"""How long work that was accepted may take after the order to stop."""
FAREWELL_S = 0.2
"""How long the last answers have to reach their screens."""
WORKER_S = 5.0
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - named here, chosen by whoever sets it up
LOOK_S = 2.0
"""How often the server looks for changes that others have made."""
RECHECK_S = 60.0
"""How often the server looks whether everybody who listens still may."""


class Handler(WSGIHandler):
    """Ends a connection after its WebSocket, instead of reading frames as if they were requests."""

    def handle_one_response(self) -> None:
        """Answer one request."""
        super().handle_one_response()
        if (self.environ or {}).get("HTTP_UPGRADE", "").lower() == "websocket":
            self.close_connection = True


class NotPatched(RuntimeError):
    """Serving needs the standard library as gevent patches it; use the `floorline` command."""


class PortTaken(RuntimeError):
    """The server cannot listen where it should."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"Cannot listen on {host} port {port}: {why}. Choose another with --port.")


class Served:
    """A plant that is being served."""

    def __init__(self, config: Config, demo_code: Callable[[Store], str]) -> None:
        if not is_module_patched("threading"):
            raise NotPatched
        self.config = config
        self._stop = Event()
        self._systemd = started_by(os.environ)
        self._store = open_plant_store(config)
        os.environ.update(settings_for_worker(config))
        # On its own: whoever minds the worker must not end because a file cannot be written.
        self._press = WorkerPress(worker_command(), partial(spawn, self._printed))
        self._wanted: dict[int, Path] = {}
        code = demo_code(self._store)
        ports = Ports(self._store, self._press, ReaderApart(), mode="gevent", demo_code=code)
        self.server: Server = build(config, ports)

    def run(self, told: Callable[[str], None]) -> None:
        """Serve until SIGTERM or SIGINT; tell the address once the port is open."""
        listener = listen(self.config.host, self.config.port)
        wsgi = WSGIServer(
            listener, self.server.app, log=None, error_log=logger, handler_class=Handler
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal_handler(number, self._stop.set)
        if self.config.paper_worker:
            self._press.start()
        wsgi.start()
        spawn(self._follow)
        spawn(self._keep_out)
        _collect_seldom()
        told(address_of(listener))
        self._systemd.ready()
        self._stop.wait()
        self._end(wsgi)

    def _end(self, wsgi: WSGIServer) -> None:
        """Stop: no new connections, answers to all that was accepted, and then no old ones."""
        logger.info("server stops")
        self._systemd.stopping()
        wsgi.stop_accepting()
        wsgi.close()
        if not self.server.work.wait(FINISH_S):
            logger.warning("server stops with open work waited=%g", FINISH_S)
        sleep(FAREWELL_S)
        self.server.announcer.start_over()
        wsgi.stop(timeout=1)
        self._press.stop(WORKER_S)
        self._store.close()
        logger.info("server stopped")

    def _follow(self) -> None:
        """Notice what others change without a word to our screens, such as commands."""
        follower = Follower(
            lambda: self._store.read(lambda books: books.revision()), self.server.announcer.heard
        )
        while not self._stop.wait(LOOK_S):
            try:
                has_changed = follower.look()
            except StoreAway as away:
                logger.warning("server cannot look for changes why=%s", away)
                continue
            if has_changed:
                logger.info("server found changes of another process")
                self.server.announcer.start_over()

    def _keep_out(self) -> None:
        """Hang up on whom another process has shut out, even when they only listen."""
        while not self._stop.wait(RECHECK_S):
            for namespace in (self.server.stations, self.server.desk):
                # On its own: a database that is away now must not end the looking.
                spawn(namespace.recheck).join()

    def keep_paper(self, job: int, path: Path) -> None:
        """Copy the paper of a print job to a file, once it is ready."""
        self._wanted[job] = path

    def _printed(self, job: int) -> None:
        """Tell the desk how a print job ended."""
        done = self._store.read(lambda books: books.print_job(job))
        if done is not None:
            self.server.announcer.printed(job, done.state)
        pdf = self._store.read(lambda books: books.pdf(job))
        path = self._wanted.pop(job, None)
        if pdf and path:
            path.write_bytes(pdf)
            logger.info("paper kept path=%s", path)


def _collect_seldom() -> None:
    """Let the collector leave alone what stays for ever, and come rarely for the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def open_plant_store(config: Config) -> SqlStore:
    """Return the store of a plant; commits run beside the event loop when there is one."""
    config.data.mkdir(parents=True, exist_ok=True)
    if is_module_patched("threading"):
        return open_store(config.database_url, get_hub().threadpool.apply)
    return open_store(config.database_url)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it: an answer after a delta must not wait 40 ms for the other's ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        listener.close()
        raise PortTaken(host, port, problem.strerror or str(problem)) from problem
    listener.listen(1024)
    listener.setblocking(False)  # noqa: FBT003 - as the standard library names it
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address that a browser can open."""
    host, port = listener.getsockname()[:2]
    if host in EVERYWHERE:
        return f"http://{socket.gethostname()}:{port}"
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def worker_command() -> list[str]:
    """Return the command of a paper worker; it finds its settings in the environment."""
    return [sys.executable, "-m", "server.cli", "paper-worker", "--woken"]


def settings_for_worker(config: Config) -> dict[str, str]:
    """Return the environment in which a worker finds the same plant.

    Not options: everybody on the machine can read those, and a database has a password.
    """
    return {
        f"{PREFIX}DATA": str(config.data),
        f"{PREFIX}DATABASE": config.database_url,
        f"{PREFIX}LOG_FORMAT": config.log_format,
    }
