"""Dispatch lists within a unit of work: places, and what the screens will be told."""

from collections.abc import Sequence

from sqlalchemy import bindparam, case, literal_column, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from server.domain.floor import Place
from server.domain.names import OperationId, OrderNumber, WorkCenterName
from server.domain.rows import ListChanges, ListDelta, Placement
from server.store.lists import ListsAsked
from server.store.schema import dispatch_list, operation
from server.store.session import Clause, Session, Statement, Values

RANKS = Statement(
    select(operation.c.order_number, operation.c.number, operation.c.rank).where(
        text("operation.enlisted"), operation.c.list == bindparam("work_center")
    )
)
_ONE = (
    update(operation)
    .where(operation.c.order_number == bindparam("of_order"))
    .where(operation.c.number == bindparam("of_number"))
)
MOVE = Statement(_ONE.values(list=bindparam("list"), rank=bindparam("rank")))
PLACE = Statement(
    _ONE.values(
        placed_by=bindparam("placed_by"),
        placed_at=bindparam("placed_at"),
        placed_rule=bindparam("placed_rule"),
    )
)
END = Statement(
    select(dispatch_list.c.last_rank).where(dispatch_list.c.work_center == bindparam("work_center"))
)


def _bump(insert: sqlite.Insert | postgresql.Insert) -> Clause:
    new, old = insert.excluded, dispatch_list.c
    return insert.on_conflict_do_update(
        index_elements=["work_center"],
        set_={
            "version": old.version + new.version,
            "feed": old.feed + literal_column("1"),
            "last_rank": case((new.last_rank > old.last_rank, new.last_rank), else_=old.last_rank),
        },
    ).returning(old.version, old.feed)


BUMP = Statement(
    {
        "sqlite": _bump(sqlite.insert(dispatch_list)),
        "postgresql": _bump(postgresql.insert(dispatch_list)),
    }
)


class ListsKept(ListsAsked):
    """The places of operations on their lists, and the changes a unit of work makes to them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._changes = ListChanges()
        self._places: dict[OperationId, Place] = {}
        self._ends: dict[WorkCenterName, int] = {}
        self._rearranged: set[OrderNumber] = set()
        """Orders of which operations have other places now than whoever knew them thinks."""

    def arrange(
        self,
        work_center: WorkCenterName,
        operations: Sequence[OperationId],
        moved: Sequence[OperationId],
        placed: Placement,
    ) -> None:
        """Give a dispatch list a new order, and the moved operations their placement."""
        self._changes.arranged(work_center, operations, moved, placed)
        self._rank(work_center, operations)
        stamp: Values = {"placed_by": placed.by, "placed_at": placed.at, "placed_rule": placed.rule}
        self._session.run_each(PLACE, [{**_key(one), **stamp} for one in moved])
        for one in moved:
            self._rearranged.add(one.order)
            if place := self._places.get(one):
                self._places[one] = Place(place.work_center, place.rank, placed)

    def _rank(self, work_center: WorkCenterName, operations: Sequence[OperationId]) -> None:
        ranks = {
            OperationId(order, number): rank
            for order, number, rank in self._session.all(RANKS, work_center=work_center)
        }
        new = [(one, rank) for rank, one in enumerate(operations, 1) if ranks.get(one) != rank]
        self._session.run_each(
            MOVE, [{**_key(one), "list": work_center, "rank": rank} for one, rank in new]
        )
        for one, rank in new:
            self._rearranged.add(one.order)
            if place := self._places.get(one):
                self._places[one] = Place(work_center, rank, place.placed)
        self._ends[work_center] = max(self._end(work_center), len(operations))

    def _take_place(self, one: OperationId, work_center: WorkCenterName) -> None:
        """Let an operation join a list at its end, unless that is where it last stood."""
        place = self._places.get(one)
        if place is None or place.work_center != work_center:
            end = self._ends[work_center] = self._end(work_center) + 1
            self._places[one] = Place(work_center, end)

    def _end(self, work_center: WorkCenterName) -> int:
        end = self._ends.get(work_center)
        return end if end is not None else self._session.value(END, work_center=work_center) or 0

    def _told(self) -> tuple[ListDelta, ...]:
        """Return what the screens are told, each list under its next version and feed."""
        for change in self._changes.lists.values():
            for one in change.joined:
                self._changes.ranked(one, self._places[one].rank, self._places[one].placed)
        deltas = []
        for work_center, change in self._changes.lists.items():
            bumped = self._session.first(
                BUMP,
                work_center=work_center,
                version=int(change.moves_version),
                feed=1,
                last_rank=self._ends.get(work_center, 0),
            )
            deltas.append(change.delta(work_center, *bumped or (0, 0)))
        return tuple(deltas)


def _key(one: OperationId) -> Values:
    return {"of_order": one.order, "of_number": one.number}
