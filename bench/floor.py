"""The floor beside which times are measured: bare Flask and one SQLite statement, no sign-in, no ORM."""

import os
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from .server import PYTHON, ROOT, answers, descendants, free_port, processor_seconds_of

app = Flask(__name__)
_lock, _own = threading.Lock(), threading.local()


def _connection() -> sqlite3.Connection:
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            _own.connection.execute(f"PRAGMA {pragma}")
        _own.connection.execute("CREATE TABLE IF NOT EXISTS annotation (id INTEGER PRIMARY KEY, body TEXT)")
    connection: sqlite3.Connection = _own.connection
    return connection


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.post("/")
def create() -> tuple[dict[str, str], int]:
    body = request.get_json()
    with _lock:
        _connection().execute("INSERT INTO annotation (body) VALUES (?)", (body["body"],))
    return {"body": body["body"]}, 201


@app.get("/<int:number>")
def load(number: int) -> dict[str, Any]:
    """So many rows; those that are missing are added first."""
    with _lock:
        have = _connection().execute("SELECT count(*) FROM annotation").fetchone()[0]
        rows = [("x" * 300,)] * (number - have)
        _connection().executemany("INSERT INTO annotation (body) VALUES (?)", rows)
    found = _connection().execute("SELECT id, body FROM annotation ORDER BY id LIMIT ?", (number,))
    return {"items": [{"id": id_, "body": body, "start": id_, "end": id_ + 150} for id_, body in found]}


@dataclass(frozen=True)
class Floor:
    """A running floor."""

    port: int
    seconds_to_start: float
    pid: int

    def processor_seconds(self) -> float:
        """Processor time that it has used."""
        return sum(processor_seconds_of(pid) for pid in [self.pid, *descendants(self.pid)])


@contextmanager
def floor() -> Iterator[Floor]:
    """Run the floor."""
    port, begun = free_port(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"FLOOR_DATABASE": f"{folder}/floor.db"}
        options = [
            "--worker-class",
            "gthread",
            "--threads",
            "64",
            "--keep-alive",
            "15",
            "--no-control-socket",
        ]
        command = [PYTHON, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options, "bench.floor:app"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            while not answers(port):
                time.sleep(0.02)
            yield Floor(port, time.monotonic() - begun, process.pid)
        finally:
            process.terminate()
            process.wait(30)
