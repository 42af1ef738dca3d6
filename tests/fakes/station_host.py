"""A station host in memory, on a real socket: it does what docs/protocol.md says, and no more."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from flask_socketio import SocketIO
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from server.domain.errors import EnrolmentFailed, Refusal
from server.domain.feed import Cursor, Standing, standing
from server.domain.names import StationName
from server.web.feed_messages import FeedEvent, Pushed, PushMessage, StatusMessage, decoded
from server.web.sockets_station import StationNamespace
from server.web.station import station_pages
from server.web.station_messages import ReportMessage, ScanMessage, UndoMessage
from server.web.wires import Wires

Said = dict[str, Any]


class HostFails(RuntimeError):
    """The host has a bug, or a full disk."""


@dataclass
class MemoryStationHost:
    """The port `StationHost`: it takes every scan, and says the same again to the same id."""

    stations: frozenset[str]
    codes: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Said] = field(default_factory=dict)
    cursors: dict[tuple[StationName, str], Cursor] = field(default_factory=dict)
    told: SimpleQueue[StatusMessage] = field(default_factory=SimpleQueue)
    """How its boxes say that they are."""
    taken: list[str] = field(default_factory=list)
    """The texts of the scans, each id once."""
    heard: SimpleQueue[ScanMessage] = field(default_factory=SimpleQueue)
    """Every message, repetitions included."""
    said_of: dict[str, Said] = field(default_factory=dict)
    """What it answers to a text, where that is not simply yes."""
    on_scan: Callable[[], object] = field(default=lambda: None)
    """What happens after a scan was taken and before it is answered."""
    zone: str = "UTC"

    def exists(self, station: StationName) -> bool:
        return station in self.stations

    def station_of(self, tokens: Sequence[str], wanted: str) -> StationName | None:
        names = [self.tokens[token] for token in tokens if token in self.tokens]
        if wanted:
            return StationName(wanted) if wanted in names else None
        return StationName(names[-1]) if names else None

    def enrol(self, station: StationName, code: str, address: str) -> str:
        del address
        if self.codes.get(station) != code:
            raise EnrolmentFailed
        del self.codes[station]
        token = f"token-{len(self.tokens) + 1}-of-{station}"
        self.tokens[token] = station
        return token

    def snapshot(self, station: StationName) -> object:
        return {"station": station, "rows": []}

    def work_center(self, station: StationName) -> str:
        return station

    def scan(self, station: StationName, message: ScanMessage) -> object:
        del station
        self.heard.put(message)
        if message.id not in self.answers:
            said = self.said_of.get(message.text, {})
            self.answers[message.id] = _answer(message.id, message.text) | said
            self.taken.append(message.text)
        self.on_scan()
        return self.answers[message.id]

    def report(self, station: StationName, message: ReportMessage) -> object:
        raise NotImplementedError(station, message)

    def undo(self, station: StationName, message: UndoMessage) -> object:
        raise NotImplementedError(station, message)

    def cursor(self, station: StationName, epoch: str) -> Cursor:
        return self.cursors.get((station, epoch), Cursor())

    def push(self, station: StationName, message: PushMessage) -> Pushed:
        at = self.cursor(station, message.epoch)
        known = set(self.answers)
        answers = []
        for event in message.events:
            where = standing(at, event.seq, event.prev)
            if where is Standing.APART:
                break
            if where is Standing.NEXT:
                at = Cursor(event.seq, event.id)
                self._take(station, event)
            if event.id in self.answers:
                answers.append(self.answers[event.id])
        self.cursors[station, message.epoch] = at
        fresh = [(name, self.answers[name]) for name in self.answers if name not in known]
        return Pushed(at, tuple(answers), tuple(fresh))

    def _take(self, station: StationName, event: FeedEvent) -> None:
        said = decoded(event)
        if isinstance(said, ScanMessage):
            self.scan(station, said)
        elif event.id not in self.answers:
            said_not = {"verdict": "refused", "code": "undecodable"}
            self.answers[event.id] = _answer(event.id, "") | said_not

    def status(self, station: StationName, message: StatusMessage) -> None:
        del station
        self.told.put(message)

    def seen(self, station: StationName, version: int) -> None:
        """Take no note."""

    def connected(self, station: StationName, *, here: bool) -> None:
        """Take no note."""


def _answer(name: str, text: str) -> Said:
    return {
        "id": name,
        "verdict": "ok",
        "code": "started",
        "number": text,
        "details": {},
        "flags": [],
        "may_insist": False,
        "panel": None,
        "undo_until": None,
        "operator": None,
    }


class Handler(WSGIRequestHandler):
    """Ends a connection after its WebSocket, as that of the product does, and logs nothing."""

    def run_wsgi(self) -> None:
        super().run_wsgi()
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.close_connection = True

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as werkzeug names it
        """Keep quiet."""


class StationServer:
    """The host behind the real pages and the real namespace; it can go away and come back."""

    def __init__(self, host: MemoryStationHost) -> None:
        self.host = host
        self._port = 0
        self._serving: tuple[BaseWSGIServer, Thread, Wires] | None = None

    @property
    def address(self) -> str:
        """Return where it is, whether it answers or not."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> "StationServer":
        """Listen, always at the same address."""
        app, wires = _app(self.host)
        server = make_server("127.0.0.1", self._port, app, threaded=True, request_handler=Handler)
        server.daemon_threads = True  # type: ignore[attr-defined]  # Threaded ones have it.
        self._port = server.port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self._serving = server, thread, wires
        return self

    def stop(self) -> None:
        """Hang up on everybody, and answer nobody."""
        if self._serving is None:
            return
        server, thread, wires = self._serving
        self._serving = None
        server.shutdown()
        thread.join()
        wires.hang_up()
        server.server_close()

    def revoke(self) -> None:
        """Take the right to speak for a station away from every device, and hang up."""
        self.host.tokens.clear()
        if self._serving:
            self._serving[2].hang_up()

    def hang_up(self) -> None:
        """End every connection."""
        if self._serving:
            self._serving[2].hang_up()


def _app(host: MemoryStationHost) -> tuple[Flask, Wires]:
    app = Flask("station-host")
    app.register_blueprint(station_pages(host, secure_cookies=False))
    app.register_error_handler(Refusal, _refused)
    socketio: Any = SocketIO()
    socketio.init_app(app, async_mode="threading", async_handlers=False)
    wires = Wires(socketio)
    socketio.on_namespace(StationNamespace(host, wires, nullcontext()))
    return app, wires


def _refused(refusal: Refusal) -> ResponseReturnValue:
    words = f"Refused: {refusal.code}."
    return jsonify(code=refusal.code, details=refusal.details, text=words), 403
