"""Reading what a scanner sent: as it is, damaged on the way, or not ours at all."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.domain.names import BadgeNumber, OperationId, OrderNumber, Serial
from server.domain.scan import (
    Badge,
    Command,
    FormNumber,
    OrderOperation,
    OrderSheet,
    Reason,
    Scanned,
    SheetOperation,
    StationLabel,
    TravelerLine,
    Unknown,
    Unreadable,
    read,
    typed,
)
from server.domain.symbols import (
    Identifier,
    LineNumber,
    envelope,
    line_code,
)
from tests.domain.codes import composed, damaged, line_codes, sheets

ORDER = OrderNumber("WO100245")
SERIAL = Serial("0000123")
LINE = line_code(SERIAL, 4)


def named(says: Scanned) -> tuple[str, int | None] | None:
    """Return the order and operation that a reading names, None when it names none."""
    match says:
        case OrderOperation() | SheetOperation():
            return says.order, says.number
        case OrderSheet():
            return says.order, None
        case _:
            return None


@given(composed)
def test_every_code_of_ours_reads_back_to_what_was_composed(code: tuple[str, Scanned]) -> None:
    text, says = code

    assert read(text) == says
    assert read(text).raw == text


@given(composed, st.sampled_from(["]C0", "]A0", "]Q1", "]d1"]), st.sampled_from(["", "\r", "\r\n"]))
def test_an_aim_identifier_and_a_line_end_change_nothing(
    code: tuple[str, Scanned], aim: str, end: str
) -> None:
    text, says = code

    scanned = read(aim + text + end)

    assert scanned == says
    assert (scanned.symbology, scanned.raw) == (aim, aim + text + end)


@given(composed, st.sampled_from(["", "]C0", "]A0", "]Q1", "]d1"]))
def test_caps_lock_changes_nothing(code: tuple[str, Scanned], aim: str) -> None:
    text, says = code

    scanned = read((aim + text).swapcase())

    assert scanned == says
    assert scanned.symbology == (aim or None)


@given(sheets(), st.data())
def test_an_envelope_survives_what_a_keyboard_wedge_does_to_it(
    code: tuple[str, Scanned], data: st.DataObject
) -> None:
    text, says = code

    assert read(data.draw(damaged(text))) == says


@given(sheets(), st.data())
def test_what_is_left_of_an_envelope_never_names_a_wrong_order_or_operation(
    code: tuple[str, Scanned], data: st.DataObject
) -> None:
    text, says = code
    received = data.draw(damaged(text))
    first = data.draw(st.integers(0, len(received)))
    # What overran its buffer arrives without its beginning, what timed out without its end.
    rest = data.draw(st.sampled_from([received[first:], received[:first]]))

    assert named(read(rest)) in {None, named(says)}


@given(sheets(), st.data())
def test_an_envelope_that_lost_a_field_never_names_a_wrong_order_or_operation(
    code: tuple[str, Scanned], data: st.DataObject
) -> None:
    text, says = code
    fields = text.split("\x1d")
    del fields[data.draw(st.integers(0, len(fields) - 1))]

    received = data.draw(damaged("\x1d".join(fields)))

    assert named(read(received)) in {None, named(says)}


@given(line_codes(), st.integers(0, 9), st.integers(1, 9))
def test_a_line_code_with_one_wrong_digit_is_unreadable(
    code: tuple[str, Scanned], place: int, shift: int
) -> None:
    digits = code[0]
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]

    assert read(wrong) == Unreadable(wrong, Reason.CHECK_DIGIT)
    assert typed(wrong) == Unreadable(wrong, Reason.CHECK_DIGIT)


anything = st.one_of(
    st.text(),
    st.text(st.characters(max_codepoint=127)),
    st.text("[)>06W3HQS+-/ 1]C\x1d\x1e\x04\x00\r"),
    st.text(max_size=300).map("[)>\x1e06\x1d".__add__),
)


@given(anything)
@example("\ud800")
@example("]")
@example("[)>")
@example("[)>06")
@example("3W+")
@example("3W+010")
@example("ß" * 256)
def test_no_text_whatever_breaks_the_readers(text: str) -> None:
    for says in (read(text), typed(text)):
        assert isinstance(says.human, str)
        assert says.kind
        assert says.raw == text[:256]


@pytest.mark.parametrize("reader", [read, typed])
def test_what_cannot_be_a_code_is_unreadable(reader: Callable[[str], Scanned]) -> None:
    assert reader("") == Unreadable("", Reason.EMPTY)
    assert reader(" \t\r\n") == Unreadable("", Reason.EMPTY)
    assert reader("]C0 \r") == Unreadable("", Reason.EMPTY)
    assert reader("A" * 257) == Unreadable("A" * 256, Reason.TOO_LONG)
    assert reader("1H47\x1d11") == Unreadable("1H47\x1d11", Reason.CONTROL_CHARACTERS)


@pytest.mark.parametrize(
    "text",
    [
        "[)>06WWO10024510W0000123Q25",
        "[)>\x1e06WWO100245\x1d10W0000123Q25\x1e",
        "[)>\x0006\x00WWO100245\x0010W0000123\x00Q25\x00\x00",
        "[)>\x1e\x1e06\x1d\x1dWWO100245\x1d\x1d10W0000123\x1dQ25\x04\x04",
        "\x02[)>06wwo10024510w0000123q25\x03",
    ],
)
def test_these_are_the_usual_ways_an_envelope_arrives(text: str) -> None:
    assert read(text) == OrderSheet(ORDER, SERIAL, 25)


@pytest.mark.parametrize(
    "text",
    [
        "[)>",
        "[)>06",
        "[)>0",
        "[)>06WWO100245",
        "[)>\x1e06\x1dWWO100245\x1dQ25\x1e\x04",
        "[)>06WWO10024510W000012Q25",
        "[)>063WWO10024501010W0000123Q25",
        "[)>\x1e06\x1dWWO1\x1d00245\x1d10W0000123\x1dQ25\x1e\x04",
        "[)>\x1e06\x1dWWO100245\x1d10W0000123\x1dQ2.5\x1e\x04",
        "[)>\x1e06\x1dWWO10024510W0000124\x1d10W0000123\x1dQ25\x1e\x04",
    ],
)
def test_an_envelope_that_is_not_whole_is_unreadable(text: str) -> None:
    assert read(text) == Unreadable(text, Reason.DAMAGED_ENVELOPE)


def test_a_suppliers_envelope_is_a_supplier_code() -> None:
    label = envelope([(Identifier.PART, "CABLE HEAD"), (Identifier.QUANTITY, "25")])

    assert read(label) == Unknown(label, Reason.SUPPLIER_CODE)
    assert read("[)>\x1e05\x1d0104012345678901") == Unknown(
        "[)>\x1e05\x1d0104012345678901", Reason.SUPPLIER_CODE
    )


@pytest.mark.parametrize("aim", ["]E0", "]e0", "]C1", "]d2", "]Q3", "]I1"])
def test_ean_and_gs1_symbols_are_supplier_codes_whatever_they_hold(aim: str) -> None:
    scanned = read(aim + LINE)

    assert scanned == Unknown(LINE, Reason.SUPPLIER_CODE)
    assert scanned.symbology in {aim, aim.swapcase()}


@pytest.mark.parametrize("text", ["100A5", "4006381333931", "PABC", "HTTPS://X", "W", "W?", "1WX"])
def test_a_code_without_an_identifier_of_ours_is_unknown(text: str) -> None:
    assert read(text) == Unknown(text, Reason.NOT_OURS)


@pytest.mark.parametrize("text", ["10W123", "1H47", "3H", "3WWO100245", "3W+010", "10S", "4W A"])
def test_a_code_that_begins_as_ours_and_goes_on_otherwise_is_unreadable(text: str) -> None:
    assert read(text) == Unreadable(text, Reason.MALFORMED)


def test_another_keyboard_layout_shows() -> None:
    assert read("ZO&à'ééà") == Unknown("ZO&à'ééà", Reason.NOT_ASCII)


def test_an_operation_is_split_from_its_order_at_the_plus() -> None:
    scanned = read("3WWO100245+10")

    assert isinstance(scanned, OrderOperation)
    assert scanned.operation == OperationId(ORDER, 10)


@pytest.mark.parametrize(
    ("says", "human"),
    [
        (TravelerLine(SERIAL, LineNumber(4)), "0000123 04 1"),
        (OrderOperation(ORDER, 10), "WO100245 / 010"),
        (SheetOperation(ORDER, 10, SERIAL), "WO100245 / 010"),
        (OrderSheet(ORDER, SERIAL, 25), "WO100245"),
        (Badge(BadgeNumber("4711")), "4711"),
        (StationLabel("LATHE-2"), "LATHE-2"),
        (Command("STOP"), "STOP"),
        (FormNumber(SERIAL), "0000123"),
        (Unknown("A\x1dB", Reason.NOT_OURS), "A·B"),
        (Unreadable("X" * 41, Reason.MALFORMED), "X" * 39 + "…"),
    ],
)
def test_the_band_shows_what_a_person_would_read_off_the_paper(says: Scanned, human: str) -> None:
    assert says.human == human
