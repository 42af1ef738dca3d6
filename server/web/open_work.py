"""Work that has been accepted and not yet answered: a clean stop waits for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OpenWork:
    """Counts the messages and requests that are being worked on."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count one piece of work from here to the end of the block."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is open; tell whether that was so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count == 0, timeout_s)
