"""A lean Socket.IO client for load: raw frames over WebSocket, so the client costs little."""

import json
from collections.abc import Callable
from typing import Any

from gevent.event import AsyncResult
from websocket import WebSocket, create_connection

Payload = dict[str, Any]
Heard = Callable[[str, Any], None]


class Wire:
    """One connection to one namespace; `listen` must run in a greenlet of its own."""

    def __init__(
        self, address: str, namespace: str, auth: Payload | None = None, cookie: str = ""
    ) -> None:
        self._namespace = namespace
        self._waiting: dict[int, AsyncResult[Any]] = {}
        self._last = 0
        self._heard: Heard = lambda _event, _payload: None
        url = f"ws{address.removeprefix('http')}/socket.io/?EIO=4&transport=websocket"
        self._socket: WebSocket = create_connection(
            url, timeout=None, origin=address, cookie=cookie or None
        )
        self._expect("0")
        self._socket.send(f"40{namespace},{json.dumps(auth or {})}")
        self._expect(f"40{namespace}")

    def _expect(self, begins: str) -> None:
        while True:
            frame = str(self._socket.recv())
            if frame.startswith(begins):
                return
            if frame.startswith("44"):
                raise ConnectionRefusedError(frame)

    def hear(self, heard: Heard) -> None:
        """Call a function with every event that comes unasked."""
        self._heard = heard

    def listen(self) -> None:
        """Read frames until the connection ends."""
        answers, events = f"43{self._namespace},", f"42{self._namespace},"
        while True:
            try:
                frame = str(self._socket.recv())
            except OSError:
                return
            if frame.startswith(answers):
                number, _, body = frame[len(answers) :].partition("[")
                self._waiting.pop(int(number)).set(json.loads(f"[{body}")[0])
            elif frame.startswith(events):
                event, *payload = json.loads(frame[len(events) :])
                self._heard(event, payload[0] if payload else None)
            elif frame == "2":
                self._socket.send("3")
            elif not frame:
                return

    def ask(self, event: str, payload: Payload) -> Any:  # noqa: ANN401 - whatever the server says.
        """Send an event and return the acknowledgement."""
        self._last += 1
        waiting: AsyncResult[Any] = AsyncResult()
        self._waiting[self._last] = waiting
        self._socket.send(f"42{self._namespace},{self._last}{json.dumps([event, payload])}")
        return waiting.get(timeout=60)

    def close(self) -> None:
        """End the connection as a browser does that is closed: without waiting for farewells."""
        untyped: Any = self._socket
        untyped.shutdown()
