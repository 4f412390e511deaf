"""What comes over the wire before any handler sees it: JSON by orjson, and broken packets let go quietly.

Engine.IO and Socket.IO raise on packets that no client of theirs sends. That would be a traceback in the log
and, below a WebSocket, a connection that is never cleaned up; here it is the end of that one connection.
"""

import logging
from collections.abc import Callable
from typing import Any

import orjson
from engineio.async_drivers.threading import SimpleWebSocketWSGI
from engineio.packet import Packet
from flask_socketio import ConnectionRefusedError, SocketIO

log = logging.getLogger(__name__)

# What the two libraries raise while they take a packet apart, or an event that only calls itself “connect”.
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, ConnectionRefusedError)


class FastJson:
    """The JSON of the packets, by orjson: an envelope is made once, a broken one is refused cleanly."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        """As Socket.IO asks for it; its options say what orjson does anyway."""
        return orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()

    @staticmethod
    def loads(text: str | bytes, **_options: Any) -> Any:
        """Raises ValueError for what is no JSON."""
        return orjson.loads(text)


class StrictWebSocket(SimpleWebSocketWSGI):
    """A WebSocket that ends at the first thing that is no Engine.IO packet."""

    def wait(self) -> str | bytes | None:
        """The next message, or None once there is none any more."""
        message: str | bytes | None = super().wait()
        if message is None:
            return None
        try:
            Packet(encoded_packet=message)
        except MALFORMED:
            log.info("a malformed packet ends its connection")
            return None
        return message


def refuse_malformed(socketio: SocketIO) -> None:
    """Let go whoever sends what is no packet, instead of raising."""
    engine = socketio.server.eio
    engine._async = engine._async | {"websocket": StrictWebSocket}  # noqa: SLF001  # it has no other door for this
    handle: Callable[[str, Any], None] = engine.handlers["message"]

    def guarded(eio_sid: str, data: Any) -> None:
        try:
            handle(eio_sid, data)
        except MALFORMED:
            log.info("a malformed Socket.IO packet ends its connection")
            engine.disconnect(eio_sid)

    engine.handlers["message"] = guarded
