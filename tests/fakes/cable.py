"""A network cable that a test can pull: it forwards TCP between a browser and a server."""

import contextlib
import socket
import threading
from dataclasses import dataclass, field

ONCE_B = 65536


@dataclass(slots=True)
class _Line:
    """One connection through the cable."""

    near: socket.socket
    far: socket.socket

    def cut(self) -> None:
        for end in (self.near, self.far):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@dataclass(slots=True)
class Cable:
    """Forwards what comes to `port` to a server of this machine, while it is plugged in."""

    server_port: int
    port: int = 0
    _listener: socket.socket = field(init=False)
    _lines: list[_Line] = field(default_factory=list)
    _plugged: threading.Event = field(default_factory=threading.Event)
    _hears: threading.Event = field(default_factory=threading.Event)
    _closed: bool = False

    def __post_init__(self) -> None:
        """Listen at once."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._plugged.set()
        self._hears.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def unplug(self) -> None:
        """Cut every connection, and refuse new ones."""
        self._plugged.clear()
        lines, self._lines = self._lines, []
        for line in lines:
            line.cut()
        self._hears.set()

    def plug(self) -> None:
        """Let new connections through."""
        self._plugged.set()

    def deafen(self) -> None:
        """Keep the server's words back: what the browser says still arrives."""
        self._hears.clear()

    def close(self) -> None:
        """Put the cable away."""
        self._closed = True
        self.unplug()
        self._listener.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._plugged.is_set():
                self._connect(near)
            else:
                near.close()

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.server_port))
        except OSError:
            near.close()
            return
        line = _Line(near, far)
        self._lines.append(line)
        ever = threading.Event()
        ever.set()
        for source, target, may in ((near, far, ever), (far, near, self._hears)):
            forward = threading.Thread(target=_forward, args=(line, source, target, may))
            forward.daemon = True
            forward.start()


def _forward(
    line: _Line, source: socket.socket, target: socket.socket, may: threading.Event
) -> None:
    with contextlib.suppress(OSError):
        while content := source.recv(ONCE_B):
            may.wait()
            target.sendall(content)
    line.cut()
