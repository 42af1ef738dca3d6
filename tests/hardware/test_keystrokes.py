"""Codes come out of key events whole, or as a fault; never as what is left of another code."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.framing import Fault, Frame, Framing
from hardware.keys import ENDS, FOREIGN, SEPARATORS, US
from hardware.keystrokes import TYPED, KeyEvent, KeyFramer
from tests.hardware.typist import (
    ENTER,
    LEFT_CONTROL,
    LEFT_SHIFT,
    PRINTABLE,
    Typist,
    as_read,
    kept_by_kernel,
)

TAB, KEYPAD_ENTER = 15, 96
KEYPAD_1, KEYPAD_7 = 79, 71
LEFT_ALT, CAPS_LOCK, F12, BESIDE_SHIFT, RIGHT_META = 56, 58, 88, 86, 126

printable = st.text(st.sampled_from([*PRINTABLE, *SEPARATORS.values()]), min_size=1, max_size=60)
events = st.lists(
    st.builds(
        KeyEvent,
        st.floats(),
        st.sampled_from([0, 1, 4]) | st.integers(0, 0xFFFF),
        st.sampled_from([3, 28, 29, 42, 56, 71, 86, 88]) | st.integers(0, 0xFFFF),
        st.sampled_from([0, 1, 2]) | st.integers(-(2**31), 2**31 - 1),
    ),
    max_size=80,
)


def opened(framing: Framing = TYPED) -> KeyFramer:
    """Return the framer of a device that was silent when it was opened."""
    framer = KeyFramer(framing)
    framer.feed(b"", 1.0)
    return framer


def faults(frames: Iterable[Frame]) -> list[tuple[str, Fault | None]]:
    return [(frame.text, frame.fault) for frame in frames]


def read(typed: Iterable[KeyEvent]) -> list[tuple[str, Fault | None]]:
    """Return what comes of events that a long silence follows."""
    framer = opened()
    frames = framer.take(typed)
    return faults(frames + framer.feed(b"", 1_000_000.0))


# Whole codes


@given(st.lists(printable, max_size=4), st.sampled_from(sorted(ENDS)))
def test_every_text_comes_out_as_it_was_typed(sent: list[str], end: int) -> None:
    typist = Typist()

    typed = [event for text in sent for event in typist.code(text, end)]

    assert read(typed) == [(text, None) for text in sent]


@given(printable, st.lists(st.integers(0, 6000), max_size=6))
def test_it_does_not_matter_how_the_bytes_are_cut(text: str, cuts: list[int]) -> None:
    raw = as_read(Typist().code(text))
    edges = [0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]
    framer = opened()

    frames = [
        frame
        for begin, end in pairwise(edges)
        if begin < end
        for frame in framer.feed(raw[begin:end], 5.0)
    ]

    assert faults(frames) == [(text, None)]


def test_a_frame_has_the_time_at_which_its_enter_was_pressed() -> None:
    typist = Typist(at=50.0)
    typed = [*typist.text("4711"), *typist.move(ENTER, 1)]
    pressed_at = typist.at

    (frame,) = opened().feed(as_read([*typed, *typist.move(ENTER, 0)]), 99.0)

    assert frame.at == pytest.approx(pressed_at)


def test_positions_are_those_of_linux() -> None:
    # From linux/input-event-codes.h: KEY_1, KEY_0, KEY_Q, KEY_A, KEY_BACKSLASH, KEY_Z, KEY_SPACE.
    known = {2: "1!", 11: "0)", 16: "qQ", 30: "aA", 43: "\\|", 44: "zZ", 57: "  "}

    assert {key: "".join(US[key]) for key in known} == known


def test_the_keys_are_those_of_the_page() -> None:
    page = Path("static/js/station/wedge.js").read_text(encoding="utf-8")
    pairs = [
        (plain.replace("\\\\", "\\"), shifted)
        for plain, shifted in re.findall(
            r"""^  \w+: \["(\\?.)", ["'](.)["']\],$""", page, re.MULTILINE
        )
    ]
    separators = re.findall(r'^  (\w+): "\\x(\w\w)",$', page, re.MULTILINE)

    # The page adds the keypad, where both are the same, and digits and letters in loops.
    symbols = {pair for pair in US.values() if not pair[0].isalnum()}
    assert {pair for pair in pairs if pair[0] != pair[1]} | {(" ", " ")} == symbols
    assert {chr(int(code, 16)) for _, code in separators} == set(SEPARATORS.values())


def test_digits_of_the_keypad_are_digits_with_or_without_shift() -> None:
    typist = Typist()

    typed = [*typist.press(KEYPAD_7), *typist.press(KEYPAD_1, with_key=LEFT_SHIFT)]

    assert read([*typed, *typist.press(KEYPAD_ENTER)]) == [("71", None)]


def test_caps_lock_changes_nothing() -> None:
    typist = Typist()

    assert read([*typist.press(CAPS_LOCK), *typist.code("1H4711")]) == [("1H4711", None)]


def test_repeats_of_a_held_key_are_not_typed() -> None:
    typist = Typist()
    held = [*typist.move(8, 1), *(e for _ in range(11) for e in typist.move(8, 2))]

    typed = [*typist.text("4"), *held, *typist.move(8, 0), *typist.code("11")]

    assert read(typed) == [("4711", None)]


def test_an_end_without_a_code_is_no_code() -> None:
    typist = Typist()

    assert read([event for end in ENDS for event in typist.press(end)]) == []


def test_a_prefix_that_is_no_character_is_passed_over() -> None:
    typist = Typist()
    prefix = [*typist.press(F12), *typist.press(48, with_key=LEFT_CONTROL)]

    assert read([*prefix, *typist.code("1H4711")]) == [("1H4711", None)]


# Silence


def test_a_code_without_an_end_is_a_fault_after_the_silence() -> None:
    typist = Typist(at=10.0)
    framer = opened()
    framer.take(typist.text("4711"))

    assert framer.feed(b"", typist.at + 0.1) == []
    assert faults(framer.feed(b"", typist.at + 0.15)) == [("4711", Fault.NO_TERMINATOR)]


def test_a_silence_shows_in_the_times_of_the_keys_however_late_they_are_read() -> None:
    typist = Typist()
    typed = typist.text("1H47")
    typist.at += 30.0

    assert read([*typed, *typist.code("4711")]) == [("1H47", Fault.NO_TERMINATOR), ("4711", None)]


def test_where_silence_is_the_end_it_makes_a_code_and_ends_a_spoiled_one() -> None:
    typist = Typist()
    framer = opened(Framing(silence_ends=True))

    frames = framer.take(typist.text("4711"))
    frames += framer.feed(b"", typist.at + 1)
    typist.at += 2
    frames += framer.take([*typist.lost(), *typist.text("11")])
    frames += framer.feed(b"", typist.at + 1)
    typist.at += 2
    frames += framer.take(typist.text("4712"))
    frames += framer.feed(b"", typist.at + 1)

    assert faults(frames) == [("4711", None), ("11", Fault.DROPPED), ("4712", None)]


def test_too_long_a_code_is_one_fault() -> None:
    typist = Typist()

    typed = [*typist.code("7" * 3000), *typist.code("4711")]

    assert read(typed) == [("7" * 256, Fault.TOO_LONG), ("4711", None)]


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


# Anything


@given(events, st.builds(Framing, silence_ends=st.booleans(), longest=st.integers(1, 20)))
def test_no_events_ever_break_it(given_events: list[KeyEvent], framing: Framing) -> None:
    framer = KeyFramer(framing)

    frames = framer.take(given_events) + framer.feed(b"", 0.0)

    assert all(len(frame.raw) <= framing.longest for frame in frames)
    assert all(frame.raw or frame.fault for frame in frames)
    assert not any(set(frame.raw) & set(b"\r\n\t\x02\x03") for frame in frames)


@given(st.lists(st.binary(max_size=200), max_size=10))
def test_no_bytes_ever_break_it(chunks: list[bytes]) -> None:
    framer = KeyFramer()

    for chunk in chunks:
        framer.feed(chunk, 0.0)


@given(events)
def test_after_any_events_and_an_enter_the_next_code_is_whole(given_events: list[KeyEvent]) -> None:
    framer = opened()
    typist = Typist()
    in_time = (event._replace(at=typist.at) for event in given_events)
    framer.take([*in_time, *typist.press(ENTER)])
    for modifier in (29, 42, 54, 56, 97, 100, 125, 126):
        framer.take(typist.move(modifier, 0))

    assert faults(framer.take(typist.code("WO100245"))) == [("WO100245", None)]
