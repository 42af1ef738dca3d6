"""The baseline: a bare Flask-SocketIO server on gevent that echoes, and tells a room."""

# ruff: noqa: E402 - gevent patches the standard library before anything else is imported.
from gevent import monkey

monkey.patch_all()

import sys
from typing import Any

from flask import Flask
from flask_socketio import Namespace, SocketIO, emit, join_room
from gevent.pywsgi import WSGIServer

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent")


class Echo(Namespace):
    """Answers what it is told, and tells everybody when asked to."""

    def on_connect(self, _auth: object) -> None:
        """Let every connection hear the room."""
        join_room("screens")

    def on_ask(self, payload: Any) -> Any:  # noqa: ANN401 - it echoes anything.
        """Return what was sent."""
        return payload

    def on_tell(self, payload: Any) -> Any:  # noqa: ANN401 - it tells anything.
        """Send it to everybody in the room, then answer."""
        emit("delta", payload, to="screens")
        return {"ok": True}


socketio.on_namespace(Echo("/echo"))

if __name__ == "__main__":
    server = WSGIServer(("127.0.0.1", int(sys.argv[1])), app, log=None)
    server.serve_forever()
