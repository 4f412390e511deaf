"""The floor beside which creates are measured: bare Flask and one SQLite insert, no sign-in, no ORM."""

import os
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, request

from .server import PYTHON, ROOT, answers, free_port

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


@contextmanager
def floor() -> Iterator[int]:
    """Run the floor; yields its port."""
    port = free_port()
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
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(30)
