"""Whether the server can listen, and what it needs of others."""

import json
from collections.abc import Iterator, Mapping

from redis import Redis, RedisError

from hardware.checkup.asking import NoAnswer, ask
from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.checkup.processes import listeners_on
from server.clock import now
from server.config import Config
from server.serving import EVERYWHERE, PortTaken, listen

PATIENCE_S = 5.0


def check_port(config: Config) -> Iterator[Finding]:
    """Look whether the port is free, or who answers there."""
    about = f"port {config.port} on {config.host}"
    try:
        listen(config.host, config.port).close()
    except PortTaken as taken:
        yield from _check_taken(about, config, str(taken))
    else:
        yield ok(about, f"free: no server runs here{_only_here(config)}")


def check_queue(config: Config) -> Iterator[Finding]:
    """Look whether the message queue answers, when there is one."""
    about = "message queue"
    if not config.message_queue:
        yield ok(about, "none is set: one process serves the plant")
        return
    # The URL is not told: it may hold a password.
    try:
        with Redis.from_url(config.message_queue, socket_connect_timeout=PATIENCE_S) as queue:
            queue.ping()
    except (RedisError, OSError, ValueError) as problem:
        advice = "Start Redis, or correct the setting `message_queue`."
        yield wrong(about, f"it does not answer: {problem}", advice)
        return
    yield ok(about, "it answers")


def _check_taken(about: str, config: Config, why: str) -> Iterator[Finding]:
    holders = ", ".join(map(str, listeners_on(config.port).seen)) or "another user's process"
    ready = _ready(config)
    if ready.get("ready") is True:
        yield ok(about, f"Floorline answers, ready for work: {holders}{_only_here(config)}")
    elif "ready" in ready:
        missing = [part for part in ready if part != "ready" and ready[part] is False]
        found = f"Floorline answers ({holders}), but is not ready: {', '.join(missing)}"
        yield look(about, found, "Its log says why.")
    else:
        advice = "Stop what is there, or choose another port with --port."
        yield wrong(about, f"{holders} is there. {why}", advice)


def _ready(config: Config) -> Mapping[str, object]:
    """Return what a Floorline on the port says of itself, nothing when it is something else."""
    host = "localhost" if config.host in EVERYWHERE else config.host
    name = f"[{host}]" if ":" in host else host
    try:
        told = json.loads(ask(f"http://{name}:{config.port}/readyz", now).body)
    except (NoAnswer, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _only_here(config: Config) -> str:
    is_local = config.host in {"127.0.0.1", "::1", "localhost"}
    return "; only this machine may come in (--host)" if is_local else ""
