"""A real server and a client that keeps to no rule of the protocol."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from secrets import token_hex

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Request, TextMessage
from wsproto.extensions import PerMessageDeflate

from tests.web.serving import Running, Serve

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

MOST_FRAMES = 1000
"""Sixteen megabytes and more in one message: beyond what sockets buffer on the way."""


@pytest.fixture
def running(tmp_path: Path, empty_file: Path) -> Iterator[Running]:
    """Return a server on an empty plant."""
    shutil.copy(empty_file, tmp_path / "floorline.db")
    serve = Serve(tmp_path)
    yield serve()
    serve.stop_all()


def connected(running: Running, speaking: WSConnection) -> socket.socket:
    """Return a connection whose WebSocket is open; nobody has said who they are."""
    host = f"127.0.0.1:{running.port}"
    opened = socket.create_connection(("127.0.0.1", int(running.port)), timeout=10)
    target = "/socket.io/?EIO=4&transport=websocket"
    asked = Request(host=host, target=target, extensions=[PerMessageDeflate()])
    opened.sendall(speaking.send(asked))
    while not any(isinstance(event, AcceptConnection) for event in speaking.events()):
        speaking.receive_data(opened.recv(4096))
    return opened


def flooded(opened: socket.socket, speaking: WSConnection, piece: str) -> None:
    """Send one message that has no end, until the server hangs up."""
    for _ in range(MOST_FRAMES):
        opened.sendall(speaking.send(TextMessage(data=piece, message_finished=False)))
    # What was packed small may all be under way still: an answer, or the end, is what remains.
    while opened.recv(4096):
        pass
    raise ConnectionResetError


@pytest.mark.parametrize("piece", [token_hex(8_000), "x" * 1_000_000], ids=["large", "packed"])
def test_a_message_that_never_ends_is_not_collected(running: Running, piece: str) -> None:
    speaking = WSConnection(ConnectionType.CLIENT)

    with closing(connected(running, speaking)) as opened, pytest.raises(ConnectionError):
        flooded(opened, speaking, piece)

    assert running.get("/healthz").status_code == 200
