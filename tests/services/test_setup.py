"""Setting up: work centers and operators, with names that fit into codes."""

from dataclasses import replace

import pytest

from server.domain.errors import Invalid
from server.domain.names import BadgeNumber, WorkCenterName
from server.domain.plant import Operator, WorkCenter
from server.services import inquire, setup
from server.services.ports import Plant
from tests.workshop import ADMINISTRATOR, ANNA, DISPATCHER

PAINT = WorkCenter(WorkCenterName("PAINT"), "Paint shop", "Finishing", frozen=2)


def test_a_work_center_is_set_up_and_changed(plant: Plant) -> None:
    setup.keep_work_center(plant, ADMINISTRATOR, PAINT)
    setup.keep_work_center(plant, ADMINISTRATOR, replace(PAINT, frozen=0))

    assert plant.store.read(lambda books: books.work_center(PAINT.name)).frozen == 0


def test_everything_wrong_with_a_work_center_is_told_at_once(plant: Plant) -> None:
    with pytest.raises(Invalid) as refused:
        setup.keep_work_center(plant, ADMINISTRATOR, WorkCenter(WorkCenterName("a b"), frozen=21))

    assert refused.value.details["errors"] == [
        {"field": "name", "value": "a b", "expected": "station-name"},
        {"field": "frozen", "value": "21", "expected": "between:0-20"},
    ]


def test_an_operator_is_set_up_and_leaves(plant: Plant) -> None:
    setup.keep_operator(plant, ADMINISTRATOR, Operator(BadgeNumber("4103"), "Cem"))
    setup.keep_operator(plant, ADMINISTRATOR, Operator(ANNA, "Anna", active=False))

    assert {o.name: o.active for o in inquire.operators(plant, DISPATCHER)} == {
        "Anna": False,
        "Ben": True,
        "Cem": True,
    }


@pytest.mark.parametrize(
    "operator",
    [
        Operator(BadgeNumber("12"), "Cem"),
        Operator(BadgeNumber("123456789"), "Cem"),
        Operator(BadgeNumber("٤١٠٣"), "Cem"),
        Operator(BadgeNumber("4103"), "  "),
    ],
)
def test_an_operator_has_a_badge_and_a_name(plant: Plant, operator: Operator) -> None:
    with pytest.raises(Invalid) as refused:
        setup.keep_operator(plant, ADMINISTRATOR, operator)

    (error,) = refused.value.details["errors"]
    assert (error["field"], error["expected"]) == ("badge", "badge-and-name")
