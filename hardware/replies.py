"""The way back to a device: what may be lost, and must never hold anybody up."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread

from hardware.beepers import Beeps
from hardware.errors import DeviceGone
from hardware.sources import Opened

logger = logging.getLogger(__name__)

MOST_WAITING = 4
"""A beep that comes later than this many others would be taken for that of another scan."""


class Replies:
    """What is sent to one device while its port is open; while it is not, nothing."""

    def __init__(self) -> None:
        self._mouth: _Mouth | None = None

    def send(self, beeps: Beeps) -> None:
        """Have beeps sent soon, or never; returns at once, from any thread."""
        mouth = self._mouth
        if mouth is not None and beeps:
            mouth.say(beeps)

    @contextmanager
    def through(self, port: Opened) -> Iterator[None]:
        """Let an open port be written to; on leaving, nobody does so any more.

        The port may be closed only then: its number would at once be that of another file, such
        as the journal, and a late beep would go in there.
        """
        mouth = _Mouth(port)
        thread = Thread(target=mouth.speak, name=f"replies to {port.address}", daemon=True)
        thread.start()
        self._mouth = mouth
        try:
            yield
        finally:
            self._mouth = None
            mouth.shut()
            thread.join()


class _Mouth:
    """What waits to be sent to one open port, and a thread that may hang in a write to it."""

    def __init__(self, port: Opened) -> None:
        self._port = port
        self._waiting: SimpleQueue[Beeps] = SimpleQueue()
        self._shut = Event()
        self._has_lost = False

    def say(self, beeps: Beeps) -> None:
        if self._waiting.qsize() < MOST_WAITING:
            self._waiting.put(beeps)

    def shut(self) -> None:
        self._shut.set()
        self._waiting.put(())
        self._port.stop_writing()

    def speak(self) -> None:
        while not self._shut.is_set():
            try:
                self._send(self._waiting.get())
            except DeviceGone as gone:
                self._lose(gone)

    def _send(self, beeps: Beeps) -> None:
        for beep in beeps:
            if self._shut.is_set():
                return
            self._port.write(beep.sends)
            self._shut.wait(beep.pause_s)

    def _lose(self, gone: DeviceGone) -> None:
        """Forget what has become too old meanwhile; if the device is gone, the reader says so."""
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()
        if self._shut.is_set() or self._has_lost:
            return
        self._has_lost = True
        logger.warning("beep lost device=%s reason=%s", self._port.address, gone.reason)
