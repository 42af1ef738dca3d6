"""The wires to the screens: Socket.IO with types, and the names of its rooms."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask_socketio import SocketIO

DESK = "desk"
"""The room of every connection of the desk."""


def list_room(work_center: str) -> str:
    """Return the room of the screens that show a dispatch list."""
    return f"list:{work_center}"


def station_room(station: str) -> str:
    """Return the room of the connections of one station."""
    return f"station:{station}"


def channel_of(queue_url: str) -> str:
    """Return the channel of a message queue: Redis itself would mix those of its databases."""
    return f"floorline-{urlsplit(queue_url).path.strip('/') or 0}"


def limit_messages(socketio: SocketIO, most: int) -> None:
    """Let no WebSocket collect a message of more bytes, before anybody has said who they are.

    Engine.IO itself measures a message only once all of its frames are here and unpacked.
    """
    untyped: Any = socketio
    engine = untyped.server.eio
    opened = engine._async["websocket"]  # noqa: SLF001 there is no public way

    def limited(*arguments: Any) -> Any:  # noqa: ANN401 - whatever Engine.IO calls a WebSocket
        websocket = opened(*arguments)
        websocket.server_args["max_message_size"] = most
        return websocket

    engine._async = {**engine._async, "websocket": limited}  # noqa: SLF001 as above


class Wires:
    """What the namespaces and the announcer need of Socket.IO."""

    def __init__(self, socketio: SocketIO) -> None:
        self._socketio: Any = socketio

    def tell(
        self, message: str, payload: object, namespace: str, room: str | None, skip: str = ""
    ) -> None:
        """Send a message to a room, or to everybody of a namespace; never to `skip`."""
        self._socketio.server.emit(
            message, payload, to=room, skip_sid=skip or None, namespace=namespace
        )

    def overhear(self, message: str, heard: Callable[[Any], None]) -> None:
        """Call back with what other processes tell our connections under a name."""
        manager = self._socketio.server.manager
        pass_on = manager._handle_emit  # noqa: SLF001 there is no public way

        def overheard(told: dict[str, Any]) -> None:
            pass_on(told)
            if told["event"] == message and told["host_id"] != manager.host_id:
                heard(told["data"][0])

        manager._handle_emit = overheard  # noqa: SLF001 as above

    def enter(self, sid: str, room: str, namespace: str) -> None:
        """Let a connection hear what is told to a room."""
        self._socketio.server.enter_room(sid, room, namespace=namespace)

    def leave(self, sid: str, room: str, namespace: str) -> None:
        """Let a connection hear no more of a room."""
        self._socketio.server.leave_room(sid, room, namespace=namespace)

    def hang_up(self) -> None:
        """End every connection as a broken cable would: all come back, and ask for what is new.

        A polite farewell would tell clients to stay away.
        """
        engine = self._socketio.server.eio
        reason = engine.reason.SERVER_DISCONNECT
        # All at once: what is noted of each one that leaves then shares one commit.
        closing = [
            self._socketio.start_background_task(
                socket.close, wait=False, abort=True, reason=reason
            )
            for socket in list(engine.sockets.values())
        ]
        for task in closing:
            task.join()

    def break_off(self, sid: str, namespace: str) -> None:
        """End one connection as a broken cable would: its client comes back by itself."""
        engine = self._socketio.server.eio
        socket = engine.sockets.get(self._socketio.server.manager.eio_sid_from_sid(sid, namespace))
        if socket is not None:
            socket.close(wait=False, abort=True, reason=engine.reason.SERVER_DISCONNECT)

    def is_connected(self, sid: str, namespace: str) -> bool:
        """Tell whether a connection stands; a client cannot pretend that it does not."""
        return bool(self._socketio.server.manager.is_connected(sid, namespace))

    def disconnect(self, sid: str, namespace: str) -> None:
        """End a connection."""
        self._socketio.server.disconnect(sid, namespace=namespace)
