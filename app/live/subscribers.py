"""Live updates listen to commits: what this process wrote is told at once."""

import weakref

from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.changes import TOLD

from .hub import NAMESPACE, Hub
from .limits import SocketLimit
from .sockets import FastJson, LiveNamespace, unexpected

LONGEST_MESSAGE = 16 << 10
"""Bytes: a browser sends a name and a cursor, nothing more."""

_HUBS: "weakref.WeakSet[Hub]" = weakref.WeakSet()


def init_app(app: Flask) -> None:
    """Open Socket.IO on its default path. Foreign origins are refused: its default is the own host only."""
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
    app.wsgi_app = SocketLimit(app.wsgi_app, app.config["SETTINGS"].max_sockets)  # type: ignore[method-assign]  # the way Werkzeug documents it
    app.extensions["foreword.live"] = hub
    _HUBS.add(hub)


@event.listens_for(Session, "after_commit")
def _tell(session: Session) -> None:
    if session.info.pop(TOLD, False):
        for hub in list(_HUBS):
            hub.wake.set()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(TOLD, None)
