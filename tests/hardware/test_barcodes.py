"""Symbols say what they were made from, or are not made at all."""

import pytest
from barcode.codex import Code128
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.barcodes import ALPHABET, LONGEST, Symbol, Symbology, code128, data_matrix, read_back
from hardware.errors import (
    EmptyPayload,
    PayloadNotEncodable,
    PayloadTooLong,
    SymbolUnreadable,
)

ENVELOPE = "[)>\x1e06\x1dW100245\x1d10W0000123\x1dQ10\x1e\x04"
MAKERS = {Symbology.CODE_128: code128, Symbology.DATA_MATRIX: data_matrix}

either = pytest.mark.parametrize("symbology", list(Symbology))


def payloads(symbology: Symbology) -> st.SearchStrategy[str]:
    return st.text(sorted(ALPHABET[symbology]), min_size=1, max_size=LONGEST[symbology])


@settings(max_examples=300, deadline=None)
@given(payloads(Symbology.CODE_128))
def test_code_128_reads_as_any_printable_payload(payload: str) -> None:
    assert read_back(code128(payload)) == payload


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789ABC-+", max_size=20))
def test_code_128_keeps_a_leading_99(rest: str) -> None:
    assert read_back(code128("99" + rest)) == "99" + rest


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**10 - 1))
def test_ten_digits_take_ninety_modules(number: int) -> None:
    assert len(code128(f"{number:010}").modules[0]) == 90


@settings(max_examples=200, deadline=None)
@given(payloads(Symbology.DATA_MATRIX))
def test_data_matrix_reads_as_any_payload_of_its_alphabet(payload: str) -> None:
    assert read_back(data_matrix(payload)) == payload


def test_data_matrix_carries_an_envelope_with_its_separators() -> None:
    assert read_back(data_matrix(ENVELOPE)) == ENVELOPE


def test_data_matrix_is_square() -> None:
    symbol = data_matrix(ENVELOPE)

    assert {len(row) for row in symbol.modules} == {len(symbol.modules)}


def test_the_longest_code_128_fits_across_a_sheet_at_the_narrowest_x() -> None:
    symbol = code128("x" * LONGEST[Symbology.CODE_128])

    assert symbol.width * 0.339 < 210 - 2 * 6


@either
def test_an_empty_payload_is_refused(symbology: Symbology) -> None:
    with pytest.raises(EmptyPayload):
        MAKERS[symbology]("")


@either
def test_a_payload_of_the_longest_length_is_taken_and_one_more_is_not(symbology: Symbology) -> None:
    longest = LONGEST[symbology]

    assert MAKERS[symbology]("7" * longest).payload == "7" * longest
    with pytest.raises(PayloadTooLong) as refused:
        MAKERS[symbology]("7" * (longest + 1))
    assert refused.value.longest == longest


@either
@given(st.data())
def test_characters_that_a_scanner_would_change_are_refused_together(
    symbology: Symbology, data: st.DataObject
) -> None:
    strange = data.draw(
        st.text(
            st.characters(exclude_characters="".join(ALPHABET[symbology])), min_size=1, max_size=5
        )
    )

    with pytest.raises(PayloadNotEncodable) as refused:
        MAKERS[symbology]("A" + strange + "B")

    assert refused.value.characters == "".join(sorted(set(strange)))


@pytest.mark.parametrize("payload", ["A\xf1B", "WO\u00e4", "a\rb", "a\tb", "\x1d", "\u00b2"])
def test_code_128_takes_no_accents_and_no_control_characters(payload: str) -> None:
    with pytest.raises(PayloadNotEncodable):
        code128(payload)


@pytest.mark.parametrize("ending", ["\r", "\n", "\t", "\x02", "\x03"])
def test_data_matrix_takes_nothing_that_would_end_a_scan(ending: str) -> None:
    with pytest.raises(PayloadNotEncodable):
        data_matrix(f"W1{ending}Q2")


def test_an_encoder_that_loses_digits_is_found_out() -> None:
    payload = "9916321190"
    (bars,) = Code128(payload).build()
    wrong = Symbol(Symbology.CODE_128, payload, (tuple(bar == "1" for bar in bars),), 10)

    with pytest.raises(SymbolUnreadable) as refused:
        read_back(wrong)

    assert refused.value.payload == payload
    assert refused.value.read == ("16321190",)


def test_an_encoder_that_adds_a_silent_fnc1_is_found_out() -> None:
    (bars,) = Code128("\xf1AB").build()
    wrong = Symbol(Symbology.CODE_128, "AB", (tuple(bar == "1" for bar in bars),), 10)

    with pytest.raises(SymbolUnreadable):
        read_back(wrong)


@either
def test_a_symbol_without_any_bar_is_found_out(symbology: Symbology) -> None:
    blank = Symbol(symbology, "A", ((False,) * 30,) * 30, 10)

    with pytest.raises(SymbolUnreadable) as refused:
        read_back(blank)

    assert refused.value.read == ()
