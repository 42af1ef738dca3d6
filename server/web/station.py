"""The kiosk page, for any StationHost: the central server, or the box at the station itself.

It imports of the server only what a kiosk box may import: the domain, and what speaks to browsers.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from server.domain.errors import UnknownStation
from server.domain.feed import Cursor
from server.domain.names import StationName
from server.web.checked import checked
from server.web.feed_messages import Pushed, PushMessage, StatusMessage
from server.web.shell import worker_of
from server.web.station_messages import (
    ENROL,
    ReportMessage,
    ScanMessage,
    UndoMessage,
)

COOKIE = "floorline_station"
COOKIE_AGE = timedelta(days=400)
"""As long as browsers allow; every visit of the page renews it."""
MOST_TOKENS = 32
"""One browser may be several stations, as on the bench of whoever tries it out."""


class StationHost(Protocol):
    """Who stands behind the kiosk page; answers are JSON as docs/protocol.md has it."""

    @property
    def zone(self) -> str:
        """Return the time zone in which the screen shows times."""
        ...

    def exists(self, station: StationName) -> bool:
        """Tell whether there is a station of that name."""
        ...

    def station_of(self, tokens: Sequence[str], wanted: str) -> StationName | None:
        """Return the station a device speaks for: the one wanted, or its newest when none is."""
        ...

    def enrol(self, station: StationName, code: str, address: str) -> str:
        """Return the token of a device at an address that knows the one-time code."""
        ...

    def snapshot(self, station: StationName) -> object:
        """Return everything the station's screen needs."""
        ...

    def work_center(self, station: StationName) -> str:
        """Return the work center whose list the station shows."""
        ...

    def scan(self, station: StationName, message: ScanMessage) -> object:
        """Return the answer to a scan."""
        ...

    def report(self, station: StationName, message: ReportMessage) -> object:
        """Return the answer to a report."""
        ...

    def undo(self, station: StationName, message: UndoMessage) -> object:
        """Return the answer to taking a report back."""
        ...

    def cursor(self, station: StationName, epoch: str) -> Cursor:
        """Return how far the feed of the station's box has come in an epoch."""
        ...

    def push(self, station: StationName, message: PushMessage) -> Pushed:
        """Take what follows in the feed of the station's box; nothing of it is turned away."""
        ...

    def status(self, station: StationName, message: StatusMessage) -> None:
        """Take note of how the station's box is."""
        ...

    def seen(self, station: StationName, version: int) -> None:
        """Take note that the screen has shown a version of its list."""
        ...

    def connected(self, station: StationName, *, here: bool) -> None:
        """Take note that a device of the station has come or gone."""
        ...


def station_pages(host: StationHost, *, secure_cookies: bool) -> Blueprint:
    """Return the pages of the stations: the kiosk itself, and the enrolment of a device."""
    pages = Blueprint("station", __name__, url_prefix="/station")

    @pages.get("/<name>")
    def page(name: str) -> ResponseReturnValue:
        """Show the kiosk to a device that is this station, and the enrolment to any other."""
        station = _existing(host, name)
        tokens = tokens_of(request.cookies.get(COOKIE, ""))
        if host.station_of(tokens, station) != station:
            code = request.args.get("code", "")
            return render_template("station/enrol.html", page={"station": station, "code": code})
        answer = make_response(
            render_template("station/page.html", page={"station": station, "zone": host.zone})
        )
        return _remember(answer, tokens, secure=secure_cookies)

    @pages.get("/worker.js")
    def worker() -> ResponseReturnValue:
        """Return the service worker that opens the kiosk while nobody answers."""
        static = Path(str(current_app.static_folder))
        source = worker_of(static, lambda name: url_for("static", filename=name))
        return Response(source, mimetype="text/javascript")

    @pages.post("/<name>/enrol")
    def enrol(name: str) -> ResponseReturnValue:
        """Make the device a station when it knows the one-time code."""
        station = _existing(host, name)
        message = checked(ENROL, request.get_json())
        token = host.enrol(station, message.code, request.remote_addr or "")
        earlier = tokens_of(request.cookies.get(COOKIE, ""))
        return _remember(jsonify(ok=True), [*earlier, token], secure=secure_cookies)

    return pages


def tokens_of(cookie: str) -> list[str]:
    """Return the tokens that a device's cookie holds, the newest last."""
    return [token for token in cookie.split(".") if token][-MOST_TOKENS:]


def _existing(host: StationHost, name: str) -> StationName:
    station = StationName(name)
    if not host.exists(station):
        raise UnknownStation(name)
    return station


def _remember(answer: Response, tokens: Sequence[str], *, secure: bool) -> Response:
    kept = ".".join(list(tokens)[-MOST_TOKENS:])
    options: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": secure}
    answer.set_cookie(COOKIE, kept, max_age=COOKIE_AGE, **options)
    return answer
