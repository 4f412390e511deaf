"""Live updates listen to commits: what this process wrote is told at once."""

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.changes import TOLD

from .opening import HUBS, OpensWhenAsked


def init_app(app: Flask) -> None:
    """Open Socket.IO once a browser asks for it."""
    app.wsgi_app = OpensWhenAsked(app)  # type: ignore[method-assign]  # the way Werkzeug documents it


@event.listens_for(Session, "after_commit")
def _tell(session: Session) -> None:
    if session.info.pop(TOLD, False):
        for hub in list(HUBS):
            hub.wake.set()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(TOLD, None)
