"""What the worker does for the inbox."""

from app.core.jobs import sweep

from .operations import read_the_log

sweep(seconds=2)(read_the_log)
