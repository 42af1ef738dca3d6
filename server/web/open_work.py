"""Work that has been accepted and not yet answered: a clean stop waits for it."""

import threading
from types import TracebackType


class OpenWork:
    """Counts the messages and requests that are being worked on, each a `with` block."""

    def __init__(self) -> None:
        self._count = 0
        # A plain lock: a reentrant one costs every message more than all else here.
        self._changed = threading.Condition(threading.Lock())

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._count -= 1
            if not self._count:
                self._changed.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing is open; tell whether that was so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count == 0, timeout_s)
