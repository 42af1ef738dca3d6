"""Resequence: the order of a dispatch list, by hand, by rule, and back again.

Two dispatchers may move at once: a move names the version of the list it was made on, and the
second one is told what changed. The flow chart is in docs/algorithms/resequence.md: change both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain import sequence
from server.domain.errors import ListChanged, NothingToUndo
from server.domain.events import ListResequenced
from server.domain.names import OperationId, WorkCenterName
from server.domain.operations import OperationState
from server.domain.plant import Account
from server.domain.sequence import Order, Rule
from server.services.ports import Books, Inquiries, Plant
from server.services.rights import Right, require

HAND, UNDO = "hand", "undo"
"""What a resequence is called that no dispatch rule made."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new order of a list, to be accepted or dropped."""

    version: int
    rule: Rule
    before: Order
    after: Order
    moved: Order


@dataclass(frozen=True, slots=True)
class _Sequence:
    """A dispatch list as far as its order goes: what stands where, and what may not move."""

    version: int
    order: Order
    still: frozenset[OperationId]


def move(
    plant: Plant,
    by: Account,
    work_center: WorkCenterName,
    version: int,
    place: tuple[OperationId, OperationId | None],
) -> int:
    """Move an operation to just before another (None: to the end); return the list's version."""
    operation, before = place

    def wanted(_: Books, listed: _Sequence) -> Order:
        return sequence.move(listed.order, listed.still, operation, before)

    return _resequence(plant, by, work_center, (version, HAND), wanted)


def propose(plant: Plant, by: Account, work_center: WorkCenterName, rule: Rule) -> Proposal:
    """Return the order a dispatch rule would give the list; nothing changes."""
    require(by, Right.SEQUENCE)
    now = plant.now()

    def work(books: Inquiries) -> Proposal:
        listed = _listed(books, work_center)
        lines = books.lines(work_center, plant.rules.due_at)
        ruled = sequence.by_rule(rule, lines, now)
        after = sequence.arrange(listed.order, listed.still, ruled)
        moved = sequence.moved(listed.order, after)
        return Proposal(listed.version, rule, listed.order, after, moved)

    return plant.store.read(work)


def accept(
    plant: Plant,
    by: Account,
    work_center: WorkCenterName,
    version: int,
    proposed: tuple[Rule, Sequence[OperationId]],
) -> int:
    """Give the list the order of a proposal; return its version."""
    rule, order = proposed

    def wanted(_: Books, listed: _Sequence) -> Order:
        return sequence.arrange(listed.order, listed.still, order)

    return _resequence(plant, by, work_center, (version, rule), wanted)


def undo(plant: Plant, by: Account, work_center: WorkCenterName, version: int) -> int:
    """Take the last resequence of a list back; return its version."""

    def wanted(books: Books, listed: _Sequence) -> Order:
        last = books.last_resequence(work_center)
        if last is None or not isinstance(last.event, ListResequenced) or last.event.rule == UNDO:
            raise NothingToUndo(work_center)
        return sequence.arrange(listed.order, listed.still, last.event.before)

    return _resequence(plant, by, work_center, (version, UNDO), wanted)


def _resequence(
    plant: Plant,
    by: Account,
    work_center: WorkCenterName,
    made_on: tuple[int, str],
    wanted: Callable[[Books, _Sequence], Order],
) -> int:
    """Give a list the order wanted, if it still has the version the wish was made on."""
    actor = require(by, Right.SEQUENCE)
    version, rule = made_on

    def work(books: Books) -> int:
        listed = _listed(books, work_center)
        if listed.version != version:
            raise ListChanged(listed.version, _changes(books, work_center, version))
        after = wanted(books, listed)
        moved = sequence.moved(listed.order, after)
        if not moved:
            return version
        event = ListResequenced(work_center, rule, listed.order, after, moved, version)
        books.record(event, actor, plant.now())
        return version + 1

    return plant.change(work)


def _listed(books: Inquiries, work_center: WorkCenterName) -> _Sequence:
    frozen = books.work_center(work_center).frozen
    listed = books.dispatch_list(work_center)
    running = [row.operation for row in listed.rows if row.state is OperationState.RUNNING]
    waiting = [row.operation for row in listed.rows if row.state is not OperationState.RUNNING]
    order = tuple(row.operation for row in listed.rows)
    return _Sequence(listed.version, order, frozenset([*running, *waiting[:frozen]]))


def _changes(books: Inquiries, work_center: WorkCenterName, version: int) -> list[dict[str, Any]]:
    """Return who changed a list since a version, and what, for the one who was second."""
    resequences = books.resequences_since(work_center, version)
    return [
        {
            "by": entry.actor.name,
            "at": entry.at.isoformat(),
            "rule": entry.event.rule,
            "moved": [str(operation) for operation in entry.event.moved],
        }
        for entry in resequences
        if isinstance(entry.event, ListResequenced)
    ]
