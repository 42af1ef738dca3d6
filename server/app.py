"""Puts a plant together: its store, its screens and its paper, behind one Flask app."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Literal
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_socketio import SocketIO
from flask_wtf.csrf import CSRFProtect

from server.clock import now
from server.config import Config
from server.domain.names import StationName
from server.services.accounts import Visit
from server.services.ports import (
    MappingReader,
    MappingReading,
    OrderReader,
    Plant,
    Press,
    Store,
)
from server.services.stations import fingerprint
from server.web import desk, desk_api, health, messages, refusals, security, sign_in
from server.web.announcer import SocketAnnouncer
from server.web.assets import folder
from server.web.attempts import Attempts
from server.web.codec import Provider, TextPacket
from server.web.here import Desk, furnish
from server.web.open_work import OpenWork
from server.web.reasons import by_default
from server.web.set_up import SetUp
from server.web.sockets_desk import DeskNamespace
from server.web.sockets_station import StationNamespace
from server.web.station import station_pages
from server.web.station_host import DemoStationHost, Reasons, ServerStationHost
from server.web.wires import Wires, channel_of, limit_messages

AsyncMode = Literal["gevent", "threading"]
DEMO_CODE_TIME = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Ports:
    """What a server is built on."""

    store: Store
    press: Press
    reader: OrderReader
    """Reads the files that a dispatcher sends; nobody else may have to wait for it."""
    mode: AsyncMode = "threading"
    now: Callable[[], datetime] = now
    demo_code: str = ""
    """The enrolment code that works as often as a visitor of the demo likes; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class Server:
    """A plant with the wires to its screens."""

    plant: Plant
    app: Flask
    socketio: SocketIO
    announcer: SocketAnnouncer
    stations: StationNamespace
    desk: DeskNamespace
    work: OpenWork
    set_up: SetUp


def build(config: Config, ports: Ports) -> Server:
    """Return a server that is ready to be served."""
    socketio = SocketIO()
    wires = Wires(socketio)
    announcer = SocketAnnouncer(wires)
    rules = config.rules(demo=bool(ports.demo_code))
    plant = Plant(ports.store, announcer, ports.press, ports.now, rules)
    work = OpenWork()
    app = _app(config)
    host = _host(config, plant, announcer, ports.demo_code)
    stations = StationNamespace(host, wires, work, alone=not config.message_queue)
    announcer.drop = stations.drop
    set_up = SetUp(security.secret_key(config.data), behind_proxies=config.trusted_proxies > 0)
    furnish(app, Desk(plant, ports.reader, stations.connected, Attempts(), _read_mapping, set_up))
    _register(app, config, host, work)
    _connect(app, socketio, config, ports.mode)
    if config.message_queue:
        announcer.overhear()
    socketio.on_namespace(stations)
    screens = DeskNamespace(plant, wires, partial(_session_visit, app))
    announcer.recheck = screens.recheck
    socketio.on_namespace(screens)
    security.behind_proxies(app, config.trusted_proxies)
    return Server(plant, app, socketio, announcer, stations, screens, work, set_up)


def _app(config: Config) -> Flask:
    """Return the bare app: its folders, its secret, its texts, its answers to errors."""
    assets = folder()
    app = Flask(
        __name__,
        static_folder=assets / "static",
        static_url_path="/static",
        template_folder=str(assets / "templates"),
    )
    app.json = Provider(app)
    app.secret_key = security.secret_key(
        config.data, may_be_one_of_several=config.may_be_one_of_several
    )
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    _translate(app, config, assets / "translations")
    refusals.install(app)
    return app


def _translate(app: Flask, config: Config, catalogues: Path) -> None:
    found = sorted(path.parent.parent.name for path in catalogues.glob("*/LC_MESSAGES/*.mo"))
    app.config[messages.LANGUAGES] = list(dict.fromkeys([config.language, "en", *found]))
    app.config[messages.DEFAULT_REASONS] = by_default(config.model_fields_set)
    Babel(
        app,
        default_locale="en",
        default_translation_directories=str(catalogues),
        locale_selector=messages.reader_language,
        timezone_selector=lambda: config.time_zone,
    )
    app.context_processor(lambda: {"language": messages.reader_language().replace("_", "-")})


def _read_mapping(name: str, content: bytes) -> MappingReading:
    """Read a mapping file, loading what reads it with the first one, not with the start."""
    reader: MappingReader = import_module("server.exchange.mapping").read_mapping
    return reader(name, content)


def _host(
    config: Config, plant: Plant, announcer: SocketAnnouncer, demo_code: str
) -> ServerStationHost:
    reasons = Reasons(config.scrap_reasons, config.rework_reasons, config.pause_reasons)
    if not demo_code:
        return ServerStationHost(plant, announcer, reasons)

    def rearm(station: StationName) -> None:
        until = plant.now() + DEMO_CODE_TIME
        plant.change(lambda books: books.keep_enrolment(station, fingerprint(demo_code), until))

    return DemoStationHost(plant, announcer, reasons, rearm)


def _register(app: Flask, config: Config, host: ServerStationHost, work: OpenWork) -> None:
    csrf = CSRFProtect()
    security.secure(app, csrf, config.allowed_origins, secure_cookies=config.secure_cookies)
    stations = station_pages(host, secure_cookies=config.secure_cookies)
    app.context_processor(lambda: {"demo": host.is_demo})
    for blueprint in (
        *(desk.desk, desk_api.api, sign_in.pages),
        *(stations, messages.messages, health.health),
    ):
        app.register_blueprint(blueprint)
    # A kiosk box enrols without a session; the code is the secret, and forms cannot send JSON.
    csrf.exempt(app.view_functions["station.enrol"])
    app.add_url_rule("/", "home", _home)
    _count(app, work)


def _home() -> ResponseReturnValue:
    return redirect(url_for("desk.release"))


def _count(app: Flask, work: OpenWork) -> None:
    """Count every request that Flask answers as open work; Socket.IO's own come not so far."""
    inner = app.wsgi_app

    def counted(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with work:
            return inner(environ, start_response)

    app.wsgi_app = counted  # type: ignore[method-assign] # As Flask's own documentation does.


def _connect(app: Flask, socketio: SocketIO, config: Config, mode: AsyncMode) -> None:
    untyped: Any = socketio
    untyped.init_app(
        app,
        async_mode=mode,
        # In the order in which a station sends: a badge is read before the traveler after it.
        async_handlers=False,
        cors_allowed_origins=security.origin_check(config.allowed_origins),
        manage_session=False,
        max_http_buffer_size=security.LARGEST_MESSAGE,
        message_queue=config.message_queue or None,
        channel=channel_of(config.message_queue),
        serializer=TextPacket,
    )
    limit_messages(socketio, security.LARGEST_MESSAGE)


def _session_visit(app: Flask, environ: Mapping[str, Any]) -> Visit:
    """Return who the session of a handshake says it belongs to."""
    with app.request_context(dict(environ)):
        return sign_in.session_visit()
