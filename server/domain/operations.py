"""Operations: one step of a work order at one work center, and what may become of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from server.domain.names import BadgeNumber, OperationId, OrderNumber, WorkCenterName


class OperationState(StrEnum):
    """What an operation is doing (names of ISA-95 / OPC 10031-4)."""

    WAITING = "waiting"
    READY = "ready"
    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"


OPEN = frozenset(OperationState) - {OperationState.COMPLETED}
"""States of an operation that still has work in it."""
STARTABLE = frozenset({OperationState.READY, OperationState.SUSPENDED})
"""States from which a scan starts an operation."""


@dataclass(frozen=True, slots=True)
class Quantities:
    """Pieces reported on an operation."""

    good: int = 0
    scrap: int = 0
    rework: int = 0

    @property
    def total(self) -> int:
        """Return all pieces that have been accounted for."""
        return self.good + self.scrap + self.rework

    def __add__(self, other: "Quantities") -> "Quantities":
        """Return the sum, kind by kind."""
        return Quantities(
            self.good + other.good, self.scrap + other.scrap, self.rework + other.rework
        )

    def __sub__(self, other: "Quantities") -> "Quantities":
        """Return the difference, kind by kind."""
        return Quantities(
            self.good - other.good, self.scrap - other.scrap, self.rework - other.rework
        )


@dataclass(frozen=True, slots=True)
class RoutingStep:
    """One step as it is planned: where, and how long by standard."""

    number: int
    work_center: WorkCenterName
    description: str = ""
    alternates: tuple[WorkCenterName, ...] = ()
    setup_minutes: float = 0.0
    run_minutes: float = 0.0
    """Minutes for one piece."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a work order, as planned and as it stands."""

    order: OrderNumber
    step: RoutingStep
    state: OperationState = OperationState.WAITING
    arrived: int = 0
    """Good pieces the previous operation has reported; the order's quantity for the first one."""
    done: Quantities = Quantities()
    crew: tuple[BadgeNumber, ...] = ()
    started_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def id(self) -> OperationId:
        """Return what identifies the operation."""
        return OperationId(self.order, self.step.number)

    @property
    def number(self) -> int:
        """Return the operation sequence number."""
        return self.step.number

    @property
    def work_center(self) -> WorkCenterName:
        """Return where the operation is to be made."""
        return self.step.work_center

    @property
    def is_open(self) -> bool:
        """Tell whether there is still work in it."""
        return self.state in OPEN

    @property
    def is_running(self) -> bool:
        """Tell whether somebody works on it now."""
        return self.state is OperationState.RUNNING

    @property
    def was_touched(self) -> bool:
        """Tell whether the floor has reported anything about it."""
        return self.started_at is not None or self.done.total > 0

    @property
    def remaining(self) -> int:
        """Return the pieces that have arrived and are not yet reported, never below zero."""
        return max(0, self.arrived - self.done.total)

    def minutes(self, pieces: int) -> float:
        """Return the standard minutes for some pieces; setup counts until the first start."""
        setup = 0.0 if self.started_at else self.step.setup_minutes
        return setup + self.step.run_minutes * pieces

    def with_arrived(self, pieces: int) -> "Operation":
        """Return the operation after the previous one has reported so many good pieces in all."""
        state = self.state
        if state is OperationState.WAITING and pieces > self.done.total:
            state = OperationState.READY
        elif state is OperationState.READY and pieces <= self.done.total:
            state = OperationState.WAITING
        if pieces == self.arrived and state is self.state:
            return self
        return replace(self, arrived=pieces, state=state)

    def moved_to(self, work_center: WorkCenterName) -> "Operation":
        """Return the operation at another work center; the old one becomes an alternate."""
        if work_center == self.work_center:
            return self
        others = tuple(w for w in self.step.alternates if w != work_center)
        step = replace(self.step, work_center=work_center, alternates=(*others, self.work_center))
        return replace(self, step=step)
