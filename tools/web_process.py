"""Settings of gunicorn that are code: what the web process does once it listens."""

import gc
import threading
from typing import Any


def post_fork(_server: Any, _worker: Any) -> None:
    """Load without the collector: of the hundreds of thousands of objects that it would go through, none goes."""
    gc.disable()


def post_worker_init(worker: Any) -> None:
    """Load what the first reader will need, while the first requests are answered already."""
    threading.Thread(target=_load_the_rest, args=(worker.wsgi,), name="loading", daemon=True).start()


def _load_the_rest(app: Any) -> None:
    from app.core import jobs
    from app.live.opening import opened

    try:
        opened(app)
        jobs.opened()
        # What was loaded stays: the collector need not go through it again while a class waits for its answers.
        gc.collect()
        gc.freeze()
    finally:
        gc.enable()
