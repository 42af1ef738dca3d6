"""The watchdog of a station box: systemd hears that the agent lives only while all of it does.

Every thread of the agent has a pulse. While all of them beat and the journal answers, the router
feeds the watchdog from its own loop; when one stays away, or the router itself hangs, nobody does,
and systemd starts the agent anew. What was read by then is in the journal.
"""

import logging
import time
from collections.abc import Callable
from threading import Event

from hardware.systemd import Systemd
from kiosk.errors import JournalFailed

logger = logging.getLogger(__name__)

DEVICE_S = 60.0
"""How long a device may keep its thread: closing a port may take half a minute in the kernel."""
NETWORK_S = 300.0
"""How long the network may: without a cable, looking a name up may take minutes."""
JOURNAL_S = 60.0
FEEDS = 3
"""How often the watchdog is fed in the time that systemd waits."""
LOOK_S = 5.0
"""How often the status is told where systemd expects no sign of life."""


class Pulse(Event):
    """The order to stop, as one thread sees it: whoever looks for it shows that it lives."""

    def __init__(self, name: str, within_s: float, now: Callable[[], float]) -> None:
        super().__init__()
        self.name = name
        self._within_s = within_s
        self._now = now
        self._last = now()

    def beat(self) -> None:
        """Show that the thread lives."""
        self._last = self._now()

    def is_set(self) -> bool:
        """Tell whether to stop."""
        self.beat()
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the order to stop; the beat before and the one after count."""
        self.beat()
        stopped = super().wait(timeout)
        self.beat()
        return stopped

    @property
    def beats(self) -> bool:
        """Tell whether the last beat is recent enough."""
        return self._now() - self._last <= self._within_s


class Watchdog:
    """Tells systemd how the agent is; only its router's thread may ask it to look."""

    def __init__(
        self, systemd: Systemd | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._systemd = systemd or Systemd()
        self._now = now
        self._pulses: list[Pulse] = []
        self._journal = self.pulse("journal", JOURNAL_S)
        self._next = now()
        self._told = ""
        self._silent: list[str] = []

    def pulse(self, name: str, within_s: float) -> Pulse:
        """Return the pulse of one more thread, which has to beat within so many seconds."""
        pulse = Pulse(name, within_s, self._now)
        self._pulses.append(pulse)
        return pulse

    def ready(self) -> None:
        """Tell that scanners are listened to."""
        self._systemd.ready()

    def look(self, status: Callable[[], str]) -> None:
        """Feed the watchdog if it is time and everything lives; the status asks the journal."""
        now = self._now()
        if not self._systemd.listens or now < self._next:
            return
        self._next = now + (self._systemd.watchdog_s or FEEDS * LOOK_S) / FEEDS
        try:
            line = status()
        except JournalFailed as failed:
            line = f"the journal fails: {failed}"
        else:
            self._journal.beat()
        silent = [pulse.name for pulse in self._pulses if not pulse.beats]
        self._tell("; ".join([line, *(f"{name} does not answer" for name in silent)]))
        self._note(silent)
        if not silent and self._systemd.watchdog_s is not None:
            self._systemd.alive()

    def stopping(self) -> None:
        """Tell that the agent ends."""
        self._systemd.stopping()

    def _tell(self, line: str) -> None:
        if line != self._told:
            self._told = line
            self._systemd.status(line)

    def _note(self, silent: list[str]) -> None:
        if silent != self._silent:
            self._silent = silent
            if silent:
                logger.error("watchdog starves silent=%s", ", ".join(silent))
