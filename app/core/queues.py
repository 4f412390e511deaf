"""The queue's library and what it keeps. Loaded by the first who needs a queue, see `jobs`."""

import json
from datetime import datetime
from typing import Any

from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer


class JsonSerializer(Serializer):
    """Messages as JSON: a queue that somebody else could write to must never hold code (no pickle)."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data, default=_moment).encode()

    def _deserialize(self, data: bytes) -> Any:
        fields = json.loads(data)
        if not isinstance(fields, list):
            return fields
        message = Message(*fields)
        return message._replace(eta=_parsed(message.eta), expires_resolved=_parsed(message.expires_resolved))


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a job takes plain values, not {type(value).__name__}")


def _parsed(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def open_queue(name: str, path: str, redis_url: str) -> Huey:
    """A queue in Redis where its address is given, else in the SQLite file at ``path``, else in memory."""
    options = {"results": False, "serializer": JsonSerializer(), "utc": True}
    if redis_url:
        return RedisHuey(name, url=redis_url, **options)
    if path:
        return SqliteHuey(name, filename=path, fsync=False, **options)
    return MemoryHuey(name, **options)
