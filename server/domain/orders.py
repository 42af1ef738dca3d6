"""Work orders: the authority to make a quantity of one part by a due date."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from server.domain.errors import UnknownOperation
from server.domain.names import OperationId, OrderNumber, WorkCenterName
from server.domain.operations import Operation, RoutingStep


class OrderState(StrEnum):
    """Where a work order is in its life; a hold lies over any of these."""

    PLANNED = "planned"
    RELEASED = "released"
    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


ON_THE_FLOOR = frozenset({OrderState.RELEASED, OrderState.RUNNING})
"""States in which the floor may work on an order."""
NEVER_RELEASED = frozenset({OrderState.PLANNED, OrderState.CANCELLED})
"""States of an order of which nothing has arrived anywhere."""

HIGHEST_PRIORITY, USUAL_PRIORITY, LOWEST_PRIORITY = 1, 5, 9


@dataclass(frozen=True, slots=True)
class Plan:
    """What planning says of a work order: everything an import may bring and change."""

    number: OrderNumber
    part: str
    revision: str
    description: str
    quantity: int
    due: date
    planned_release: date
    priority: int = USUAL_PRIORITY
    """1 is the most important, 9 the least."""
    hot: bool = False
    routing: tuple[RoutingStep, ...] = ()

    def step(self, number: int) -> RoutingStep | None:
        """Return the step with that operation number, if the routing has it."""
        return next((step for step in self.routing if step.number == number), None)


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A work order with its operations, as planned and as it stands."""

    plan: Plan
    state: OrderState = OrderState.PLANNED
    hold: str | None = None
    """Why the order is held, if it is."""
    released_at: datetime | None = None
    operations: tuple[Operation, ...] = ()

    @property
    def number(self) -> OrderNumber:
        """Return the order's number."""
        return self.plan.number

    @property
    def is_on_the_floor(self) -> bool:
        """Tell whether the floor may work on it."""
        return self.state in ON_THE_FLOOR

    def operation(self, number: int) -> Operation:
        """Return one operation; raise UnknownOperation when the order has none of that number."""
        for operation in self.operations:
            if operation.number == number:
                return operation
        raise UnknownOperation(OperationId(self.number, number))

    def after(self, number: int) -> tuple[Operation, ...]:
        """Return the operations that come later than this number, in order."""
        return tuple(o for o in self.operations if o.number > number)

    def before(self, number: int) -> Operation | None:
        """Return the operation just before this number, if there is one."""
        earlier = [o for o in self.operations if o.number < number]
        return earlier[-1] if earlier else None

    def next_work_center(self, number: int) -> WorkCenterName | None:
        """Return where the parts go after this operation, if anywhere."""
        later = self.after(number)
        return later[0].work_center if later else None

    def with_operation(self, number: int, change: Callable[[Operation], Operation]) -> "WorkOrder":
        """Return the order with one operation changed and all that follows from it.

        What has arrived at the next operation follows from the good pieces here, and the
        order's own state from its operations, so that no caller can forget either.
        """
        changed = tuple(change(o) if o.number == number else o for o in self.operations)
        return replace(self, operations=changed).settled()

    def settled(self) -> "WorkOrder":
        """Return the order with arrivals and its own state drawn from its operations."""
        settled: list[Operation] = []
        arrived = self.plan.quantity
        for operation in self.operations:
            # A completed order is settled too: a report that is taken back reopens it.
            waits = self.state in NEVER_RELEASED
            follower = operation if waits else operation.with_arrived(arrived)
            settled.append(follower)
            arrived = follower.done.good
        return replace(self, operations=tuple(settled), state=_state_of(self.state, settled))

    def released(self, at: datetime) -> "WorkOrder":
        """Return the order released to the floor: its first operation becomes ready."""
        return replace(self, state=OrderState.RELEASED, released_at=at).settled()

    def replanned(self, plan: Plan) -> "WorkOrder":
        """Return the order under a new plan; what the floor has reported stays."""
        known = {o.number: o for o in self.operations}
        planned = {
            step.number: _replanned(known[step.number], self.plan.step(step.number), step)
            if step.number in known
            else Operation(plan.number, step)
            for step in plan.routing
        }
        # An operation somebody has worked on is a fact: it stays although the plan dropped it.
        worked_on = {n: o for n, o in known.items() if o.was_touched}
        operations = tuple(o for _, o in sorted((worked_on | planned).items()))
        return replace(self, plan=plan, operations=operations).settled()

    @classmethod
    def planned(cls, plan: Plan) -> "WorkOrder":
        """Return the order that a plan asks for, not yet released."""
        routing = sorted(plan.routing, key=lambda step: step.number)
        return cls(plan, operations=tuple(Operation(plan.number, step) for step in routing))


def _replanned(operation: Operation, old: RoutingStep | None, new: RoutingStep) -> Operation:
    """Return an operation under its new step, at the work center where the floor has it.

    The floor may have rerouted it. Planning moves it only by naming another work center than
    before, and even then what runs or is done stays where that happened.
    """
    moves = old is None or old.work_center != new.work_center
    replanned = replace(operation, step=new)
    if moves and operation.is_open and not operation.is_running:
        return replanned
    return replanned.moved_to(operation.work_center)


def _state_of(state: OrderState, operations: list[Operation]) -> OrderState:
    if state in NEVER_RELEASED:
        return state
    if operations and not any(o.is_open for o in operations):
        return OrderState.COMPLETED
    touched = any(o.was_touched for o in operations)
    return OrderState.RUNNING if touched else OrderState.RELEASED
