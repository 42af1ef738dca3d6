"""Setting the plant up: its work centers and its operators."""

import re

from server.domain.errors import Invalid
from server.domain.events import OperatorKept, WorkCenterKept
from server.domain.plant import Account, Operator, WorkCenter
from server.domain.symbols import BADGE_NUMBER, NAME
from server.services.ports import Books, Plant
from server.services.rights import Right, require

MOST_FROZEN = 20


def keep_work_center(plant: Plant, by: Account, work_center: WorkCenter) -> None:
    """Set up or change a work center."""
    actor = require(by, Right.STATIONS)
    errors = []
    if not re.fullmatch(NAME, work_center.name):
        errors.append({"field": "name", "value": work_center.name, "expected": "station-name"})
    if not 0 <= work_center.frozen <= MOST_FROZEN:
        expected = f"between:0-{MOST_FROZEN}"
        errors.append({"field": "frozen", "value": str(work_center.frozen), "expected": expected})
    if errors:
        raise Invalid(errors)

    def work(books: Books) -> None:
        books.record(WorkCenterKept(work_center), actor, plant.now())

    plant.change(work)


def keep_operator(plant: Plant, by: Account, operator: Operator) -> None:
    """Set up or change an operator and the badge."""
    actor = require(by, Right.STATIONS)
    if not re.fullmatch(BADGE_NUMBER, operator.badge) or not operator.name.strip():
        raise Invalid([{"field": "badge", "value": operator.badge, "expected": "badge-and-name"}])

    def work(books: Books) -> None:
        books.record(OperatorKept(operator), actor, plant.now())

    plant.change(work)
