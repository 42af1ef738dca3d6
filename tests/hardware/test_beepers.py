"""Each tone says one thing only, in every dialect, and the documentation knows all of them."""

import re
from pathlib import Path

import pytest

from hardware.beepers import Beeps, Dialect, Tone, beeps

SOUNDING = [dialect for dialect in Dialect if dialect is not Dialect.NONE]
NAMES = {"\a": "BEL", "\x01": "01h", "\x1b": "ESC "}


def written(tone: Beeps) -> str:
    """Return a tone as docs/stations.md has it: bytes by name, pauses in seconds."""
    parts: list[str] = []
    for beep in tone:
        sent = "".join(NAMES.get(letter, letter) for letter in beep.sends.decode())
        parts += [f"`{sent}`", f"{beep.pause_s} s"]
    return " ".join(parts[:-1])


@pytest.mark.parametrize("dialect", SOUNDING)
@pytest.mark.parametrize("tone", Tone)
def test_every_tone_sounds_and_does_not_run_into_the_next(dialect: Dialect, tone: Tone) -> None:
    sounded = beeps(dialect, tone)

    assert all(beep.sends for beep in sounded)
    assert sounded[-1].pause_s > max([0.0, *(beep.pause_s for beep in sounded[:-1])])


@pytest.mark.parametrize("tone", Tone)
def test_a_beeper_that_is_not_ours_is_sent_nothing(tone: Tone) -> None:
    assert beeps(Dialect.NONE, tone) == ()


@pytest.mark.parametrize("dialect", SOUNDING)
def test_no_two_tones_sound_alike(dialect: Dialect) -> None:
    sounds = {beeps(dialect, tone) for tone in Tone if tone is not Tone.KEPT}

    assert len(sounds) == len(Tone) - 1


@pytest.mark.parametrize("dialect", SOUNDING)
def test_what_is_safe_here_sounds_as_good_as_taken(dialect: Dialect) -> None:
    assert beeps(dialect, Tone.KEPT) == beeps(dialect, Tone.TAKEN)


@pytest.mark.parametrize("tone", Tone)
def test_every_command_of_honeywell_ends_with_a_comma(tone: Tone) -> None:
    for beep in beeps(Dialect.HONEYWELL, tone):
        assert re.fullmatch(rb"(?:\x1b[456],)+", beep.sends)


@pytest.mark.parametrize("tone", Tone)
def test_the_documentation_has_every_tone_of_every_dialect(tone: Tone) -> None:
    stations = Path("docs/stations.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{tone}` \|(.*)\|$", stations, re.MULTILINE)

    assert row, tone
    cells = [cell.strip() for cell in row[1].split("|")]
    assert cells[1:] == [written(beeps(dialect, tone)) for dialect in SOUNDING]
