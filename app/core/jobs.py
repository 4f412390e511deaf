"""The one queue. Jobs take ids, can run twice, and a sweep finds what was missed.

The row is the truth; the queue only makes it quick. SQLite holds the queue unless Redis is set.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from .db import session, unit_of_work

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger(__name__)

# Redis keeps the queue under this name; a test run takes its own.
QUEUE = "foreword"


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


_open: "Callable[[], Huey] | None" = None
_queue: "Huey | None" = None
_tasks: dict[str, Any] = {}
_opening = threading.Lock()


def init_app(app: Flask, redis_url: str, path: str) -> None:
    """Say where the queue is: in Redis, else in the file at ``path``; in memory for tests."""
    global _open, _queue  # noqa: PLW0603  # one queue per process, like one engine

    def open_it() -> "Huey":
        from .queues import open_queue  # its library takes long to load: only who queues or works needs it

        queue = open_queue(QUEUE, *(("", "") if app.testing else (path, redis_url)))
        for made in JOBS.values():
            delays = {"retries": made.retries, "retry_delay": made.retry_delay}
            _tasks[made.name] = queue.task(name=made.name, **delays)(_in_app(app, made))
        return queue

    _open, _queue = open_it, None


def opened() -> "Huey":
    """The queue; opened by the first who asks, when all features are imported and every job is known."""
    global _queue  # noqa: PLW0603  # see init_app
    with _opening:
        if _queue is None:
            if _open is None:
                raise RuntimeError("the queue is made known by create_app")
            _queue = _open()
        return _queue


def _in_app(app: Flask, made: Job) -> Callable[..., None]:
    @wraps(made.function)
    def run(*args: str) -> None:
        with app.app_context():
            made.now(*args)

    return run


def _enqueue(made: Job, args: tuple[str, ...]) -> None:
    opened()
    _tasks[made.name](*args)


def run_pending() -> int:
    """Run what is queued, here and now; returns how many ran. For tests and for `flask simulate`."""
    queue, ran = opened(), 0
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
        ran += 1
    return ran


def work(app: Flask, stop: threading.Event) -> None:
    """The worker process: run queued jobs and sweeps until ``stop`` is set, or SIGTERM or SIGINT comes."""
    consumer = opened().create_consumer(workers=2, periodic=False, check_worker_health=True)
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
    return int(opened().pending_count())
