"""Visiting a workshop over the web: browsers, screens and stations, as tests use them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from server.app import Server
from server.domain.names import StationName
from server.domain.plant import Account
from server.services import accounts, planning, stations
from server.services.ports import PlannedRow, Plant, Reading
from server.services.release import release
from server.services.rights import CONSOLE
from server.store import SqlStore
from tests.fakes.memory_store import MemoryStore
from tests.workshop import DISPATCHER, LATHE, Clock, IdlePress, plan

Json = dict[str, Any]


@dataclass(slots=True)
class Browser:
    """A person's browser: it keeps cookies, and sends the token that pages carry."""

    server: Server
    client: FlaskClient
    token: str = ""

    def get(self, path: str, accept: str = "text/html") -> TestResponse:
        """Open an address."""
        return self.client.get(path, headers={"Accept": accept})

    def json(self, path: str) -> Any:
        """Return the JSON at an address."""
        return self.get(path, "application/json").get_json()

    def post(self, path: str, body: object = None, **options: Any) -> TestResponse:
        """Send JSON with the session's token."""
        headers = {"X-CSRFToken": self.token, "Accept": "application/json"}
        return self.client.post(path, json=body, headers=headers, **options)

    def submit(self, path: str, **fields: str) -> TestResponse:
        """Send a form as a page would."""
        fields["csrf_token"] = self.token
        return self.client.post(path, data=fields, headers={"Accept": "text/html"})

    def sign_in(self, account: Account = DISPATCHER) -> "Browser":
        """Have a session of an account."""
        with self.client.session_transaction() as session:
            visit = accounts.visit(self.server.plant, account)
            session["account"], session["proof"] = visit.name, visit.proof
        return self.carry_token()

    def carry_token(self) -> "Browser":
        """Have the token that a page of this session carries."""
        raw = "a" * 40
        with self.client.session_transaction() as session:
            session["csrf_token"] = raw
        key = self.server.app.secret_key or b""
        self.token = str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))
        return self

    def page(self, path: str) -> Json:
        """Return the JSON that a page was given."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return embedded(answer.text)


def embedded(html: str) -> Json:
    """Return the JSON in a page."""
    pattern = r'<script type="application/json" id="page(?:-json)?">(.*?)</script>'
    found = re.search(pattern, html, re.DOTALL)
    assert found, html
    page: Json = json.loads(found[1])
    return page


@dataclass(slots=True)
class Wired:
    """A connection of a screen."""

    client: Any
    namespace: str

    @property
    def is_connected(self) -> bool:
        return bool(self.client.is_connected(self.namespace))

    def ask(self, message: str, payload: object) -> Any:
        """Send a message and return its acknowledgement."""
        return self.client.emit(message, payload, namespace=self.namespace, callback=True)

    def scan(self, text: str, **more: object) -> Json:
        """Scan a code."""
        answer: Json = self.ask("scan", {"id": new_id(), "text": text, **more})
        return answer

    def heard(self, name: str) -> list[Any]:
        """Return what was told under a name since the last call; other news are forgotten."""
        news, self.client.queue = self.client.queue, []
        return [one["args"][0] for one in news if one["name"] == name]


def new_id() -> str:
    """Return the id of a new fact."""
    return str(uuid4())


@dataclass(slots=True)
class Site:
    """The workshop, its clock, and everybody who connects to it."""

    server: Server
    clock: Clock
    store: MemoryStore | SqlStore
    press: IdlePress
    folder: Path
    _opened: list[Wired] = field(default_factory=list)

    @property
    def plant(self) -> Plant:
        return self.server.plant

    def browser(self) -> Browser:
        """Return the browser of a stranger."""
        return Browser(self.server, self.server.app.test_client())

    def desk(self, account: Account = DISPATCHER) -> Browser:
        """Return the browser of somebody who has signed in."""
        return self.browser().sign_in(account)

    def code(self, station: str = LATHE) -> str:
        """Return a one-time code of a station."""
        return stations.enrolment_code(self.plant, CONSOLE, StationName(station)).code

    def token(self, station: str = LATHE) -> str:
        """Return the token of a device that is enrolled as a station."""
        return stations.enrol(self.plant, StationName(station), self.code(station))

    def station(self, name: str = LATHE, token: str | None = None) -> Wired:
        """Return a connection of a station."""
        auth = {"station": name, "token": self.token(name) if token is None else token}
        return self.wire("/station", auth=auth)

    def screen(self, browser: Browser) -> Wired:
        """Return a connection of the desk."""
        return self.wire("/desk", flask_test_client=browser.client)

    def wire(self, namespace: str, **options: Any) -> Wired:
        """Return a connection, perhaps one that was refused."""
        server = self.server
        client = server.socketio.test_client(server.app, namespace=namespace, **options)
        wired = Wired(client, namespace)
        self._opened.append(wired)
        return wired

    def release(self, *numbers: str) -> None:
        """Plan and release orders over lathe, mill and bench."""
        plans = [plan(number) for number in numbers]
        self.plan(*plans)
        done = release(self.plant, CONSOLE, [one.number for one in plans], "")
        assert not done.refused, done.refused

    def plan(self, *plans: Any) -> None:
        """Bring orders in, as an import does."""
        rows = tuple(PlannedRow(one, "orders.csv", at) for at, one in enumerate(plans, start=2))
        report = planning.import_orders(self.plant, CONSOLE, [Reading(rows)])
        assert not report.errors, report.errors

    def close(self) -> None:
        """Let everybody go."""
        for wired in self._opened:
            if wired.is_connected:
                wired.client.disconnect(wired.namespace)


NewSite = Callable[..., Site]
"""Opens a workshop, with settings of its own if need be."""
