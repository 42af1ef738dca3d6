"""The agent of a station: what the scanners say goes into the journal, then to the server.

Each scanner has its thread and so has the uplink; everything meets on one queue, and one thread,
the router, takes it from there. It alone decides what is a scan and what the operator is told.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from queue import Empty, Queue
from threading import Event as Flag
from threading import Thread

from hardware.beepers import Beeps
from hardware.scanners import Heard, Presence, Reading, Scanner
from kiosk.devices import Device, meant
from kiosk.errors import JournalFailed
from kiosk.events import Answered, Event, Link, LinkChanged, News, Overheard, Scan
from kiosk.feedback import Feedback
from kiosk.journal import Journal
from kiosk.uplink import Uplink
from kiosk.waiting import BadgeWait
from kiosk.watchdog import DEVICE_S, NETWORK_S, Pulse, Watchdog

logger = logging.getLogger(__name__)

SAME_S = 2.0
"""The same code from the same scanner within this time is one scan."""
LOOK_S = 0.2
"""How often the router looks whether it is to stop."""
STOP_S = 15.0


class ThreadEnded(RuntimeError):
    """A thread that lives as long as the agent has ended: a bug, and a reason to start anew."""


class Router:
    """Takes what is heard, one after the other, and says what comes of it."""

    def __init__(
        self, journal: Journal, uplink: Uplink, feedback: Feedback, now: Callable[[], datetime]
    ) -> None:
        self._journal = journal
        self._uplink = uplink
        self._feedback = feedback
        self._now = now
        self._link: Link | None = None
        self._last: dict[str, tuple[str, float]] = {}
        self._waiting = BadgeWait()
        self._untold: dict[int, Event] = {}

    def take(self, heard: Heard | News) -> None:
        """Do what follows from one thing that was heard."""
        match heard:
            case Reading():
                self._read(heard)
            case Answered():
                self._untold.pop(heard.event.seq, None)
                self._feedback.answered(heard)
                self._go_on(heard)
            case Overheard():
                self._feedback.overheard(heard.answer)
                self._go_on(heard)
            case LinkChanged():
                self._link = heard.link
                self._feedback.linked(heard)
                self._tell_kept()
            case Presence():
                self._uplink.status.note(heard)
                self._uplink.stir()

    def status(self) -> str:
        """Return in one line how the station is; raise JournalFailed."""
        server = "here" if self._link is Link.HERE else "away"
        if self._link is Link.SHUT:
            server = "shuts this station out"
        return f"server {server}, {self._journal.count_unsent()} unsent"

    def _read(self, reading: Reading) -> None:
        frame = reading.frame
        text = frame.text if frame.fault else meant(frame.text, reading.role)
        scan = Scan(self._now(), text, reading.device, reading.is_late)
        if frame.fault is not None:
            self._feedback.misread(scan, frame.fault)
        elif self._repeats(scan, reading.at):
            self._feedback.repeated(scan)
        else:
            self._keep(scan)

    def _repeats(self, scan: Scan, at: float) -> bool:
        text, before = self._last.get(scan.device, ("", at))
        self._last[scan.device] = (scan.text, at)
        return text == scan.text and at - before < SAME_S

    def _keep(self, scan: Scan) -> None:
        try:
            event = self._journal.keep(scan)
        except JournalFailed as failed:
            # It was not taken, so reading it once more is a new attempt.
            self._last.pop(scan.device, None)
            logger.critical("scan not kept device=%s reason=%s", scan.device, failed)
            self._feedback.not_kept(scan, str(failed))
            return
        self._untold[event.seq] = event
        self._tell_kept()
        self._uplink.stir()

    def _tell_kept(self) -> None:
        """Tell of what is safe here only; while the server is there, its verdict will do."""
        if self._link is Link.HERE:
            return
        for event in self._untold.values():
            self._feedback.kept(event, self._count_unsent())
        self._untold.clear()

    def _count_unsent(self) -> int:
        try:
            return self._journal.count_unsent()
        except JournalFailed:
            return len(self._untold)

    def _go_on(self, news: Answered | Overheard) -> None:
        """Send what waited for a badge again, as a new attempt of its own."""
        scan = self._waiting.after(news, self._now())
        if scan is not None:
            self._keep(scan)


def patience(device: Device) -> float:
    """Return for how many seconds a device may keep its thread without a sign of life."""
    return NETWORK_S if "://" in device.address else DEVICE_S


def _thread(pulse: Pulse, work: Callable[..., None], *args: object) -> Thread:
    return Thread(target=work, args=args, name=pulse.name, daemon=True)


class Agent:
    """The threads of a station box."""

    def __init__(
        self,
        router: Router,
        uplink: Uplink,
        devices: Sequence[Device],
        watchdog: Watchdog | None = None,
    ) -> None:
        self._router = router
        self._uplink = uplink
        self._watchdog = watchdog or Watchdog()
        self._queue: Queue[Heard | News] = Queue()
        sending = self._watchdog.pulse("uplink", NETWORK_S)
        self._threads = [_thread(sending, uplink.run, self._queue.put, sending.beat)]
        self._listening: list[Pulse] = []
        self._readers: dict[str, Scanner] = {}
        for device in devices:
            pulse = self._watchdog.pulse(device.address, patience(device))
            self._listening.append(pulse)
            reader = self._readers[device.address] = device.reader(self._queue)
            self._threads.append(_thread(pulse, reader.listen, pulse))

    def send(self, device: str, beeps: Beeps) -> None:
        """Have the device beep that has read a code; returns at once, heard or not."""
        if device in self._readers:
            self._readers[device].send(beeps)

    def run(self, stop: Flag) -> None:
        """Work until told to stop; what was read by then is in the journal."""
        for thread in self._threads:
            thread.start()
        self._watchdog.ready()
        try:
            while not stop.is_set():
                self._take_next()
                self._check_threads()
                self._watchdog.look(self._router.status)
        finally:
            self._watchdog.stopping()
            for pulse in self._listening:
                pulse.set()
            self._uplink.stop()
            for thread in self._threads:
                thread.join(STOP_S)
            self._take_rest()

    def _take_next(self) -> None:
        try:
            self._router.take(self._queue.get(timeout=LOOK_S))
        except Empty:
            return

    def _take_rest(self) -> None:
        """Keep what was read last; it will be sent after the next start."""
        self._router.take(LinkChanged(Link.AWAY, "the agent stops"))
        while not self._queue.empty():
            self._take_next()

    def _check_threads(self) -> None:
        for thread in self._threads:
            if not thread.is_alive():
                raise ThreadEnded(thread.name)
