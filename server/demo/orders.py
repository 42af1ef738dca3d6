"""Work orders of the demo plant, from a seed."""

import math
import random
from datetime import date, timedelta

from server.demo.routings import ALTERNATES, FAMILIES, Family
from server.domain.names import OrderNumber, WorkCenterName
from server.domain.operations import RoutingStep
from server.domain.orders import Plan

ORDERS = 150
FIRST_NUMBER = 100201
_HOURS_A_DAY = 12.0
"""How many standard hours of one order the demo plant gets done in a day."""


def plans(dice: random.Random, today: date) -> tuple[Plan, ...]:
    """Return the demo's work orders, in the order of their numbers: late, due today, and ahead."""
    dues = sorted(_dues(dice, today), key=lambda due: (due, dice.random()))
    # Orders were created roughly in the order of their due dates, as in any plant.
    dues = sorted(dues, key=lambda due: due + timedelta(days=dice.randint(-4, 4)))
    return tuple(_plan(dice, FIRST_NUMBER + at, due) for at, due in enumerate(dues))


def _dues(dice: random.Random, today: date) -> list[date]:
    late = [today - timedelta(days=dice.randint(1, 6)) for _ in range(14)]
    now = [today] * 10
    ahead = [_workday(today + timedelta(days=dice.randint(1, 18))) for _ in range(ORDERS - 24)]
    return [*late, *now, *ahead]


def _workday(day: date) -> date:
    """Return the day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.isoweekday() > 5 else 0)  # noqa: PLR2004


def _plan(dice: random.Random, number: int, due: date) -> Plan:
    family = dice.choice(FAMILIES)
    quantity = dice.choice((4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 60))
    if family.prefix in {"FR", "HS", "SP"}:
        quantity = dice.choice((1, 2, 4, 6, 8))
    routing = _routing(dice, family)
    hours = sum(s.setup_minutes + s.run_minutes * quantity for s in routing) / 60
    lead = math.ceil(hours / _HOURS_A_DAY) + len(routing)
    size = dice.choice(family.sizes)
    return Plan(
        number=OrderNumber(f"WO{number}"),
        part=f"{family.prefix}-{size}-{dice.randint(1, 4)}0",
        revision="" if dice.random() < 0.04 else dice.choice("ABCD"),  # noqa: PLR2004
        description=f"{family.name} {size}",
        quantity=quantity,
        due=due,
        planned_release=due - timedelta(days=lead),
        priority=dice.choices((3, 5, 7), weights=(1, 6, 1))[0],
        hot=dice.random() < 0.09,  # noqa: PLR2004
        routing=routing,
    )


def _routing(dice: random.Random, family: Family) -> tuple[RoutingStep, ...]:
    pace = dice.uniform(0.8, 1.3)
    return tuple(
        RoutingStep(
            number=10 * at,
            work_center=WorkCenterName(work_center),
            description=description,
            alternates=tuple(WorkCenterName(name) for name in ALTERNATES.get(work_center, ())),
            setup_minutes=float(setup),
            run_minutes=round(run * pace, 2),
        )
        for at, (work_center, description, setup, run) in enumerate(family.steps, start=1)
    )
