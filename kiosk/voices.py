"""Who tells the operator besides the terminal: all voices together, and the scanner's beeper."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from hardware.beepers import Beeps, Dialect, Tone, beeps
from hardware.framing import Fault
from kiosk.events import Answer, Answered, Event, LinkChanged, Scan
from kiosk.feedback import Feedback

logger = logging.getLogger(__name__)

TONES = {"ok": Tone.TAKEN, "look": Tone.LOOK, "refused": Tone.NOT_TAKEN, "call": Tone.CALL}
FRESH = timedelta(seconds=30)
"""A scan older than this is told without a sound: it would be taken for that of another one.

What waited for a badge is sounded still.
"""


class Chorus:
    """Several voices that tell the same; one that fails silences none of the others."""

    def __init__(self, *voices: Feedback) -> None:
        self._voices = [*voices]

    def join(self, voice: Feedback) -> None:
        """Let one more voice tell the same from now on."""
        self._voices.append(voice)

    def answered(self, answered: Answered) -> None:
        """Tell the server's verdict."""
        self._each(lambda voice: voice.answered(answered))

    def kept(self, event: Event, unsent: int) -> None:
        """Tell that a scan is safe here while the server is away."""
        self._each(lambda voice: voice.kept(event, unsent))

    def repeated(self, scan: Scan) -> None:
        """Tell that the same code was just read."""
        self._each(lambda voice: voice.repeated(scan))

    def misread(self, scan: Scan, fault: Fault) -> None:
        """Tell that bytes came which are no code."""
        self._each(lambda voice: voice.misread(scan, fault))

    def not_kept(self, scan: Scan, reason: str) -> None:
        """Tell, as loudly as possible, that a scan is lost: it has to be read again."""
        self._each(lambda voice: voice.not_kept(scan, reason))

    def overheard(self, answer: Answer) -> None:
        """Tell what came of a touch or a scan at another device of the station."""
        self._each(lambda voice: voice.overheard(answer))

    def linked(self, changed: LinkChanged) -> None:
        """Tell that the server has come or gone."""
        self._each(lambda voice: voice.linked(changed))

    def _each(self, tell: Callable[[Feedback], None]) -> None:
        for voice in self._voices:
            try:
                tell(voice)
            except Exception:  # The one place where a bug must not cost the others their voice.
                logger.exception("voice failed voice=%s", type(voice).__name__)


class Beeper:
    """Sounds the beeper of the scanner that has read the code: one tone for each scan."""

    def __init__(
        self,
        dialect: Dialect,
        send: Callable[[str, Beeps], None],
        now: Callable[[], datetime],
    ) -> None:
        self._dialect = dialect
        self._send = send
        self._now = now
        self._sounded: set[int] = set()
        """What was told as kept, and will be answered some time."""

    def answered(self, answered: Answered) -> None:
        """Sound the server's verdict, unless the scan has had its tone, or is long past."""
        event = answered.event
        if event.seq in self._sounded:
            self._sounded.remove(event.seq)
        elif abs(self._now() - event.scan.at) <= FRESH:
            # A verdict that only a newer server knows is one to look at.
            self._sound(event.scan, TONES.get(answered.answer.verdict, Tone.LOOK))

    def kept(self, event: Event, unsent: int) -> None:
        """Sound that a scan is safe."""
        del unsent
        self._sounded.add(event.seq)
        self._sound(event.scan, Tone.KEPT)

    def repeated(self, scan: Scan) -> None:
        """Sound that nothing came of it, and nothing had to."""
        self._sound(scan, Tone.AGAIN)

    def misread(self, scan: Scan, fault: Fault) -> None:
        """Sound that it was not taken."""
        del fault
        self._sound(scan, Tone.NOT_TAKEN)

    def not_kept(self, scan: Scan, reason: str) -> None:
        """Sound that it was not taken."""
        del reason
        self._sound(scan, Tone.NOT_TAKEN)

    def overheard(self, answer: Answer) -> None:
        """Keep quiet: whoever touched the screen is told by the screen."""

    def linked(self, changed: LinkChanged) -> None:
        """Keep quiet: nobody has scanned anything."""

    def _sound(self, scan: Scan, tone: Tone) -> None:
        self._send(scan.device, beeps(self._dialect, tone))
