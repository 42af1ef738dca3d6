"""Dispatch rules: every index against values worked out by hand."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.sequence import RULES, Line, Rule, by_rule
from tests.workshop import NOON, operation_id


def line(name: str = "A", due: float = 60, **says: Any) -> Line:
    """Return a line due so many minutes after noon."""
    usual: dict[str, Any] = {
        "arrived_at": NOON,
        "due_at": NOON + timedelta(minutes=due),
        "hot": False,
        "is_running": False,
        "minutes": 10.0,
        "remaining_minutes": 30.0,
        "remaining_operations": 2,
    }
    return Line(operation_id(10, f"WO-{name}"), **usual | says)


@pytest.mark.parametrize(
    ("rule", "one", "index"),
    [
        (Rule.FCFS, line(arrived_at=NOON - timedelta(hours=2)), (-7200.0,)),
        (Rule.EDD, line(due=60), (3600.0,)),
        (Rule.EDD, line(due=-10), (-600.0,)),
        (Rule.SPT, line(minutes=12.5), (12.5,)),
        # 60 minutes left, 30 minutes of work: a ratio of two.
        (Rule.CRITICAL_RATIO, line(due=60), (1, 2.0)),
        (Rule.CRITICAL_RATIO, line(due=60, remaining_minutes=0.0), (1, 60.0)),
        # Past due: 20 minutes late and 30 minutes of work left.
        (Rule.CRITICAL_RATIO, line(due=-20), (0, -50.0)),
        (Rule.CRITICAL_RATIO, line(due=0), (0, -30.0)),
        # 60 - 30 minutes of slack over two operations.
        (Rule.SLACK, line(due=60), (15.0,)),
        (Rule.SLACK, line(due=30), (0.0,)),
        # 10 - 30 minutes of slack, times two operations.
        (Rule.SLACK, line(due=10), (-40.0,)),
        (Rule.SLACK, line(due=60, remaining_operations=0), (30.0,)),
    ],
)
def test_an_index_is_what_its_formula_says(rule: Rule, one: Line, index: tuple[float, ...]) -> None:
    assert RULES[rule](one, NOON) == index


def ruled(rule: Rule, *lines: Line) -> str:
    """Return the names of the lines in the order of a rule."""
    return "".join(one.order.removeprefix("WO-") for one in by_rule(rule, lines, NOON))


def test_first_come_is_first_served() -> None:
    early, late = NOON - timedelta(days=2), NOON - timedelta(days=1)

    assert ruled(Rule.FCFS, line("A", arrived_at=late), line("B", arrived_at=early)) == "BA"


def test_what_is_due_first_goes_first() -> None:
    assert ruled(Rule.EDD, line("A", 60), line("B", -60), line("C", 30)) == "BCA"


def test_what_is_done_fastest_goes_first() -> None:
    assert ruled(Rule.SPT, line("A", minutes=30), line("B", minutes=5)) == "BA"


def test_the_smallest_ratio_goes_first_after_all_that_is_past_due() -> None:
    tight = line("A", 60, remaining_minutes=50)
    late = line("B", -1, remaining_minutes=1)
    later = line("C", -1, remaining_minutes=500)
    easy = line("D", 600)

    assert ruled(Rule.CRITICAL_RATIO, easy, tight, late, later) == "CBAD"


def test_of_two_late_orders_the_one_with_more_operations_goes_first() -> None:
    short = line("A", 0, remaining_operations=1)
    long = line("B", 0, remaining_operations=5)

    assert ruled(Rule.SLACK, short, long) == "BA"


def test_of_two_orders_with_time_the_one_with_more_operations_goes_first() -> None:
    short = line("A", 600, remaining_operations=1)
    long = line("B", 600, remaining_operations=5)

    assert ruled(Rule.SLACK, short, long) == "BA"


@pytest.mark.parametrize("rule", Rule)
def test_what_is_hot_goes_first_by_every_rule(rule: Rule) -> None:
    slow = line("B", 9999, hot=True, minutes=999, arrived_at=NOON)

    assert ruled(rule, line("A", -60, arrived_at=NOON - timedelta(days=1)), slow) == "BA"


@pytest.mark.parametrize("rule", Rule)
def test_equals_stay_as_they_were(rule: Rule) -> None:
    assert ruled(rule, line("C"), line("A"), line("B")) == "CAB"


minutes = st.floats(0, 1e5)
lines = st.lists(
    st.builds(
        line,
        st.text("ABCDEFGH", min_size=1, max_size=3),
        st.floats(-1e5, 1e5),
        hot=st.booleans(),
        minutes=minutes,
        remaining_minutes=minutes,
        remaining_operations=st.integers(0, 9),
    ),
    unique_by=lambda one: one.operation,
    max_size=12,
)


@given(st.sampled_from(Rule), lines)
def test_any_rule_gives_a_permutation(rule: Rule, some: list[Line]) -> None:
    assert sorted(by_rule(rule, some, NOON)) == sorted(one.operation for one in some)


def test_every_rule_has_its_index() -> None:
    assert set(RULES) == set(Rule)
