"""A stack light on a real socket: it speaks PNS as its manual says, well or badly."""

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from queue import Queue
from threading import Thread

PATIENCE_S = 30.0
HEADER_B = 6


class Manner(Enum):
    """How a light takes a command."""

    ACK = b"\x06"
    NAK = b"\x15"
    HANG = b""
    """It says nothing at all."""
    CLOSE = None
    """It hangs up instead of answering."""


@dataclass
class Patlite:
    """A light and the commands that it has heard, in order."""

    manner: Manner = Manner.ACK
    heard: Queue[bytes] = field(default_factory=Queue)
    port: int = 0
    _listener: socket.socket | None = None
    _threads: list[Thread] = field(default_factory=list)
    _lines: list[socket.socket] = field(default_factory=list)

    def plug(self) -> "Patlite":
        """Listen, always at the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._run(self._accept, self._listener)
        return self

    def unplug(self) -> None:
        """Cut every connection and refuse new ones."""
        if self._listener is not None:
            # Closing alone would leave the thread waiting in accept.
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
            # It may have let one more in.
            self._threads.pop(0).join(PATIENCE_S)
        self.cut()
        while self._threads:
            self._threads.pop().join(PATIENCE_S)

    def cut(self) -> None:
        """Cut every connection, as a light does that was switched off and on."""
        while self._lines:
            with suppress(OSError):
                self._lines.pop().shutdown(socket.SHUT_RDWR)

    def next(self) -> bytes:
        """Return the next command that was heard."""
        return self.heard.get(timeout=PATIENCE_S)

    def hear(self, wanted: bytes) -> None:
        """Wait until a command is heard; others are passed over."""
        while self.next() != wanted:
            pass

    def _run(self, work: object, line: socket.socket) -> None:
        thread = Thread(target=work, args=(line,))  # type: ignore[arg-type]  # Both are methods.
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line = listener.accept()[0]
                self._lines.append(line)
                self._run(self._serve, line)

    def _serve(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            while header := _exactly(line, HEADER_B):
                size = int.from_bytes(header[4:], "big")
                self.heard.put(header + _exactly(line, size))
                if self.manner is Manner.CLOSE:
                    return
                line.sendall(self.manner.value or b"")


def _exactly(line: socket.socket, size: int) -> bytes:
    """Return so many bytes, or fewer when the other side has hung up."""
    said = b""
    while len(said) < size and (more := line.recv(size - len(said))):
        said += more
    return said
