"""The one queue. Jobs take ids, can run twice, and a sweep finds what was missed.

The row is the truth; the queue only makes it quick. SQLite holds the queue unless Redis is set.
"""

import json
import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Flask
from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import event
from sqlalchemy.orm import Session

from .db import session, unit_of_work

log = logging.getLogger(__name__)

# Redis keeps the queue under this name; a test run takes its own.
QUEUE = "foreword"


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


@dataclass(frozen=True)
class Sweep:
    """A function that the worker repeats, to find rows that no nudge reached."""

    function: Callable[[], object]
    seconds: float


@dataclass(frozen=True)
class Job:
    """A function that runs later in the worker. Calling it queues it; ``now`` runs it here."""

    function: Callable[..., object]
    retries: int
    retry_delay: int

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__name__}"

    def __call__(self, *args: str) -> None:
        _enqueue(self, args)

    def now(self, *args: str) -> None:
        """Run at once, in a unit of work of its own."""
        with unit_of_work():
            self.function(*args)


JOBS: dict[str, Job] = {}
SWEEPS: list[Sweep] = []


def job(retries: int = 2, retry_delay: int = 10) -> Callable[[Callable[..., object]], Job]:
    """Turn a function of ids into a job. It runs in its own unit of work unless it opens several."""

    def decorate(function: Callable[..., object]) -> Job:
        made = Job(function, retries, retry_delay)
        JOBS[made.name] = made
        return made

    return decorate


def sweep(seconds: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Have the worker call the function every so many seconds, each time in a unit of work."""

    def decorate(function: Callable[[], object]) -> Callable[[], object]:
        SWEEPS.append(Sweep(function, seconds))
        return function

    return decorate


def after_commit(nudged: Job, *args: str) -> None:
    """Queue a job once the current unit of work has committed, so that it finds the rows it is about."""

    @event.listens_for(session(), "after_commit", once=True)
    def _nudge(_session: Session) -> None:
        nudged(*args)


_queue: Huey | None = None
_tasks: dict[str, Any] = {}


def init_app(app: Flask, redis_url: str, path: str) -> None:
    """Open the queue; every job known by now (all features are imported) becomes a task of it."""
    global _queue  # noqa: PLW0603  # one queue per process, like one engine
    _queue = _open(app, redis_url, path)
    for made in JOBS.values():
        _tasks[made.name] = _queue.task(retries=made.retries, retry_delay=made.retry_delay, name=made.name)(
            _in_app(app, made)
        )


def _open(app: Flask, redis_url: str, path: str) -> Huey:
    options = {"results": False, "serializer": JsonSerializer(), "utc": True}
    if app.testing:
        return MemoryHuey("foreword", **options)
    if redis_url:
        return RedisHuey(QUEUE, url=redis_url, **options)
    return SqliteHuey("foreword", filename=path, fsync=False, **options)


def _in_app(app: Flask, made: Job) -> Callable[..., None]:
    @wraps(made.function)
    def run(*args: str) -> None:
        with app.app_context():
            made.now(*args)

    return run


def _enqueue(made: Job, args: tuple[str, ...]) -> None:
    if _queue is None:
        raise RuntimeError("the queue is opened by create_app")
    _tasks[made.name](*args)


def run_pending() -> int:
    """Run what is queued, here and now; returns how many ran. For tests and for `flask simulate`."""
    assert _queue is not None
    ran = 0
    while (task := _queue.dequeue()) is not None:
        _queue.execute(task)
        ran += 1
    return ran


def work(app: Flask, stop: threading.Event) -> None:
    """The worker process: run queued jobs and sweeps until ``stop`` is set, or SIGTERM or SIGINT comes."""
    assert _queue is not None
    consumer = _queue.create_consumer(workers=2, periodic=False, check_worker_health=True)
    consumer.start()
    # Only now: huey's consumer takes the signals for itself when it starts, and never tells us.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    next_run = dict.fromkeys(range(len(SWEEPS)), 0.0)
    while not stop.is_set():
        for index, known in enumerate(SWEEPS):
            if time.monotonic() >= next_run[index]:
                _sweep_once(app, known)
                next_run[index] = time.monotonic() + known.seconds
        stop.wait(0.2)
    consumer.stop(graceful=True)


def _sweep_once(app: Flask, known: Sweep) -> None:
    try:
        with app.app_context(), unit_of_work():
            known.function()
    except Exception:  # a sick sweep must not stop the others; it runs again
        log.exception("sweep %s failed", known.function.__name__)


def queue_length() -> int:
    """How many jobs wait."""
    return _queue.pending_count() if _queue else 0
