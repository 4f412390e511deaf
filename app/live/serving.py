"""Socket.IO on its default path, with the hub behind it and a limit in front."""

from flask import Flask
from flask_socketio import SocketIO

from .hub import NAMESPACE, Hub
from .limits import SocketLimit
from .packets import FastJson, refuse_malformed
from .sockets import LiveNamespace, unexpected

LONGEST_MESSAGE = 16 << 10
"""Bytes: a browser sends a name and a cursor, nothing more."""


def serve_sockets(app: Flask) -> Hub:
    """Put Socket.IO in front of the application. Foreign origins are refused: its default is the own host only."""
    socketio = SocketIO(
        app,
        async_mode="threading",
        async_handlers=False,  # one client's requests one after the other: a flood stays its own
        manage_session=False,
        json=FastJson,
        max_http_buffer_size=LONGEST_MESSAGE,
        ping_interval=20,
        ping_timeout=20,
    )
    hub = Hub(app, socketio)
    socketio.on_namespace(LiveNamespace(hub))
    socketio.on_error(NAMESPACE)(unexpected)
    refuse_malformed(socketio)
    app.wsgi_app = SocketLimit(app.wsgi_app, app.config["SETTINGS"].max_sockets)  # type: ignore[method-assign]  # the way Werkzeug documents it
    return hub
