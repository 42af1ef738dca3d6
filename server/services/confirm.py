"""Confirmations: whatever a station reports is judged, recorded once, and answered.

A scan or touch is a fact either way: taken, or refused with its reason. It carries the sender's
own id; a repeat of the same id gets the stored answer and changes nothing. The flow chart is in
docs/algorithms/scan.md: change both.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from server.domain.errors import Refusal, UnknownBadge
from server.domain.events import Event, ScanRefused
from server.domain.names import BadgeNumber, OperationId, Serial, StationName
from server.domain.plant import Actor, Station
from server.services import answers
from server.services.answers import Answer, SignedIn, Verdict
from server.services.ports import Books, Plant, Rules


@dataclass(frozen=True, slots=True)
class Named:
    """What a scan or touch names, known even when it is refused."""

    number: str
    """What the operator is shown."""
    text: str
    """What arrived."""
    operation: OperationId | None = None
    sheet: Serial | None = None
    flags: tuple[str, ...] = ()
    operator: str | None = None
    """The badge that was read for it, as the device kept it; "" for none, None to see who is in."""

    def operates(self, operation: OperationId) -> "Named":
        """Return the same, knowing which operation is meant."""
        number = f"{operation.order} / {operation.number:03d}"
        return replace(self, number=number, operation=operation)


@dataclass(slots=True)
class Touch:
    """One confirmation in the making: the books it goes into, who sends it, and when."""

    id: str
    books: Books
    rules: Rules
    station: Station
    at: datetime
    named: Named
    """What it names, filled in as it becomes known, so that a refusal can say it too."""

    @property
    def operator(self) -> SignedIn | None:
        """Return who is signed in for this action, if badge and badge scan still hold."""
        if self.named.operator is not None:
            return self._valid(BadgeNumber(self.named.operator), self.at)
        station = self.station
        if station.badge is None or station.badge_at is None:
            return None
        return self._valid(station.badge, station.badge_at)

    def _valid(self, badge: BadgeNumber, read_at: datetime) -> SignedIn | None:
        until = read_at + self.rules.badge_time
        if self.at > until:
            return None
        try:
            return SignedIn(badge, self.books.operator(badge).name, until)
        except UnknownBadge:
            return None

    def name_of(self, badge: BadgeNumber) -> str:
        """Return an operator's name, also of one whose badge is valid no more."""
        try:
            return self.books.operator(badge).name
        except UnknownBadge:
            names = {operator.badge: operator.name for operator in self.books.operators()}
            return names.get(badge, badge)

    @property
    def undo_until(self) -> datetime:
        """Return until when the report may be taken back."""
        return self.at + self.rules.undo_time

    def accepted(
        self, code: str, details: dict[str, Any] | None = None, flags: tuple[str, ...] = ()
    ) -> Answer:
        """Return the answer to what was taken; flags make it one to look at."""
        verdict = Verdict.LOOK if flags else Verdict.OK
        return Answer(self.id, verdict, code, self.named.number, details or {}, flags)

    def reversible(
        self, code: str, details: dict[str, Any] | None = None, flags: tuple[str, ...] = ()
    ) -> Answer:
        """Return the answer to a report that may be taken back for some seconds."""
        return replace(self.accepted(code, details, flags), undo_until=self.undo_until)

    def record(self, event: Event) -> None:
        """Write the fact into the journal under the sender's id."""
        badge: BadgeNumber | None = getattr(event, "badge", None)
        operator = None if badge else self.operator
        actor = Actor(station=self.station.name, badge=operator.badge if operator else badge)
        self.books.record(event, actor, self.at, self.id)


def confirm(
    plant: Plant,
    station: StationName,
    confirmation_id: str,
    named: Named,
    act: Callable[[Touch], Answer],
) -> Answer:
    """Return the answer to a confirmation, doing it unless it has been done before."""

    def work(books: Books) -> Answer:
        stored = books.answered(confirmation_id)
        if stored is not None:
            return answers.decode(stored)
        here = books.station(station)
        touch = Touch(confirmation_id, books, plant.rules, here, plant.now(), named)
        answer = _judged(touch, act)
        books.answer(confirmation_id, answers.encode(answer))
        return answer

    return plant.change(work)


def _judged(touch: Touch, act: Callable[[Touch], Answer]) -> Answer:
    try:
        return act(touch)
    except Refusal as refusal:
        named = touch.named
        touch.record(
            ScanRefused(
                named.text, refusal.code, named.operation, named.sheet, details=refusal.details
            )
        )
        return answers.refused(touch.id, refusal, named.number, touch.operator)
