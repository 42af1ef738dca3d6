"""What our codes say, to the character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.names import BadgeNumber, OrderNumber, Serial
from server.domain.symbols import (
    BadBadge,
    BadLineNumber,
    BadName,
    BadOperationNumber,
    BadOrderNumber,
    BadQuantity,
    BadSerial,
    BadValue,
    Identifier,
    TooLong,
    badge_code,
    check_digit,
    command_code,
    controlled_order,
    envelope,
    form_code,
    is_order_number,
    is_valid_line_code,
    line_code,
    operation_envelope,
    operation_number,
    operation_text,
    order_envelope,
    order_number,
    order_operation,
    sheet_serial,
    station_code,
)

ORDER = OrderNumber("WO100245")
SERIAL = Serial("0000123")

line_codes = st.builds(line_code, st.from_regex(r"[0-9]{7}", fullmatch=True), st.integers(0, 99))


@pytest.mark.parametrize("number", ["07945", "86095742719", "69435151530"])
def test_the_check_digit_is_that_of_iso_7064(number: str) -> None:
    """The standard's own example, a German tax number and a Croatian personal number."""
    assert check_digit(number[:-1]) == number[-1]


def test_a_line_code_is_serial_line_and_check_digit() -> None:
    code = line_code(SERIAL, 4)

    assert code == "0000123041"
    assert is_valid_line_code(code)


@given(line_codes, st.integers(0, 9), st.integers(1, 9))
def test_every_wrong_digit_in_a_line_code_is_found(code: str, place: int, shift: int) -> None:
    wrong = str((int(code[place]) + shift) % 10)

    assert not is_valid_line_code(code[:place] + wrong + code[place + 1 :])


@given(line_codes, st.integers(0, 8))
def test_neighbours_that_changed_places_are_found_unless_they_differ_by_one(
    code: str, place: int
) -> None:
    left, right = code[place], code[place + 1]
    swapped = code[:place] + right + left + code[place + 2 :]

    differ_by_one = (int(left) - int(right)) % 10 in {1, 9}
    if left != right and not differ_by_one:
        assert not is_valid_line_code(swapped)


def test_not_all_neighbours_that_differ_by_one_are_found() -> None:
    codes = [line_code(sheet_serial(number), 1) for number in range(10_000)]
    pairs = [(code, place) for code in codes for place in range(9)]
    swapped = [
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for code, place in pairs
        if (int(code[place]) - int(code[place + 1])) % 10 in {1, 9}
    ]

    missed = sum(is_valid_line_code(code) for code in swapped) / len(swapped)

    assert 0.05 < missed < 0.15


@pytest.mark.parametrize("text", ["", "123", "00001230471", "000012304x", "\u0660" * 10])
def test_a_line_code_is_exactly_ten_digits(text: str) -> None:
    assert not is_valid_line_code(text)


@pytest.mark.parametrize("number", ["WO100245", "1", "2024-0815", "A.B/C_D-E", "W" * 20, "10W123"])
def test_an_order_number_is_capitals_digits_and_four_signs(number: str) -> None:
    assert is_order_number(number)
    assert order_number(number) == number


@pytest.mark.parametrize(
    "number",
    ["", "wo1", "WO+1", "WO 1", "-WO1", "W" * 21, "WO1\n", "Ä1", "WO\uff11", "A\x1dB"],
)
def test_anything_else_is_no_order_number(number: str) -> None:
    assert not is_order_number(number)
    with pytest.raises(BadOrderNumber) as refused:
        order_number(number)
    assert refused.value.value == number


@pytest.mark.parametrize("number", ["WO10024510W0000123", "10W0000123Q5", "0000123Q10"])
def test_what_looks_like_the_rest_of_an_envelope_is_no_order_number(number: str) -> None:
    assert not is_order_number(number)


@pytest.mark.parametrize(("text", "number"), [("10", 10), ("010", 10), ("0010", 10)])
def test_an_operation_number_is_one_to_four_digits(text: str, number: int) -> None:
    assert operation_number(text) == number


@pytest.mark.parametrize("text", ["", "12345", "1O", "-1", "\u0661\u0660", " 10"])
def test_anything_else_is_no_operation_number(text: str) -> None:
    with pytest.raises(BadOperationNumber):
        operation_number(text)


@pytest.mark.parametrize(("number", "text"), [(0, "000"), (10, "010"), (1000, "1000")])
def test_an_operation_number_is_written_with_at_least_three_digits(number: int, text: str) -> None:
    assert operation_text(number) == text


@pytest.mark.parametrize("number", [-1, 10_000])
def test_an_operation_number_beyond_four_digits_is_refused(number: int) -> None:
    with pytest.raises(BadOperationNumber):
        operation_text(number)


def test_a_serial_has_seven_digits() -> None:
    assert sheet_serial(123) == "0000123"
    with pytest.raises(BadSerial):
        sheet_serial(10_000_000)


def test_bare_codes_begin_with_their_data_identifier() -> None:
    assert controlled_order(ORDER) == "WWO100245"
    assert order_operation(ORDER, 10) == "3WWO100245+010"
    assert form_code(SERIAL) == "10W0000123"
    assert badge_code(BadgeNumber("4711")) == "1H4711"
    assert badge_code(BadgeNumber("4711"), contractor=True) == "3H4711"
    assert station_code("LATHE-2") == "10SLATHE-2"
    assert command_code("STOP") == "4WSTOP"


def test_the_header_of_a_traveler_is_an_envelope_of_order_sheet_and_quantity() -> None:
    assert order_envelope(ORDER, SERIAL, 25) == (
        "[)>\x1e06\x1dWWO100245\x1d10W0000123\x1dQ25\x1e\x04"
    )


def test_an_operations_own_sheet_is_an_envelope_with_the_operation_first() -> None:
    assert operation_envelope(ORDER, 10, SERIAL, 25) == (
        "[)>\x1e06\x1d3WWO100245+010\x1d10W0000123\x1dQ25\x1e\x04"
    )


def test_a_label_may_put_any_fields_into_an_envelope() -> None:
    fields = [(Identifier.PART, "CABLE HEAD"), (Identifier.LOT, "L-7")]

    assert envelope(fields) == "[)>\x1e06\x1dPCABLE HEAD\x1d1TL-7\x1e\x04"


@pytest.mark.parametrize("value", ["", " A", "A ", "a", "A\x1dB", "A\x00", "Ä", "A" * 51, "A\n"])
def test_a_field_that_would_not_survive_the_way_is_refused(value: str) -> None:
    with pytest.raises(BadValue) as refused:
        envelope([(Identifier.PART, value)])

    assert refused.value.value == value


def test_an_envelope_of_nothing_is_refused() -> None:
    with pytest.raises(BadValue):
        envelope([])


def test_an_envelope_that_no_reader_would_take_is_refused() -> None:
    with pytest.raises(TooLong):
        envelope([(Identifier.PART, "A" * 50)] * 6)


@pytest.mark.parametrize("serial", ["", "123", "00001234", "000012X"])
def test_a_sheet_without_a_proper_serial_gets_no_code(serial: str) -> None:
    with pytest.raises(BadSerial):
        line_code(Serial(serial), 1)
    with pytest.raises(BadSerial):
        form_code(Serial(serial))
    with pytest.raises(BadSerial):
        order_envelope(ORDER, Serial(serial), 1)


@pytest.mark.parametrize("line", [-1, 100])
def test_a_sheet_has_at_most_a_hundred_lines(line: int) -> None:
    with pytest.raises(BadLineNumber):
        line_code(SERIAL, line)


@pytest.mark.parametrize("quantity", [-1, 100_000_000])
def test_a_quantity_beyond_eight_digits_is_refused(quantity: int) -> None:
    with pytest.raises(BadQuantity):
        order_envelope(ORDER, SERIAL, quantity)


@pytest.mark.parametrize("badge", ["", "12", "123456789", "47-11", "A4711"])
def test_a_badge_number_is_three_to_eight_digits(badge: str) -> None:
    with pytest.raises(BadBadge):
        badge_code(BadgeNumber(badge))


@pytest.mark.parametrize("name", ["", "lathe", "LATHE 2", "-2", "L" * 21, "LATHE/2"])
def test_a_name_on_a_label_is_capitals_digits_and_three_signs(name: str) -> None:
    with pytest.raises(BadName):
        station_code(name)
    with pytest.raises(BadName):
        command_code(name)
