"""Whether the server can be reached, takes this box for the station, and has the same time."""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import getproxies, proxy_bypass

from hardware.checkup.access import user
from hardware.checkup.asking import PATIENCE_S, NoAnswer, Now, Reply, ask
from hardware.checkup.findings import Finding, look, ok, wrong
from kiosk.home import Home
from server.web.station import COOKIE

SLOW_S = 0.25
"""A station asks the server after each scan: a slower network is felt."""
QUESTIONS, PAUSE_S = 8, 0.13
"""The server tells whole seconds only; where its second turns is found by asking more often."""
FAR, TOO_FAR = timedelta(seconds=5), timedelta(minutes=1)
_CODE = "Get a one-time code in the desk, under Stations, and start the agent with --code."
_PORTS = {"http": 80, "https": 443}


def check_server(server: str, now: Now) -> Iterator[Finding]:
    """Look how far the way to the server goes."""
    parts = urlsplit(server)
    host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
    yield from _check_proxy(parts.scheme, host)
    try:
        found = sorted({str(one[4][0]) for one in socket.getaddrinfo(host, port)})
    except (OSError, UnicodeError) as problem:
        advice = "Correct the name in --server, or enter it in the plant's DNS or in /etc/hosts."
        yield wrong("name of the server", f"{host} is unknown: {problem}", advice)
        return
    yield ok("name of the server", f"{host} is {', '.join(found)}")
    began = time.perf_counter()
    try:
        socket.create_connection((host, port), PATIENCE_S).close()
    except OSError as problem:
        yield wrong(
            "connection",
            f"nobody answers at {host} port {port}: {problem}",
            "Look at the cable or Wi-Fi, whether the server runs (and listens with --host "
            "0.0.0.0), and at firewalls.",
        )
        return
    yield ok("connection", f"port {port} answers in {(time.perf_counter() - began) * 1000:.1f} ms")
    yield from _check_health(server, now)


def check_offset(server: str, now: Now) -> Iterator[Finding]:
    """Look how far this clock is from the server's."""
    about = "clock against the server's"
    try:
        bounds = _bounds(server, now)
    except NoAnswer as silence:
        advice = "See to the way to the server first."
        yield look(about, f"not known, the server does not answer: {silence}", advice)
        return
    if bounds is None:
        yield look(about, "not known, the server tells no time", "Ask --server without a proxy.")
        return
    low, high = bounds
    middle, unsure = (low + high) / 2, (high - low) / 2
    is_same = low <= timedelta() <= high
    found = (
        f"{'the same' if is_same else _told(middle)}, give or take {unsure.total_seconds():.2f} s"
    )
    advice = "Set the clock (sudo timedatectl set-ntp true); the order of scans is kept anyway."
    if abs(middle) - unsure > TOO_FAR:
        yield wrong(about, found, advice)
    elif abs(middle) - unsure > FAR:
        yield look(about, found, advice)
    else:
        yield ok(about, found)


def check_token(server: str, name: str, folder: Path, now: Now) -> Iterator[Finding]:
    """Look whether the server takes this box for the station, by asking for the station's page."""
    about = f"enrolment as {name}"
    try:
        token = Home(folder).token
    except PermissionError:
        found = f"{user()} may not read the token in {folder}"
        yield wrong(about, found, "Run the doctor as the user of the agent, or with sudo.")
        return
    if not token:
        yield look(about, f"{folder} holds no token yet", _CODE)
        return
    try:
        reply = ask(f"{server}/station/{quote(name)}", now, {"Cookie": f"{COOKIE}={token}"})
    except NoAnswer as silence:
        found = f"not known, the server does not answer: {silence}"
        yield look(about, found, "See to the way to the server first.")
        return
    yield _judged(about, name, reply)


def _told(ahead: timedelta) -> str:
    direction = "ahead" if ahead > timedelta() else "behind"
    return f"{abs(ahead).total_seconds():.2f} s {direction}"


def _judged(about: str, name: str, reply: Reply) -> Finding:
    cookies = reply.headers.get_all("Set-Cookie", [])
    # Only to a device that is the station is its cookie given again.
    if reply.status == HTTPStatus.OK and any(one.startswith(f"{COOKIE}=") for one in cookies):
        return ok(about, "the server accepts the token of this box")
    if reply.status == HTTPStatus.OK:
        return wrong(about, "the server does not accept the token of this box", _CODE)
    if reply.status == HTTPStatus.NOT_FOUND:
        advice = "Correct --name, or set the station up in the desk, under Stations."
        return wrong(about, f"the server knows no station {name}", advice)
    return look(about, f"not known, the server answers {reply.status}", "See the server's log.")


def _check_proxy(scheme: str, host: str) -> Iterator[Finding]:
    proxy = getproxies().get(scheme)
    if proxy and not proxy_bypass(host):
        yield look(
            "proxy",
            f"{scheme}_proxy sends what is meant for {host} through {urlsplit(proxy).hostname}",
            f"Add {host} to the variable no_proxy of the agent.",
        )


def _check_health(server: str, now: Now) -> Iterator[Finding]:
    about = "Floorline"
    try:
        reply = ask(f"{server}/healthz", now)
    except NoAnswer as silence:
        yield wrong(about, f"no answer: {silence}", "Look whether --server says http or https.")
        return
    told = _health(reply.body)
    if told.get("alive") is not True:
        found = f"something else answers there (HTTP {reply.status})"
        advice = "Correct --server: it is the address of the desk, without a path."
        yield wrong(about, found, advice)
        return
    ours, theirs = version("floorline"), told.get("version", "not told")
    round_trip = reply.round_trip.total_seconds()
    found = f"answers in {round_trip * 1000:.0f} ms; its version is {theirs}, ours {ours}"
    if round_trip > SLOW_S:
        yield look(about, found, "Look at the Wi-Fi of this place: operators wait for each answer.")
    else:
        yield ok(about, found)


def _health(body: bytes) -> Mapping[str, object]:
    """Return what a server says of its health, nothing when it is none of ours."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _bounds(server: str, now: Now) -> tuple[timedelta, timedelta] | None:
    """Return between which bounds our clock is ahead, as narrow as some questions make them."""
    bounds = ask(f"{server}/healthz", now).ahead
    for _ in range(QUESTIONS - 1):
        time.sleep(PAUSE_S)
        told = ask(f"{server}/healthz", now).ahead
        if bounds is None or told is None:
            return None
        low, high = max(bounds[0], told[0]), min(bounds[1], told[1])
        # They contradict each other when one of the clocks is set meanwhile.
        bounds = (low, high) if low <= high else told
    return bounds
