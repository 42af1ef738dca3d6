"""Feeds: what a station box sends from its journal, in its order and each once.

A batch is one unit of work: the facts, the answers and the cursor are committed together or not
at all, so a box that repeats itself after a lost answer gets the same answers. Nothing is turned
away: what nobody can make sense of is kept as it came, flagged, and the rest goes on.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from server.domain.errors import Undecodable
from server.domain.events import ScanRefused
from server.domain.feed import Cursor, Standing, standing
from server.domain.names import StationName
from server.domain.plant import Actor
from server.services import answers, report, scan
from server.services.answers import Answer
from server.services.ports import Books, Change, Inquiries, Plant, StoreAway

logger = logging.getLogger(__name__)

UNDECODABLE = "undecodable"
LONGEST_RAW = 4000
"""How much is kept of what nobody can make sense of, in characters."""
MOST_TRIES = 2
"""How often a fact that breaks our code is tried before it is kept as it came."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Raw:
    """What a station sent under an id and nobody can make sense of."""

    id: str
    text: str


Message = scan.Scan | report.Report | report.Undo | Raw


@dataclass(frozen=True, slots=True)
class Sent:
    """One event of a feed: its number, the id of the one before it, and what it says."""

    seq: int
    prev: str
    message: Message
    text: str
    """The same as it came, in case that our code breaks on it."""

    @property
    def id(self) -> str:
        """Return the event's own id."""
        return self.message.id


@dataclass(frozen=True, slots=True)
class Taken:
    """How far the server is now, the answers to what it has, and which of them are new."""

    cursor: Cursor
    answers: tuple[Answer, ...]
    fresh: tuple[Answer, ...]


class _Broken(RuntimeError):
    """Our code broke on one event; nothing of its batch was kept."""

    def __init__(self, event: Sent) -> None:
        super().__init__(event.id)
        self.id = event.id


def cursor(plant: Plant, station: StationName, epoch: str) -> Cursor:
    """Return how far the server has come in an epoch of a station."""
    return plant.store.read(lambda books: books.cursor(station, epoch))


def take(plant: Plant, station: StationName, epoch: str, events: Sequence[Sent]) -> Taken:
    """Take what follows without a gap; the cursor says how far that was.

    An error means that nothing was taken, and that the same may be sent again.
    """
    broken: Counter[str] = Counter()
    while True:
        given_up = [_raw(event) if broken[event.id] >= MOST_TRIES else event for event in events]
        try:
            return plant.change(lambda books: _take(plant, books, station, epoch, given_up))  # noqa: B023 - it runs before the loop goes on.
        except _Broken as bug:
            if broken[bug.id] >= MOST_TRIES:
                raise  # Not even what came can be kept: the fault lies with us, not with it.
            logger.exception("station event failed station=%s id=%s", station, bug.id)
            broken[bug.id] += 1


def _raw(event: Sent) -> Sent:
    return replace(event, message=Raw(event.id, event.text))


def _take(
    plant: Plant, books: Books, station: StationName, epoch: str, events: Sequence[Sent]
) -> Taken:
    at = books.cursor(station, epoch)
    told: list[Answer] = []
    fresh: list[Answer] = []
    for event in events:
        where = standing(at, event.seq, event.prev)
        if where is Standing.APART:
            break
        stored = books.answered(event.id)
        if stored is not None:
            told.append(answers.decode(stored))
        elif where is Standing.NEXT:
            fresh.append(_answer(plant, books, station, event))
            told.append(fresh[-1])
        if where is Standing.NEXT:
            at = Cursor(event.seq, event.id)
    books.keep_cursor(station, epoch, at, plant.now())
    return Taken(at, tuple(told), tuple(fresh))


def _answer(plant: Plant, books: Books, station: StationName, event: Sent) -> Answer:
    message = event.message
    here = replace(plant, store=_OneUnit(books))
    try:
        match message:
            case scan.Scan():
                return scan.scan(here, station, message)
            case report.Report():
                return report.report(here, station, message)
            case report.Undo():
                return report.undo(here, station, message)
            case Raw():
                return _keep_raw(plant, books, station, message)
    except StoreAway:
        raise
    except Exception as bug:  # A bug that one scan finds must not hold up all that come after it.
        raise _Broken(event) from bug


def _keep_raw(plant: Plant, books: Books, station: StationName, raw: Raw) -> Answer:
    text = raw.text[:LONGEST_RAW]
    event = ScanRefused(text, UNDECODABLE, flags=(UNDECODABLE,))
    books.record(event, Actor(station=station), plant.now(), raw.id)
    answer = answers.refused(raw.id, Undecodable(), "", None)
    books.answer(raw.id, answers.encode(answer))
    return answer


class _OneUnit:
    """A store that does every unit of work within one that is open: all of them, one commit."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def read(self, work: Callable[[Inquiries], T]) -> T:
        """Return what `work` finds out."""
        return work(self._books)

    def write(self, work: Callable[[Books], T]) -> tuple[T, Change]:
        """Do a unit of work; the one around it will say what has changed."""
        return work(self._books), Change(self._books.revision(), (), ())

    def answers(self) -> bool:
        """Tell that the store answers: a unit of work is open."""
        return True

    def is_ready(self) -> bool:
        """Tell that the store is ready: a unit of work is open."""
        return True
