"""All voices tell the same of a scan, each for itself, and a beeper tells each scan once."""

import logging
from datetime import timedelta

import pytest

from hardware.beepers import Beeps, Dialect, Tone, beeps
from hardware.framing import Fault
from kiosk.events import Answer, Answered, Event, Link, LinkChanged, Scan
from kiosk.feedback import Feedback
from kiosk.voices import Beeper, Chorus
from tests.kiosk.box import NOON, Ears, Watch

SCAN = Scan(NOON, "1000123456", "/dev/scanner", late=False)
EVENT = Event(1, "an-id", SCAN)
STARTED = Answer("ok", "started", "WO100245 / 010", {}, {})


class Hoarse(Ears):
    """A voice that fails at whatever it is to tell."""

    def __getattribute__(self, name: str) -> object:
        raise OSError("no voice")


class Sounds:
    """What a beeper of a station sends to its devices, as tones."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Tone]] = []

    def send(self, device: str, sent: Beeps) -> None:
        # The first: what was kept sounds as what was taken.
        self.told.append((device, next(tone for tone in Tone if _sounds(tone) == sent)))

    @property
    def tones(self) -> list[Tone]:
        return [tone for _, tone in self.told]


def _sounds(tone: Tone) -> Beeps:
    return beeps(Dialect.BEL, tone)


@pytest.fixture
def sounds() -> Sounds:
    return Sounds()


@pytest.fixture
def beeper(sounds: Sounds, watch: Watch) -> Beeper:
    return Beeper(Dialect.BEL, sounds.send, watch)


def tell_all(voice: Feedback) -> None:
    """Tell everything that there is to tell."""
    voice.answered(Answered(EVENT, STARTED))
    voice.kept(EVENT, 3)
    voice.repeated(SCAN)
    voice.misread(SCAN, Fault.GARBLED)
    voice.not_kept(SCAN, "disk full")
    voice.overheard(STARTED)
    voice.linked(LinkChanged(Link.AWAY))


# The chorus


def test_every_voice_tells_everything() -> None:
    alone, first, second, joined = Ears(), Ears(), Ears(), Ears()
    tell_all(alone)
    chorus = Chorus(first, second)
    chorus.join(joined)

    tell_all(chorus)

    assert len(alone.told.queue) == 5
    assert first.told.queue == second.told.queue == joined.told.queue == alone.told.queue


def test_a_voice_that_fails_silences_no_other(caplog: pytest.LogCaptureFixture) -> None:
    alone, ears = Ears(), Ears()
    tell_all(alone)

    with caplog.at_level(logging.ERROR):
        tell_all(Chorus(Hoarse(), ears))

    assert ears.told.queue == alone.told.queue
    assert {record.getMessage() for record in caplog.records} == {"voice failed voice=Hoarse"}


# The beeper


@pytest.mark.parametrize(
    ("verdict", "tone"),
    [
        ("ok", Tone.TAKEN),
        ("look", Tone.LOOK),
        ("refused", Tone.NOT_TAKEN),
        ("call", Tone.CALL),
        ("of-a-newer-server", Tone.LOOK),
    ],
)
def test_a_verdict_sounds_at_the_scanner_that_has_read_the_code(
    beeper: Beeper, sounds: Sounds, verdict: str, tone: Tone
) -> None:
    beeper.answered(Answered(EVENT, Answer(verdict, "a-code", "", {}, {})))

    assert sounds.told == [("/dev/scanner", tone)]


def test_what_was_kept_has_had_its_tone_when_the_verdict_comes(
    beeper: Beeper, sounds: Sounds
) -> None:
    beeper.kept(EVENT, 1)

    beeper.answered(Answered(EVENT, Answer("refused", "held", "", {}, {})))

    assert sounds.tones == [Tone.TAKEN]


def test_scans_of_an_earlier_run_are_answered_in_silence(
    beeper: Beeper, sounds: Sounds, watch: Watch
) -> None:
    watch.wait(timedelta(minutes=1).total_seconds())

    beeper.answered(Answered(EVENT, STARTED))

    assert sounds.told == []


def test_what_waited_for_a_badge_sounds_still(beeper: Beeper, sounds: Sounds, watch: Watch) -> None:
    watch.wait(timedelta(seconds=20).total_seconds())

    beeper.answered(Answered(EVENT, STARTED))

    assert sounds.tones == [Tone.TAKEN]


def test_whatever_else_a_scanner_reads_has_its_tone_too(beeper: Beeper, sounds: Sounds) -> None:
    beeper.repeated(SCAN)
    beeper.misread(SCAN, Fault.GARBLED)
    beeper.not_kept(SCAN, "disk full")

    assert sounds.tones == [Tone.AGAIN, Tone.NOT_TAKEN, Tone.NOT_TAKEN]


def test_what_happens_elsewhere_makes_no_sound(beeper: Beeper, sounds: Sounds) -> None:
    beeper.overheard(STARTED)
    beeper.linked(LinkChanged(Link.AWAY))

    assert sounds.told == []
