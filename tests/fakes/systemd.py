"""A systemd for tests: the socket to which services speak, and what was said to it."""

import socket
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_S = 30.0
MOST_BYTES = 4096


class FakeSystemd:
    """A real datagram socket, as NOTIFY_SOCKET names it."""

    def __init__(self, watchdog_s: float | None = None) -> None:
        # The kernel takes about a hundred letters, and folders of tests have long names.
        self._folder = tempfile.TemporaryDirectory()
        self._address = str(Path(self._folder.name) / "notify")
        self._watchdog_s = watchdog_s
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self._address)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()
        self._folder.cleanup()

    def environment(self, pid: int | None = None) -> dict[str, str]:
        """Return what a service finds in its environment; without a pid it is any process."""
        found = {"NOTIFY_SOCKET": self._address}
        if self._watchdog_s is not None:
            found["WATCHDOG_USEC"] = str(int(self._watchdog_s * 1_000_000))
        if pid is not None:
            found["WATCHDOG_PID"] = str(pid)
        return found

    def next(self) -> str:
        """Return what is said next, waiting for it."""
        self._socket.settimeout(PATIENCE_S)
        return self._socket.recv(MOST_BYTES).decode()

    def hears(self, said: str) -> list[str]:
        """Wait until something is said; return what was said before it."""
        before = []
        while (heard := self.next()) != said:
            before.append(heard)
        return before

    def stays_silent(self, seconds: float) -> bool:
        """Tell whether nothing is said for some time."""
        self._socket.settimeout(seconds)
        try:
            self._socket.recv(MOST_BYTES)
        except TimeoutError:
            return True
        return False

    def said(self) -> list[str]:
        """Return all that has been said and not been taken yet."""
        self._socket.setblocking(False)  # noqa: FBT003 - as the standard library names it
        heard = []
        while True:
            try:
                heard.append(self._socket.recv(MOST_BYTES).decode())
            except BlockingIOError:
                return heard
