"""What is left of a code, or may be, is a fault: it looks like another code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.framing import Fault
from hardware.keys import FOREIGN, SEPARATORS
from hardware.keystrokes import KeyFramer
from tests.hardware.typist import (
    ENTER,
    LEFT_CONTROL,
    LEFT_SHIFT,
    PRINTABLE,
    Typist,
    as_read,
    faults,
    kept_by_kernel,
    opened,
    read,
)

LEFT_ALT, F12, BESIDE_SHIFT, RIGHT_META = 56, 88, 86, 126

printable = st.text(st.sampled_from([*PRINTABLE, *SEPARATORS.values()]), min_size=1, max_size=60)


# Lost keys


def test_what_is_left_of_a_code_is_no_code_and_the_next_one_is() -> None:
    typist = Typist()

    typed = [*typist.lost(), *typist.code("23456"), *typist.code("4711")]

    assert read(typed) == [("23456", Fault.DROPPED), ("4711", None)]


def test_what_was_typed_before_the_loss_is_part_of_the_fault() -> None:
    typist = Typist()

    typed = [*typist.text("12"), *typist.lost(), *typist.code("56")]

    assert read(typed) == [("1256", Fault.DROPPED)]


def test_a_loss_is_told_when_nothing_is_left_but_the_enter() -> None:
    typist = Typist()

    assert read([*typist.lost(), *typist.press(ENTER)]) == [("", Fault.DROPPED)]


def test_a_loss_is_told_once_when_not_even_the_enter_is_left() -> None:
    typist = Typist()
    framer = opened()
    framer.take(typist.lost())

    frames = [frame for wait in range(1, 9) for frame in framer.feed(b"", typist.at + wait / 10)]

    assert faults(frames) == [("", Fault.DROPPED)]


def test_a_code_after_a_loss_that_took_the_enter_is_refused_too() -> None:
    typist = Typist()
    typed = [*typist.text("12"), *typist.lost()]
    typist.at += 30.0

    typed += [*typist.code("4711"), *typist.code("4712")]

    assert read(typed) == [("12", Fault.DROPPED), ("4711", Fault.DROPPED), ("4712", None)]


def test_a_shift_whose_release_was_lost_does_not_change_what_follows() -> None:
    typist = Typist()

    typed = [*typist.move(LEFT_SHIFT, 1), *typist.lost(), *typist.code("1"), *typist.code("4711")]

    assert read(typed) == [("1", Fault.DROPPED), ("4711", None)]


def test_a_shift_that_is_never_released_ends_with_its_code() -> None:
    typist = Typist()

    typed = [*typist.move(LEFT_SHIFT, 1), *typist.code("a1"), *typist.code("4711")]

    assert read(typed) == [("A!", None), ("4711", None)]


@given(st.text(st.sampled_from("0123456789AB-"), min_size=1, max_size=40), st.integers(0, 300))
def test_what_the_kernel_keeps_for_a_late_reader_is_never_a_code(text: str, seen: int) -> None:
    typed = Typist().code(text)

    frames = read([*typed[:seen], *kept_by_kernel(typed[seen:])])

    assert [said for said, fault in frames if fault is None] in ([], [text])
    assert frames


@given(printable, st.data())
def test_a_code_with_a_hole_is_never_a_code(text: str, data: st.DataObject) -> None:
    typed = Typist().code(text)
    begin = data.draw(st.integers(0, len(typed)))
    end = data.draw(st.integers(begin, len(typed)))

    frames = read([*typed[:begin], *Typist().lost(), *typed[end:]])

    assert [said for said, fault in frames if fault is None] in ([], [text])
    assert Fault.DROPPED in {fault for _, fault in frames}


# Keys that mean nothing


@pytest.mark.parametrize("key", sorted(FOREIGN))
def test_a_key_of_another_layout_spoils_the_code_it_begins(key: int) -> None:
    typist = Typist()

    typed = [*typist.press(key), *typist.code("4711"), *typist.code("4712")]

    assert read(typed) == [("4711", Fault.UNKNOWN_KEY), ("4712", None)]


@pytest.mark.parametrize(
    ("key", "held"), [(F12, None), (30, LEFT_CONTROL), (30, RIGHT_META), (BESIDE_SHIFT, LEFT_SHIFT)]
)
def test_a_key_without_a_character_spoils_the_code_it_is_in(key: int, held: int | None) -> None:
    typist = Typist()

    typed = [*typist.text("47"), *typist.press(key, with_key=held), *typist.code("11")]

    assert read(typed) == [("4711", Fault.UNKNOWN_KEY)]


def test_characters_as_numbers_behind_alt_are_no_digits() -> None:
    typist = Typist()
    letter = [event for key in (82, 77, 76) for event in typist.press(key)]

    typed = [*typist.move(LEFT_ALT, 1), *letter, *typist.move(LEFT_ALT, 0), *typist.press(ENTER)]

    assert read(typed) == [("", Fault.UNKNOWN_KEY)]


# Opening


def test_the_rest_of_a_code_that_was_being_typed_at_the_opening_is_no_code() -> None:
    typist = Typist()
    framer = KeyFramer()

    frames = framer.feed(as_read([*typist.code("11"), *typist.code("4711")]), 100.0)

    assert faults(frames) == [("11", Fault.TAIL), ("4711", None)]


def test_a_code_well_after_an_opening_that_was_typed_into_is_taken() -> None:
    typist = Typist()
    framer = KeyFramer()
    framer.feed(as_read(typist.move(LEFT_SHIFT, 0)), typist.at)

    framer.feed(b"", typist.at + 1.0)
    typist.at += 2.0

    assert faults(framer.take(typist.code("4711"))) == [("4711", None)]
