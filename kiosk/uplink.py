"""The way to the server: one scan after the other, each until it is answered."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event as Flag

import socketio
from socketio.exceptions import SocketIOError

from kiosk.credentials import Credentials
from kiosk.errors import EnrolmentRefused, JournalFailed, ServerAway, TokenRefused
from kiosk.events import Answer, Answered, Event, Link, LinkChanged, News, Overheard, answer_of
from kiosk.journal import Journal
from kiosk.pauses import Pauses

logger = logging.getLogger(__name__)

NAMESPACE = "/station"
CONNECT_S = 5.0
ANSWER_S = 10.0
IDLE_S = 60.0
"""How long nothing to send may keep the uplink from a sign of life."""
MOST_FAILURES = 20
"""After so many the server will never take this scan: those behind it must not wait for ever."""

_GONE = object()


@dataclass(frozen=True, slots=True)
class Address:
    """The server, and the station that speaks to it."""

    server: str
    station: str


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


class Uplink:
    """Sends what the journal holds, in its order, whenever the server is there."""

    def __init__(
        self,
        journal: Journal,
        address: Address,
        credentials: Credentials,
        now: Callable[[], datetime],
        pauses: Pauses | None = None,
    ) -> None:
        self._journal = journal
        self._address = address
        self._credentials = credentials
        self._now = now
        self._pauses = pauses or Pauses()
        self._stirred = Flag()
        self._stop = Flag()
        self._link: Link | None = None
        self._failures: Counter[str] = Counter()
        self._beat: Callable[[], object] = lambda: None

    def stir(self) -> None:
        """Look at the journal again, or find out that the connection is gone."""
        self._stirred.set()

    def stop(self) -> None:
        """End after the scan that is on its way; safe to call twice."""
        self._stop.set()
        self._stirred.set()

    def run(self, tell: Callable[[News], None], beat: Callable[[], object] = lambda: None) -> None:
        """Send until told to stop, whatever happens to the server; tell what comes of it."""
        self._beat = beat
        while not self._stop.is_set():
            beat()
            try:
                with self._connected(tell) as wire:
                    self._note(tell, Link.HERE)
                    self._send_all(wire, tell)
            except ServerAway as away:
                self._note(tell, Link.AWAY, str(away))
            except TokenRefused as refused:
                if not self._credentials.forget():
                    self._note(tell, Link.SHUT, str(refused))
            except EnrolmentRefused as refused:
                self._note(tell, Link.SHUT, str(refused))
            except JournalFailed as failed:
                logger.warning("answers cannot be kept reason=%s", failed)
            self._stop.wait(self._pauses.next())

    @contextmanager
    def _connected(self, tell: Callable[[News], None]) -> Iterator[Wire]:
        token = self._credentials.token()
        wire = Wire(self.stir, lambda answer: tell(Overheard(answer)))
        try:
            wire.open(self._address, token)
            yield wire
        finally:
            wire.close()

    def _send_all(self, wire: Wire, tell: Callable[[News], None]) -> None:
        while not self._stop.is_set():
            self._beat()
            self._stirred.clear()
            if wire.is_gone:
                raise ServerAway("it hung up")
            event = self._journal.oldest_unsent()
            if event is None:
                self._pauses.reset()
                self._stirred.wait(IDLE_S)
            elif answer := self._answer(wire, event):
                self._journal.settle(event, self._now(), answer.said)
                self._pauses.reset()
                self._note(tell, Link.HERE)
                tell(Answered(event, answer))
            else:
                self._note(tell, Link.AWAY, "it cannot take a scan; its log says why")
                self._stop.wait(self._pauses.next())

    def _answer(self, wire: Wire, event: Event) -> Answer | None:
        """Return the answer to a scan, or None when the server could not take it this time."""
        answer = answer_of(wire.ask("scan", {"id": event.id, "text": event.scan.text}))
        if answer is None:
            raise ServerAway("it does not speak as a Floorline server does")
        if answer.code == "not-allowed":
            raise TokenRefused
        if answer.code != "failed":
            return answer
        self._failures[event.id] += 1
        if self._failures[event.id] < MOST_FAILURES:
            return None
        logger.error("scan set aside seq=%d id=%s failures=%d", event.seq, event.id, MOST_FAILURES)
        return answer

    def _note(self, tell: Callable[[News], None], link: Link, reason: str = "") -> None:
        if link is self._link:
            return
        self._link = link
        if link is Link.HERE:
            logger.info("server there address=%s", self._address.server)
        elif link is Link.AWAY:
            logger.warning("server away address=%s reason=%s", self._address.server, reason)
        else:
            logger.error("station shut out station=%s: %s", self._address.station, reason)
        tell(LinkChanged(link, reason))
