"""Codes come out of a scanner's bytes whole, or as a fault that says what to check."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.framing import Fault, Frame, Framer, Framing

SUFFIXES = [b"\r", b"\n", b"\r\n", b"\r\r\n", b"\t", b"\x03", b"\x03\r\n"]
PLAIN = [*range(0x20, 0x7F), 0x04, 0x1D, 0x1E]

codes = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=256).map(bytes)


def read(chunk: bytes, framing: Framing | None = None) -> list[Frame]:
    """Return the frames of one chunk followed by a long silence."""
    framer = Framer(framing)
    return framer.feed(chunk, 1.0) + framer.feed(b"", 60.0)


def faults(frames: list[Frame]) -> list[tuple[bytes, Fault | None]]:
    return [(frame.raw, frame.fault) for frame in frames]


@given(st.lists(codes, max_size=5), st.sampled_from(SUFFIXES))
def test_codes_come_out_as_they_went_in(sent: list[bytes], suffix: bytes) -> None:
    frames = Framer().feed(b"".join(code + suffix for code in sent), 7.5)

    assert frames == [Frame(code, 7.5) for code in sent]


@given(codes)
def test_a_code_between_stx_and_etx_comes_out(code: bytes) -> None:
    assert faults(read(b"\x02" + code + b"\x03")) == [(code, None)]


@given(
    st.binary(max_size=600)
    | st.lists(st.sampled_from([b"A1", b"\r", b"\n", b"\x02"])).map(b"".join),
    st.lists(st.integers(0, 600), max_size=8),
)
def test_it_does_not_matter_how_the_bytes_are_cut(stream: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(stream)]
    framer = Framer(Framing(longest=100))

    pieces = [
        frame for begin, end in pairwise(edges) for frame in framer.feed(stream[begin:end], 1.0)
    ]

    assert pieces == Framer(Framing(longest=100)).feed(stream, 1.0)


@given(
    st.lists(st.tuples(st.binary(max_size=40), st.floats(0, 2))),
    st.builds(Framing, silence_ends=st.booleans(), longest=st.integers(1, 20)),
)
def test_no_bytes_and_no_pauses_ever_break_it(
    chunks: list[tuple[bytes, float]], framing: Framing
) -> None:
    framer, at = Framer(framing), 0.0
    frames = []

    for chunk, pause in chunks:
        at += pause
        frames += framer.feed(chunk, at)

    assert all(0 < len(frame.raw) <= framing.longest for frame in frames)
    assert not any(set(frame.raw) & set(b"\r\n\t\x02\x03") for frame in frames)
    assert all(isinstance(frame.text, str) for frame in frames)


@given(st.binary(max_size=300))
def test_after_any_garbage_and_a_pause_the_next_code_is_whole(garbage: bytes) -> None:
    framer = Framer()
    framer.feed(garbage, 1.0)
    framer.feed(b"", 3.0)

    assert framer.feed(b"WO100245\r", 3.1) == [Frame(b"WO100245", 3.1)]


def test_a_terminator_alone_is_no_code() -> None:
    assert read(b"\r\r\n\t\x02\x03") == []


def test_a_code_without_an_end_is_a_fault_after_the_silence() -> None:
    framer = Framer()
    framer.feed(b"WO100245", 1.0)

    assert framer.feed(b"", 1.09) == []
    assert faults(framer.feed(b"", 1.1)) == [(b"WO100245", Fault.NO_TERMINATOR)]
    assert framer.feed(b"", 1.2) == []


def test_where_silence_is_the_end_it_makes_a_code() -> None:
    framer = Framer(Framing(silence_ends=True, silence_s=0.05))
    framer.feed(b"WO100245", 1.0)

    assert faults(framer.feed(b"", 1.05)) == [(b"WO100245", None)]
    assert faults(framer.feed(b"4711\r", 1.2)) == [(b"4711", None)]


def test_bytes_that_this_computer_kept_waiting_are_no_silence() -> None:
    framer = Framer()
    framer.feed(b"WO10", 1.0)

    assert faults(framer.feed(b"0245\r", 9.0)) == [(b"WO100245", None)]


def test_the_rest_of_a_broken_code_is_not_taken_for_a_code() -> None:
    framer = Framer()
    framer.feed(b"1H47", 1.0)
    framer.feed(b"", 1.2)

    assert faults(framer.feed(b"11\r", 1.9)) == [(b"11", Fault.TAIL)]
    assert faults(framer.feed(b"4711\r", 2.0)) == [(b"4711", None)]


def test_a_code_that_comes_well_after_a_broken_one_is_taken() -> None:
    framer = Framer()
    framer.feed(b"1H47", 1.0)
    framer.feed(b"", 1.2)

    assert faults(framer.feed(b"1H4711\r", 2.0)) == [(b"1H4711", None)]


def test_a_new_stx_ends_what_had_no_end() -> None:
    assert faults(read(b"1H47\x021H4711\x03")) == [
        (b"1H47", Fault.NO_TERMINATOR),
        (b"1H4711", None),
    ]


def test_three_thousand_bytes_without_an_end_are_one_fault() -> None:
    assert faults(read(b"7" * 3000 + b"\r4711\r")) == [
        (b"7" * 256, Fault.TOO_LONG),
        (b"4711", None),
    ]


def test_a_stalled_rest_of_an_overlong_code_is_not_taken_for_a_code() -> None:
    framer = Framer(Framing(longest=4))
    framer.feed(b"123456", 1.0)
    framer.feed(b"", 1.2)

    assert faults(framer.feed(b"78\r", 1.3)) == [(b"78", Fault.TAIL)]


def test_the_longest_code_is_taken() -> None:
    assert faults(read(b"7" * 256 + b"\r")) == [(b"7" * 256, None)]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [(b"\xff\xfe\x00A", Fault.GARBLED), (b"ABCD\x00", None), (b"ABC\x00", Fault.GARBLED)],
)
def test_more_than_a_fifth_of_strange_bytes_is_garbled(raw: bytes, fault: Fault | None) -> None:
    assert faults(read(raw + b"\r")) == [(raw, fault)]


def test_an_envelope_is_not_garbled_by_its_separators() -> None:
    envelope = b"[)>\x1e06\x1dQ1\x1d\x1e\x04"

    assert faults(read(envelope + b"\r")) == [(envelope, None)]


def test_bytes_that_are_no_text_are_shown_as_numbers() -> None:
    assert Frame(b"WO\xff\xc3\xa4", 0.0).text == "WO\\xffä"


@pytest.mark.parametrize(
    "framing", [{"silence_s": 0.0}, {"longest": 0}, {"silence_s": 2.0}, {"tail_s": float("nan")}]
)
def test_settings_that_can_never_frame_a_code_are_refused(framing: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="can never frame"):
        Framing(**framing)  # type: ignore[arg-type]  # Each key has its own type.


def line_levels(text: bytes, baud: int) -> Iterator[tuple[float, int]]:
    """Yield when a serial line changes, and to what, while it sends the text."""
    for place, byte in enumerate(text):
        bits = [0, *(byte >> k & 1 for k in range(8)), 1]
        yield from (((10 * place + k) / baud, bit) for k, bit in enumerate(bits))


def heard_at(text: bytes, sent: int, read_at: int) -> bytes:
    """Return what a receiver of one speed makes of a sender of another, bit by bit."""
    levels = list(line_levels(text, sent))

    def level(at: float) -> int:
        return next((bit for begin, bit in reversed(levels) if begin <= at), 1)

    heard, at, step = bytearray(), 0.0, 1 / (16 * read_at)
    while at < levels[-1][0] + 10 / sent:
        if level(at):
            at += step
            continue
        middle = [at + (k + 1.5) / read_at for k in range(9)]
        heard.append(sum(level(moment) << k for k, moment in enumerate(middle[:8])))
        at = middle[8]
    return bytes(heard)


@pytest.mark.parametrize(
    ("sent", "read_at"),
    [(9600, 9600), (9600, 19200), (19200, 9600), (9600, 38400), (38400, 9600), (9600, 115200)],
)
def test_a_scan_at_the_wrong_speed_is_never_a_code(sent: int, read_at: int) -> None:
    frames = read(heard_at(b"0000123017\r", sent, read_at))

    if sent == read_at:
        assert faults(frames) == [(b"0000123017", None)]
    else:
        assert None not in {frame.fault for frame in frames}
