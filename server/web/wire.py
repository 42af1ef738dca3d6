"""Dispatch lists as screens are told them; the shapes are those of docs/protocol.md."""

from dataclasses import fields
from typing import Any

from server.domain.names import OperationId
from server.domain.rows import ListDelta, Placement, Row

_ROW_FIELDS = tuple(field.name for field in fields(Row) if field.name != "operation")


def row(told: Row) -> dict[str, Any]:
    """Return a row of a dispatch list."""
    plain = {name: getattr(told, name) for name in _ROW_FIELDS}
    return {"operation": str(told.operation), **plain}


def delta(told: ListDelta) -> dict[str, Any]:
    """Return a change of a dispatch list."""
    return {
        "work_center": told.work_center,
        "version": told.version,
        "feed": told.feed,
        "rows": [row(one) for one in told.rows],
        "gone": operations(told.gone),
        "order": None if told.order is None else operations(told.order),
        "moved": operations(told.moved),
        "placed": placement(told.placed),
    }


def operations(ids: tuple[OperationId, ...]) -> list[str]:
    """Return operations as they are written."""
    return [str(one) for one in ids]


def placement(placed: Placement | None) -> dict[str, Any] | None:
    """Return who gave an operation its place."""
    return None if placed is None else {"by": placed.by, "at": placed.at, "rule": placed.rule}
