"""The way to the server: what the journal holds, in its order, until the server has it."""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.metadata import version
from threading import Event as Flag
from typing import Any

from kiosk.credentials import Credentials
from kiosk.errors import EnrolmentRefused, JournalFailed, ServerAway, TokenRefused
from kiosk.events import (
    Answer,
    Answered,
    Link,
    LinkChanged,
    News,
    Overheard,
    Packet,
    Pushed,
    answer_of,
)
from kiosk.journal import Journal
from kiosk.pauses import Pauses
from kiosk.sending import LOOK_BACK, message_of
from kiosk.status import Status
from kiosk.wire import Address, Asks, Wire
from server.domain.feed import Accord, Cursor

logger = logging.getLogger(__name__)

STATUS_S = 15.0
"""How often the server is told how the box is, and how long the uplink may be without a sign."""
MOST_EVENTS = 100
MOST_BYTES = 48_000
"""In one push; the server refuses messages over 64 kB."""
TIDY_EVERY = timedelta(days=1)
NOT_NOW = frozenset({"failed", "store-away"})
"""The server cannot take anything just now; its log says why."""


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
        self.status = Status(journal)
        self._told_status: float | None = None
        self._round_trip_s = 0.0
        self._tidied: datetime | None = None
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
        self.greet(wire)
        while not self._stop.is_set():
            self._beat()
            self._stirred.clear()
            if wire.is_gone:
                raise ServerAway("it hung up")
            went = self.send_next(wire, tell)
            self._tell_status(wire)
            if went is None:
                self._pauses.reset()
                self._tidy()
                self._stirred.wait(STATUS_S)
            elif went:
                self._pauses.reset()
                self._note(tell, Link.HERE)
            else:
                self._note(tell, Link.AWAY, "it cannot take a scan; its log says why")
                self._stop.wait(self._pauses.next())

    def greet(self, wire: Asks) -> None:
        """Ask how far the server has come, and believe it."""
        began = time.monotonic()
        said = wire.ask("hello", {"epoch": self._journal.epoch, "version": version("floorline")})
        self._round_trip_s = time.monotonic() - began
        self._told_status = None
        self._agree(_cursor(said))

    def send_next(self, wire: Asks, tell: Callable[[News], None]) -> bool | None:
        """Send the next events; tell whether they went, or None when there are none."""
        packets = self._journal.unsent(MOST_EVENTS + 1)
        return self._push(wire, packets, tell) if packets else None

    def _push(self, wire: Asks, packets: Sequence[Packet], tell: Callable[[News], None]) -> bool:
        """Send the next events, and tell what came of those not told yet; tell whether it went."""
        events = list(self._events(packets))
        reply = wire.ask("push", {"epoch": self._journal.epoch, "events": events})
        if _code(reply) in NOT_NOW:
            return False
        cursor, answers = _cursor(reply), _answers(reply)
        said = {name: answer.said for name, answer in answers.items()}
        found = self._agree(cursor, Pushed(events[-1]["seq"], self._now(), said))
        for packet in packets:
            answer = answers.get(packet.event.id)
            # After a new epoch the server answers again what the operator was told long ago.
            if answer and packet.event.answer is None:
                tell(Answered(packet.event, answer))
        return found is not Accord.SAME or cursor.have >= packets[0].seq

    def _events(self, packets: Sequence[Packet]) -> Iterator[dict[str, Any]]:
        """Yield as many events as fit into one message, and at least one."""
        events = [*self._journal.before(packets[0].event, LOOK_BACK), *(p.event for p in packets)]
        first = len(events) - len(packets)
        size, now = 0, self._now()
        for at, packet in enumerate(packets[:MOST_EVENTS], first):
            event = {
                "seq": packet.seq,
                "id": packet.event.id,
                "prev": packet.prev,
                "kind": "scan",
                "message": message_of(packet.event, events[:at], events[at + 1 :], now),
            }
            size += len(json.dumps(event))
            if size > MOST_BYTES and at > first:
                return
            yield event

    def _agree(self, cursor: Cursor, pushed: Pushed | None = None) -> Accord:
        found = self._journal.agree(cursor, pushed)
        if found is not Accord.SAME:
            unsent = self._journal.count_unsent()
            logger.warning("journal begins a new epoch why=%s resends=%d", found.value, unsent)
        return found

    def _tell_status(self, wire: Asks) -> None:
        """Tell the server how the box is, when it was last told long enough ago."""
        began = time.monotonic()
        if self._told_status is not None and began - self._told_status < STATUS_S:
            return
        self._told_status = began
        wire.ask("status", self.status.message(self._now(), self._round_trip_s))
        self._round_trip_s = time.monotonic() - began

    def _tidy(self) -> None:
        """Forget, once a day, what the server has had for a month."""
        if self._tidied is None or self._now() - self._tidied > TIDY_EVERY:
            self._tidied = self._now()
            if gone := self._journal.prune(self._tidied):
                logger.info("journal pruned events=%d", gone)

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


def _code(reply: object) -> str:
    code = reply.get("code") if isinstance(reply, Mapping) else None
    return code if isinstance(code, str) else ""


def _cursor(reply: object) -> Cursor:
    """Return what the server says that it has; raise TokenRefused or ServerAway."""
    if _code(reply) == "not-allowed":
        raise TokenRefused
    if isinstance(reply, Mapping):
        have, have_id = reply.get("have"), reply.get("have_id")
        if isinstance(have, int) and isinstance(have_id, str):
            return Cursor(have, have_id)
        if code := _code(reply):
            raise ServerAway(f"it refuses what this station says ({code}): update the older one")
    raise ServerAway("it does not speak as a Floorline server does")


def _answers(reply: object) -> dict[str, Answer]:
    """Return the answers of a push by the ids of their events."""
    told = reply.get("answers") if isinstance(reply, Mapping) else None
    answers = map(answer_of, told if isinstance(told, list) else [])
    return {str(answer.said.get("id")): answer for answer in answers if answer}
