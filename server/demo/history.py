"""What has happened at the demo plant before the visitor comes in: releases, starts, reports."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush

from server.demo.people import OPERATORS
from server.domain.names import BadgeNumber, OperationId, WorkCenterName
from server.domain.orders import Plan

FORGOTTEN = 7
"""How many orders nobody has released in time: they head the release list."""
FORGOTTEN_DAYS = 5
RELEASED_AHEAD = timedelta(days=4)
"""How much earlier than planned the demo's dispatcher releases."""
OPENS, CLOSES = 6, 22
"""The hours between which the demo plant works."""
LONGEST_AGO = timedelta(days=12)
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """Something the floor or the desk did: `release`, `start` or `finish`."""

    at: datetime
    verb: str
    operation: OperationId
    badge: BadgeNumber | None = None


@dataclass(frozen=True, slots=True, order=True)
class _Arrival:
    """Parts that come to the work center of their next operation."""

    at: datetime
    number: str
    step: int


@dataclass(slots=True)
class _Shop:
    """A plant that works on what has arrived, first come, first served."""

    dice: random.Random
    now: datetime
    plans: dict[str, Plan]
    free_at: dict[WorkCenterName, datetime] = field(default_factory=dict)
    arrivals: list[_Arrival] = field(default_factory=list)
    story: list[Happening] = field(default_factory=list)

    def run(self) -> None:
        """Work until now."""
        while self.arrivals:
            self._work(heappop(self.arrivals))

    def _work(self, arrival: _Arrival) -> None:
        plan = self.plans[arrival.number]
        step = plan.routing[arrival.step]
        begin = _open(max(arrival.at, self.free_at.get(step.work_center, arrival.at)))
        if begin >= self.now:
            return
        standard = step.setup_minutes + step.run_minutes * plan.quantity
        end = begin + timedelta(minutes=standard * self.dice.uniform(0.9, 1.6))
        self.free_at[step.work_center] = end
        operation = OperationId(plan.number, step.number)
        badge = self.dice.choice(OPERATORS).badge
        self.story.append(Happening(begin, "start", operation, badge))
        if end >= self.now:
            return
        self.story.append(Happening(end, "finish", operation, badge))
        if arrival.step + 1 < len(plan.routing):
            moved = end + timedelta(minutes=self.dice.randint(20, 240))
            heappush(self.arrivals, _Arrival(moved, plan.number, arrival.step + 1))


def happenings(dice: random.Random, plans: Sequence[Plan], now: datetime) -> list[Happening]:
    """Return what happened to the released orders, oldest first."""
    wanted = _released(dice, plans, now)
    shop = _Shop(dice, now, {plan.number: plan for plan in plans})
    for plan in wanted:
        planned = datetime.combine(plan.planned_release, now.timetz())
        released = planned + timedelta(hours=dice.randint(-20, 30))
        if plan.due <= now.date():
            # What is late, or hardly in time, is what came late to the floor.
            released = now - ONE_HOUR * dice.randint(10, 50)
        released = _open(max(released, now - LONGEST_AGO))
        released = min(released, now - ONE_HOUR * dice.randint(1, 12))
        shop.story.append(Happening(released, "release", OperationId(plan.number, 0)))
        heappush(shop.arrivals, _Arrival(released, plan.number, 0))
    shop.run()
    return sorted(shop.story)


def _released(dice: random.Random, plans: Sequence[Plan], now: datetime) -> list[Plan]:
    """Return the orders that have been released, in the order they were planned to be."""
    horizon = (now + RELEASED_AHEAD).date()
    recent = (now - timedelta(days=FORGOTTEN_DAYS)).date()
    good = [plan for plan in plans if plan.revision and plan.planned_release <= horizon]
    late = [plan for plan in good if recent <= plan.planned_release <= now.date()]
    forgotten = dice.sample(late, min(FORGOTTEN, len(late)))
    wanted = [plan for plan in good if plan not in forgotten]
    return sorted(wanted, key=lambda plan: (plan.planned_release, plan.number))


def _open(moment: datetime) -> datetime:
    """Return the moment, or the next opening of the plant."""
    if OPENS <= moment.hour < CLOSES:
        return moment
    opening = moment.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return opening if moment.hour < OPENS else opening + timedelta(days=1)
