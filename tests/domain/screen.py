"""A dispatch list as a screen keeps it: the words of docs/protocol.md in the fewest lines."""

from dataclasses import replace
from typing import Self

from server.domain.names import OperationId
from server.domain.rows import DispatchList, ListDelta, Row


class Gap(Exception):
    """A delta is missing: a real screen would ask for a snapshot."""


class Screen:
    """A snapshot, and what the deltas since have made of it."""

    def __init__(self, snapshot: DispatchList) -> None:
        self.work_center = snapshot.work_center
        self.version, self.feed = snapshot.version, snapshot.feed
        self.rows = {row.operation: row for row in snapshot.rows}

    def apply(self, delta: ListDelta) -> Self:
        """Bring the list to what the delta says."""
        if delta.feed != self.feed + 1:
            raise Gap
        self.version, self.feed = delta.version, delta.feed
        for operation in delta.gone:
            self.rows.pop(operation, None)
        for row in delta.rows:
            self.rows[row.operation] = self._merged(row)
        if delta.order is not None:
            self._arrange(delta, delta.order)
        return self

    def _merged(self, row: Row) -> Row:
        old = self.rows.get(row.operation)
        if old is None:
            return row
        return replace(row, rank=row.rank or old.rank, placed=row.placed or old.placed)

    def _arrange(self, delta: ListDelta, order: tuple[OperationId, ...]) -> None:
        for rank, operation in enumerate(order, start=1):
            if operation in self.rows:
                self.rows[operation] = replace(self.rows[operation], rank=rank)
        for operation in delta.moved:
            if operation in self.rows:
                self.rows[operation] = replace(self.rows[operation], placed=delta.placed)

    def shown(self) -> DispatchList:
        """Return the list as the screen shows it."""
        rows = sorted(self.rows.values(), key=lambda row: (row.rank or 0, row.operation))
        return DispatchList(self.work_center, self.version, self.feed, tuple(rows))
