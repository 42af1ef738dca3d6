"""Release checks: what must hold before an order goes to the floor."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.domain.names import WorkCenterName
from server.domain.orders import WorkOrder
from server.domain.release import CHECKS, Check, failed, release_checks
from tests.workshop import BENCH, LATHE, MILL, NOON, plan, step

PLENTY = NOON + timedelta(days=4)
EXACTLY = NOON + timedelta(minutes=150)


def checks(whole: WorkOrder, due_at: Any = PLENTY) -> dict[str, Check]:
    found = release_checks(whole, {LATHE, MILL, BENCH}, NOON, due_at)
    return {check.name: check for check in found}


def planned(**changed: Any) -> WorkOrder:
    return WorkOrder.planned(plan(**changed))


def test_every_check_is_made_once_and_explained() -> None:
    assert list(checks(planned())) == list(CHECKS)


def test_an_order_that_is_complete_passes() -> None:
    assert failed(tuple(checks(planned()).values())) == ()


@pytest.mark.parametrize(
    ("whole", "name", "code", "details"),
    [
        (planned(routing=()), "routing", "no-operations", {"count": 0, "most": 99}),
        (
            planned(routing=tuple(step(n, run_minutes=0.1) for n in range(1, 101))),
            *("routing", "too-many-operations", {"count": 100, "most": 99}),
        ),
        (
            planned(routing=(step(10, "PAINT"), step(20, "GALVANIC"), step(30, "PAINT"))),
            *("work-centers", "unknown-work-centers", {"names": ["GALVANIC", "PAINT"]}),
        ),
        (
            planned(routing=(step(10), step(20, run_minutes=0.0))),
            *("standards", "no-standard", {"operations": ["020"]}),
        ),
        (planned(revision=""), "drawing-revision", "no-revision", {}),
        (
            planned(quantity=3000),
            *("lead-time", "too-late", {"needed_hours": 451.0, "due": "2026-11-06"}),
        ),
        (replace(planned(), hold="crack"), "hold", "held", {"why": "crack"}),
    ],
)
def test_a_check_fails_alone_and_says_why(
    whole: WorkOrder, name: str, code: str, details: dict[str, Any]
) -> None:
    found = checks(whole)

    assert failed(tuple(found.values())) == (name,)
    assert (found[name].code, found[name].details) == (code, details)


def test_the_standard_hours_may_fill_the_time_to_the_last_minute() -> None:
    assert checks(planned(), EXACTLY)["lead-time"].passed
    assert not checks(planned(), EXACTLY - timedelta(minutes=1))["lead-time"].passed


def test_an_order_past_due_has_no_time_left() -> None:
    assert not checks(planned(), NOON - timedelta(days=1))["lead-time"].passed


def test_ninety_nine_operations_are_not_too_many() -> None:
    routing = tuple(step(n, run_minutes=0.1) for n in range(1, 100))

    assert checks(planned(routing=routing))["routing"].passed


def test_alternates_need_not_be_known() -> None:
    routing = (step(10, alternates=(WorkCenterName("PAINT"),)),)

    assert checks(planned(routing=routing))["work-centers"].passed
