"""Logs: one line an event, without what people wrote."""

import logging

import structlog
from flask import Flask


def init_app(app: Flask) -> None:
    """Send everything through structlog: readable on a terminal, JSON elsewhere."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    if not app.testing:
        root.handlers = [handler]
        root.setLevel(logging.INFO)
        for noisy in ("huey", "engineio", "socketio", "werkzeug", "alembic"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
