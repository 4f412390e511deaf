"""`kill -9` of every process under writers: what was acknowledged is there, once, whatever was killed.

Each writer repeats a POST with its idempotency key until it is answered 201. In turn the web process, its
child, the worker and the supervisor are killed; the supervisor is started again by the bench.
"""

import http.client
import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

from .asking import Asker
from .figures import Figure, percentile
from .filling import quote
from .server import Server, command_of, descendants, start

KILLS, WRITERS = 50, 6
STARTS = 3
"""A killed system is back after so many cold starts at most (of this run, on this machine)."""


class Writers:
    """Threads that post all the time, and what they were told is stored: body to ids."""

    def __init__(self, server: Server) -> None:
        self.server, self.told, self.retries = server, dict[str, str](), 0
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(WRITERS)
        ]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish what it has in hand; nobody waits for a server that stays away."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)

    def _write(self, number: int) -> None:
        token = self.server.world["students"][number]
        path = f"/api/v1/assignments/{self.server.world['assignments']['0']}/annotations"
        while not self.stopping.is_set():
            body, key = f"kept {uuid4()}", str(uuid4())
            target = {"selector": [{"type": "TextQuoteSelector", "exact": quote(number)}]}
            draft = {"body": body, "motivation": "commenting", "target": target}
            while True:
                asker = Asker(self.server.port, token)
                with suppress(OSError, http.client.HTTPException, ValueError):
                    answer = asker.ask("POST", path, draft, **{"Idempotency-Key": key})
                    if answer.status == 201:
                        self.told[body] = answer.json()["id"]
                        break
                asker.close()
                self.retries += 1
                time.sleep(0.1)
            asker.close()


def measure(server: Server, kills: int = KILLS) -> Iterator[Figure]:
    """Lost, doubled, broken, and how long the class waited after each kill."""
    writers, chance, waits = Writers(server), random.Random(1), []
    try:
        for number in range(kills):
            time.sleep(chance.uniform(0.1, 0.6))
            waits.append(_kill(server, writers, number))
        time.sleep(1)
    finally:
        writers.stop()
    database = sqlite3.connect(server.instance / "foreword.db")
    stored = database.execute("SELECT body, id FROM annotation WHERE body LIKE 'kept %'").fetchall()
    whole = database.execute("PRAGMA integrity_check").fetchone()[0]
    database.close()
    ids = dict(stored)
    yield Figure("kills: acknowledged in all", len(writers.told), "", least=kills)
    yield Figure(
        "kills: acknowledged and lost", sum(ids.get(b) != i for b, i in writers.told.items()), "", most=0
    )
    yield Figure("kills: doubled", len(stored) - len(ids), "", most=0)
    yield Figure("kills: database damaged", float(whole != "ok"), "", most=0)
    yield Figure("kills: tries repeated", writers.retries, "")
    started = server.seconds_to_start
    again = percentile(waits, 0.95)
    yield Figure("kills: until something is stored again, p95", again, "s", 10, None, started, STARTS)


def _kill(server: Server, writers: Writers, number: int) -> float:
    """Kill one process; returns the seconds until a writer was answered again."""
    below = descendants(server.process.pid)
    web = [pid for pid in below if "gunicorn" in command_of(pid)]
    worker = [pid for pid in below if "flask" in command_of(pid)]
    victims = [*web[-1:], *web[:1], *worker[-1:], server.process.pid]
    victim = victims[number % len(victims)]
    known, begun = len(writers.told), time.monotonic()
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    if victim == server.process.pid:
        server.process.wait()
        _wait_for_the_tethered(below)
        server.process = start(server.instance, server.environment).process
    while len(writers.told) <= known + WRITERS and time.monotonic() - begun < 60:
        time.sleep(0.02)
    return time.monotonic() - begun


def _wait_for_the_tethered(pids: list[int]) -> None:
    """Without their supervisor the processes end by themselves; then the port is free."""
    deadline = time.monotonic() + 40
    while any(command_of(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
