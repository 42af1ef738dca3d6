"""A stack light on the network, such as those of Patlite: it shows a state, and is told it anew.

The light follows the state; nothing waits for the light. It is spoken to in PNS commands over TCP
(series NH, NHL and LA, "PNS command reception" in their manuals).
"""

import logging
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Self

from hardware.errors import DeviceGone, UnusableAddress

logger = logging.getLogger(__name__)

SCHEME = "patlite://"
PORT = 10000
AGAIN_S = 30.0
"""How often the light is told what it should be showing already."""
LOOK_S = 0.1
"""How often the state is looked at: a change is shown as soon as the scan is heard of."""
ANSWER_S = 3.0
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0

_ADDRESS = re.compile(
    rf"{SCHEME}(?P<host>[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{{1,5}}))?/?"
)
_WRITE = b"XXS\0\0\x06"
_CLEAR = b"XXC\0\0\0"
_ACK = b"\x06"


@dataclass(frozen=True, slots=True)
class Lights:
    """Which lights of a stack shine; red belongs to machine and safety, and is never ours."""

    yellow: bool = False
    green: bool = False
    blue: bool = False
    white: bool = False

    def __str__(self) -> str:
        return "+".join(color for color in self.__slots__ if getattr(self, color)) or "dark"


def command(lights: Lights) -> bytes:
    """Return what makes a light show a state, without any sound: red to white, then the buzzer."""
    return _WRITE + bytes([0, lights.yellow, lights.green, lights.blue, lights.white, 0])


@dataclass(frozen=True, slots=True)
class LightAddress:
    """Where a stack light is."""

    host: str
    port: int = PORT

    @classmethod
    def parse(cls, address: str) -> Self:
        """Return what `patlite://host[:port]` names, or raise UnusableAddress."""
        match = _ADDRESS.fullmatch(address)
        port = int(match["port"] or PORT) if match else 0
        if not match or not 0 < port < 1 << 16:
            raise UnusableAddress(address, f"a light is written {SCHEME}host or {SCHEME}host:port")
        return cls(match["host"].strip("[]"), port)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{SCHEME}{host}:{self.port}"


class StackLight:
    """One stack light; `shine` is the whole life of its thread."""

    def __init__(
        self, address: LightAddress, lights: Callable[[], Lights], again_s: float = AGAIN_S
    ) -> None:
        self._address = address
        self._lights = lights
        self._again_s = again_s
        self._is_there: bool | None = None

    def shine(self, stop: Event) -> None:
        """Show the state until told to stop, whatever happens to the light."""
        wait_s = FIRST_WAIT_S
        while not stop.is_set():
            try:
                with self._connected() as line:
                    shown = self._show(line)
                    wait_s = FIRST_WAIT_S
                    while self._has_more(shown, stop):
                        shown = self._show(line)
                    # A light that nobody tends any more would go on telling what was.
                    self._ask(line, _CLEAR)
            except DeviceGone as gone:
                self._note(is_there=False, reason=gone.reason)
            stop.wait(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)

    def _has_more(self, shown: Lights, stop: Event) -> bool:
        """Wait until there is something to show, or tell that there will be nothing any more."""
        again_at = time.monotonic() + self._again_s
        while self._lights() == shown and time.monotonic() < again_at:
            if stop.wait(LOOK_S):
                return False
        return not stop.is_set()

    def _show(self, line: socket.socket) -> Lights:
        lights = self._lights()
        self._ask(line, command(lights))
        self._note(is_there=True)
        return lights

    def _connected(self) -> socket.socket:
        where = self._address.host, self._address.port
        try:
            return socket.create_connection(where, timeout=ANSWER_S)
        except OSError as problem:
            raise self._gone(str(problem)) from problem

    def _ask(self, line: socket.socket, said: bytes) -> None:
        try:
            line.sendall(said)
            answer = line.recv(1)
        except OSError as problem:
            raise self._gone(str(problem)) from problem
        if answer != _ACK:
            raise self._gone(f"it refuses: {answer.hex(' ')}" if answer else "it hung up")

    def _gone(self, reason: str) -> DeviceGone:
        return DeviceGone(str(self._address), reason)

    def _note(self, *, is_there: bool, reason: str = "") -> None:
        if is_there is self._is_there:
            return
        self._is_there = is_there
        if is_there:
            logger.info("stack light there address=%s", self._address)
        else:
            logger.warning("stack light gone address=%s reason=%s", self._address, reason)
