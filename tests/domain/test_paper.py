"""Paper: a traveler is stale exactly when what it says of the making has changed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.documents import Imprint, traveler_document
from server.domain.names import OrderNumber, Serial
from server.domain.operations import Quantities, RoutingStep
from server.domain.orders import WorkOrder
from server.domain.paper import (
    DocumentKind,
    Sheet,
    SheetLine,
    traveler_fingerprint,
    traveler_lines,
)
from tests.workshop import (
    ANNA,
    BENCH,
    LATHE,
    MILL,
    NOON,
    ORDER,
    order,
    plan,
    routing,
    step,
    with_operation,
)

AT_PRINT_TIME = ("priority", "hot", "hold", "released_at")
"""What a traveler says of the moment of its printing; screens know better later."""

steps = st.builds(
    step,
    st.sampled_from([10, 20]),
    st.sampled_from([LATHE, MILL]),
    alternates=st.sampled_from([(), (BENCH,)]),
    description=st.sampled_from(["turn", "mill"]),
    setup_minutes=st.sampled_from([20.0, 21.0]),
    run_minutes=st.sampled_from([3.0, 3.5]),
)
plans = st.builds(
    plan,
    part=st.sampled_from(["P-1", "P-2"]),
    revision=st.sampled_from(["C", "D"]),
    description=st.sampled_from(["Shaft", "Hub"]),
    quantity=st.integers(10, 11),
    due=st.sampled_from([date(2026, 11, 6), date(2026, 11, 7)]),
    planned_release=st.sampled_from([date(2026, 11, 1), date(2026, 11, 2)]),
    priority=st.integers(1, 2),
    hot=st.booleans(),
    routing=st.lists(steps, min_size=1, max_size=2, unique_by=lambda one: one.number).map(tuple),
)
orders = st.builds(
    lambda planned, hold: replace(WorkOrder.planned(planned).released(NOON), hold=hold),
    plans,
    st.sampled_from([None, "crack found"]),
)


def printed(whole: WorkOrder) -> dict[str, Any]:
    """Return what a traveler says, without what belongs to the moment of its printing."""
    sheet = Sheet(
        Serial("1000001"),
        *(DocumentKind.TRAVELER, "f", NOON, "dora", whole.number),
        lines=traveler_lines(whole),
    )
    says = traveler_document(whole, sheet, Imprint("Plant", "UTC", NOON, "dora"))
    kept = {key: value for key, value in says["order"].items() if key not in AT_PRINT_TIME}
    return says | {"order": kept}


@given(orders, orders)
def test_paper_that_says_the_same_has_the_same_fingerprint(one: WorkOrder, two: WorkOrder) -> None:
    same = printed(one) == printed(two)

    assert (traveler_fingerprint(one) == traveler_fingerprint(two)) is same


@pytest.mark.parametrize(
    "changed",
    [
        {"part": "P-7002"},
        {"revision": "D"},
        {"description": "Hub"},
        {"quantity": 11},
        {"due": date(2026, 11, 7)},
        {"planned_release": date(2026, 11, 3)},
        {"routing": routing(LATHE, MILL)},
        {"routing": routing(LATHE, BENCH, MILL)},
        {"routing": (step(10, LATHE), step(20, MILL), step(31, BENCH))},
        {"routing": (step(10, setup_minutes=21.0), *plan().routing[1:])},
        {"routing": (step(10, run_minutes=3.1), *plan().routing[1:])},
        {"routing": (step(10, description="turn"), *plan().routing[1:])},
        {"routing": (step(10, alternates=(MILL,)), *plan().routing[1:])},
    ],
)
def test_whatever_the_traveler_says_is_in_its_fingerprint(changed: dict[str, Any]) -> None:
    assert traveler_fingerprint(order(**changed)) != traveler_fingerprint(order())


@pytest.mark.parametrize("changed", [{"priority": 1}, {"hot": True}])
def test_hurry_makes_no_paper_stale(changed: dict[str, Any]) -> None:
    assert traveler_fingerprint(order(**changed)) == traveler_fingerprint(order())


def test_work_makes_no_paper_stale() -> None:
    worked_on = with_operation(order(), 10, crew=(ANNA,), started_at=NOON, done=Quantities(4))

    assert traveler_fingerprint(worked_on) == traveler_fingerprint(order())
    assert traveler_fingerprint(WorkOrder.planned(plan())) == traveler_fingerprint(order())


def test_a_fingerprint_stays_the_same_from_one_version_to_the_next() -> None:
    # Sheets out on the floor carry this; changing how it is made would make them all stale.
    assert traveler_fingerprint(order()) == "851be6cf8dbd3c64c31a8282bba88b74"


def test_each_operation_has_a_line_of_its_own() -> None:
    assert traveler_lines(order()) == (
        SheetLine(1, ORDER, 10),
        SheetLine(2, ORDER, 20),
        SheetLine(3, ORDER, 30),
    )


def test_a_sheet_is_current_until_it_is_superseded() -> None:
    sheet = Sheet(Serial("1000001"), DocumentKind.TRAVELER, "f", NOON, "dora", OrderNumber("WO1"))

    assert sheet.is_current
    assert not replace(sheet, superseded_at=NOON).is_current


def test_minutes_are_compared_as_finely_as_anybody_plans_them() -> None:
    def timed(minutes: float) -> tuple[RoutingStep, ...]:
        return (step(10, run_minutes=minutes),)

    third = traveler_fingerprint(order(routing=timed(1 / 3)))

    assert traveler_fingerprint(order(routing=timed(0.33333))) == third
    assert traveler_fingerprint(order(routing=timed(2))) == traveler_fingerprint(
        order(routing=timed(2.0))
    )
    assert traveler_fingerprint(order(routing=timed(0.334))) != third
