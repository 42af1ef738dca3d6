"""One connection of a station box to its server, over Socket.IO."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

import socketio
from socketio.exceptions import SocketIOError

from kiosk.errors import ServerAway, TokenRefused
from kiosk.events import Answer, answer_of

NAMESPACE = "/station"
CONNECT_S = 5.0
ANSWER_S = 10.0

_GONE = object()


@dataclass(frozen=True, slots=True)
class Address:
    """The server, and the station that speaks to it."""

    server: str
    station: str


class Asks(Protocol):
    """Carries a message to the server and its acknowledgement back."""

    def ask(self, message: str, payload: Mapping[str, object]) -> object:
        """Return the acknowledgement of a message; raise ServerAway when there is none."""
        ...


class Wire:
    """One connection to the server, from its opening to its end."""

    def __init__(self, stir: Callable[[], None], overhear: Callable[[Answer], None]) -> None:
        self._stir = stir
        self._overhear = overhear
        self._replies: SimpleQueue[object] = SimpleQueue()
        self._is_refused = False
        self.is_gone = False
        # The process has its own signal handlers, and the uplink its own pauses.
        self._client = socketio.Client(reconnection=False, handle_sigint=False)
        self._client.on("answer", self._told, namespace=NAMESPACE)
        self._client.on("connect_error", self._refused, namespace=NAMESPACE)
        self._client.on("disconnect", self._gone, namespace=NAMESPACE)

    def open(self, address: Address, token: str) -> None:
        """Connect as the station; raise TokenRefused or ServerAway."""
        try:
            self._client.connect(
                address.server,
                auth={"station": address.station, "token": token},
                transports=["websocket"],
                namespaces=[NAMESPACE],
                wait_timeout=CONNECT_S,
            )
        except SocketIOError as problem:
            if self._is_refused:
                raise TokenRefused from problem
            raise ServerAway(str(problem)) from problem

    def ask(self, message: str, payload: Mapping[str, object]) -> object:
        """Return the acknowledgement of a message; raise ServerAway when there is none."""
        replies: SimpleQueue[object] = SimpleQueue()
        self._replies = replies
        try:
            self._client.emit(message, payload, namespace=NAMESPACE, callback=replies.put)
        except SocketIOError as problem:
            raise ServerAway(str(problem)) from problem
        try:
            reply = _GONE if self.is_gone else replies.get(timeout=ANSWER_S)
        except Empty:
            raise ServerAway("it does not answer") from None
        if reply is _GONE:
            raise ServerAway("it hung up")
        return reply

    def close(self) -> None:
        """Hang up, and give back what the client keeps of a connection that broke."""
        self._client.disconnect()
        engine = self._client.eio
        # Its writer may have missed the end, and would wait a minute for something to send.
        engine.queue.put(None)
        # Its socket would stay open until the garbage collector happens upon it.
        if engine.ws is not None:
            engine.ws.shutdown()

    def _told(self, said: object) -> None:
        answer = answer_of(said)
        if answer is not None:
            self._overhear(answer)

    def _refused(self, said: object) -> None:
        self._is_refused = isinstance(said, Mapping) and said.get("message") == "not-allowed"

    def _gone(self, *_reason: object) -> None:
        self.is_gone = True
        self._replies.put(_GONE)
        self._stir()
