"""What a service tells systemd: that it is ready, how it is, that it lives, that it stops.

The protocol is a datagram of `NAME=value` lines to the socket that NOTIFY_SOCKET names, see
sd_notify(3). Where nobody listens, as at a terminal, nothing is said.
"""

import logging
import os
import socket
from collections.abc import Mapping

logger = logging.getLogger(__name__)

SEND_S = 1.0
"""How long a word may wait for a systemd that is busy; work goes on without it."""
US_PER_S = 1_000_000


class Systemd:
    """The service manager that has started this process, if one has."""

    def __init__(self, address: str = "", watchdog_s: float | None = None) -> None:
        self._address = _socket_name(address)
        self.watchdog_s = watchdog_s
        """Within how many seconds a sign of life is expected again and again; None: never."""

    @property
    def listens(self) -> bool:
        """Tell whether anybody wants to know."""
        return bool(self._address)

    def ready(self) -> None:
        """Tell that the service does now what it is there for."""
        self._tell("READY=1")

    def status(self, line: str) -> None:
        """Tell in one line how it is; `systemctl status` shows it."""
        self._tell("STATUS=" + " ".join(line.split()))

    def alive(self) -> None:
        """Give the sign of life that keeps systemd from starting the service anew."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Tell that the service ends."""
        self._tell("STOPPING=1")

    def _tell(self, said: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.settimeout(SEND_S)
                line.connect(self._address)
                line.send(said.encode())
        except OSError as problem:
            logger.warning("systemd not told said=%s reason=%s", said, problem)


def started_by(environment: Mapping[str, str]) -> Systemd:
    """Return the systemd that an environment names, else one to which nothing is said."""
    return Systemd(environment.get("NOTIFY_SOCKET", ""), _watchdog_s(environment))


def _socket_name(address: str) -> str:
    """Return the address as the kernel wants it; other kinds are not for services."""
    if address.startswith("@"):
        return "\0" + address[1:]
    return address if address.startswith("/") else ""


def _watchdog_s(environment: Mapping[str, str]) -> float | None:
    """Return what WatchdogSec= of the unit says, unless it is meant for another process."""
    asked = environment.get("WATCHDOG_USEC", "")
    if not asked.isdecimal() or int(asked) == 0:
        return None
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    return int(asked) / US_PER_S
