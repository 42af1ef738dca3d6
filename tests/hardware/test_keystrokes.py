"""Codes come out of key events as they were typed, whatever else a keyboard does."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.framing import Fault, Framing
from hardware.keys import ENDS, SEPARATORS, US
from hardware.keystrokes import KeyEvent, KeyFramer
from tests.hardware.typist import (
    ENTER,
    LEFT_CONTROL,
    LEFT_SHIFT,
    PRINTABLE,
    Typist,
    as_read,
    faults,
    opened,
    read,
)

TAB, KEYPAD_ENTER = 15, 96
KEYPAD_1, KEYPAD_7 = 79, 71
CAPS_LOCK, F12 = 58, 88

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
