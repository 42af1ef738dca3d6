"""Reading what a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.names import BadgeNumber, OrderNumber, Serial
from server.domain.scan import (
    Badge,
    Command,
    FormNumber,
    OrderOperation,
    OrderSheet,
    Reason,
    Scanned,
    StationLabel,
    Unknown,
    Unreadable,
    read,
    typed,
)
from server.domain.symbols import check_digit
from tests.domain.codes import badges, line_codes, operations, orders, sheets

ORDER = OrderNumber("WO100245")
SERIAL = Serial("0000123")


@given(orders, operations)
def test_an_operation_typed_as_it_is_printed_is_that_operation(
    order: OrderNumber, number: int
) -> None:
    says = OrderOperation(order, number)

    assert typed(says.human) == says
    assert typed(f"  {says.human.lower()} ") == says


@given(line_codes())
def test_a_line_code_typed_as_it_is_shown_is_that_line(code: tuple[str, Scanned]) -> None:
    text, says = code

    assert typed(says.human) == says
    assert typed(text) == says


@given(sheets(), st.sampled_from(["", "]d1"]))
def test_a_sheet_scanned_into_the_place_for_typing_is_that_sheet(
    code: tuple[str, Scanned], aim: str
) -> None:
    text, says = code

    assert typed(aim + text) == says


@given(badges)
def test_a_badge_may_be_typed_with_or_without_its_identifier(badge: BadgeNumber) -> None:
    assert typed(badge) == Badge(badge)
    assert typed(f"1h{badge}") == Badge(badge)
    assert typed(f"3H {badge}") == Badge(badge, contractor=True)


@pytest.mark.parametrize(
    "text",
    [
        "WO100245 010",
        "WO100245/010",
        "WO100245-010",
        "WO100245 / 010",
        "wo100245 10",
        "WO100245/ 010",
        "WO100245 -10",
        "3WWO100245+010",
    ],
)
def test_people_type_an_operation_in_many_ways(text: str) -> None:
    assert typed(text) == OrderOperation(ORDER, 10)


@pytest.mark.parametrize("text", ["WO100245", "2024-0815", "A-10", "W", "123456789"])
def test_an_order_number_may_be_typed_alone(text: str) -> None:
    assert typed(text) == OrderSheet(OrderNumber(text))


def test_an_order_number_that_ends_like_an_operation_needs_a_blank_before_the_operation() -> None:
    assert typed("WO-104 010") == OrderOperation(OrderNumber("WO-104"), 10)
    assert typed("WO-104") == OrderOperation(OrderNumber("WO"), 104)


def test_other_codes_may_be_typed_with_their_identifier() -> None:
    assert typed("10W0000123") == FormNumber(SERIAL)
    assert typed("10slathe-2") == StationLabel("LATHE-2")
    assert typed("4wstop") == Command("STOP")


def test_two_typed_groups_of_ten_digits_are_ambiguous_when_the_check_digit_fits() -> None:
    order = "123456 "
    digits = "123456010"
    fitting = f"{order}010{check_digit(digits)}"
    other = f"{order}010{(int(check_digit(digits)) + 1) % 10}"

    assert typed(fitting) == Unreadable(fitting, Reason.AMBIGUOUS)
    assert typed(other) == OrderOperation(OrderNumber("123456"), int(other[-4:]))


def test_typed_nonsense_is_unknown() -> None:
    assert typed("hello world") == Unknown("hello world", Reason.NOT_OURS)
    assert typed("WO100245+010") == Unknown("WO100245+010", Reason.NOT_OURS)
    assert typed("WO100245\u00a010") == Unknown("WO100245\u00a010", Reason.NOT_ASCII)


def test_bare_digits_are_a_badge_only_when_typed() -> None:
    assert read("23456") == Unknown("23456", Reason.NOT_OURS)
    assert typed("23456") == Badge(BadgeNumber("23456"))
