"""Release checks: what must hold before a work order goes to the floor."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from server.domain.names import WorkCenterName
from server.domain.orders import WorkOrder
from server.domain.paper import LAST_LINE


@dataclass(frozen=True, slots=True)
class Check:
    """One release check and its outcome; a failed one says why in `code` and `details`."""

    name: str
    passed: bool
    code: str = ""
    details: dict[str, Any] = field(default_factory=dict)


CHECKS = {
    "routing": "The order has operations, and not more than one traveler can carry.",
    "work-centers": "Every operation has a work center that the plant knows.",
    "standards": "Every operation has a run standard.",
    "drawing-revision": "The drawing revision is known.",
    "lead-time": "The standard hours fit between now and the due date.",
    "hold": "Nobody holds the order.",
}
"""Every release check and what it asks for."""


def release_checks(
    order: WorkOrder, work_centers: Collection[WorkCenterName], now: datetime, due_at: datetime
) -> tuple[Check, ...]:
    """Return the outcome of every release check; `due_at` is the end of the due date."""
    return (
        _routing(order),
        _work_centers(order, work_centers),
        _standards(order),
        _drawing_revision(order),
        _lead_time(order, now, due_at),
        Check("hold", order.hold is None, "held", {"why": order.hold or ""}),
    )


def failed(checks: tuple[Check, ...]) -> tuple[str, ...]:
    """Return the names of the checks that failed."""
    return tuple(check.name for check in checks if not check.passed)


def _routing(order: WorkOrder) -> Check:
    count = len(order.operations)
    code = "no-operations" if count == 0 else "too-many-operations"
    details = {"count": count, "most": LAST_LINE}
    return Check("routing", 0 < count <= LAST_LINE, code, details)


def _work_centers(order: WorkOrder, known: Collection[WorkCenterName]) -> Check:
    missing = sorted({o.work_center for o in order.operations} - set(known))
    return Check("work-centers", not missing, "unknown-work-centers", {"names": missing})


def _standards(order: WorkOrder) -> Check:
    bare = [f"{o.number:03d}" for o in order.operations if o.step.run_minutes <= 0]
    return Check("standards", not bare, "no-standard", {"operations": bare})


def _drawing_revision(order: WorkOrder) -> Check:
    return Check("drawing-revision", bool(order.plan.revision), "no-revision")


def _lead_time(order: WorkOrder, now: datetime, due_at: datetime) -> Check:
    needed = timedelta(minutes=sum(o.minutes(order.plan.quantity) for o in order.operations))
    left = max(due_at - now, timedelta())
    details = {"needed_hours": round(needed / timedelta(hours=1), 1), "due": str(order.plan.due)}
    return Check("lead-time", needed <= left, "too-late", details)
