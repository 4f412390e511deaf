"""What a person sees while a command works: one line a step, with the seconds since the start."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_start = time.monotonic()
_lock = threading.Lock()


class Stop(Exception):
    """The command cannot go on; the message is one sentence for a person."""


def write(line: str) -> None:
    """Print one whole line, also when several threads print."""
    with _lock:
        sys.stdout.write(line.rstrip("\n") + "\n")
        sys.stdout.flush()


def say(sentence: str) -> None:
    """Print a step of the work with the seconds since the command began."""
    write(f"{time.monotonic() - _start:6.1f} s  {sentence}")


@contextmanager
def still_working(on: str, every: float = 15.0) -> Iterator[None]:
    """Say now and then that ``on`` is still being worked on, so that silence never looks like a hang."""
    done = threading.Event()

    def remind() -> None:
        while not done.wait(every):
            say(f"… still {on}")

    threading.Thread(target=remind, daemon=True).start()
    try:
        yield
    finally:
        done.set()
