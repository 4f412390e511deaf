"""Ids and times, made in one place."""

from datetime import UTC, datetime

import uuid_utils


def new_id() -> str:
    """A UUIDv7 (RFC 9562): opaque to others, and sorted by time for the database's sake."""
    return str(uuid_utils.uuid7())


def now() -> datetime:
    """The current moment, with its zone."""
    return datetime.now(UTC)
