"""Logs: one line of JSON an event, without what people wrote."""

import logging
from datetime import UTC, datetime

import orjson
from flask import Flask

_NOISY = ("huey", "engineio", "socketio", "werkzeug", "alembic")


class JsonLine(logging.Formatter):
    """A record as one object: what happened, how bad it is, when (UTC), and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        line = {
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC),
            "logger": record.name,
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z).decode(errors="replace")


def init_app(app: Flask) -> None:
    """Send everything of this process through the one formatter; a test run keeps its own handlers."""
    if app.testing:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
