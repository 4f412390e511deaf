"""Does each acknowledged annotation reach the disk? The syncs of the web process are counted by strace."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from .asking import Asker
from .figures import Figure
from .live import post
from .server import Server

POSTS = 100


def measure(server: Server) -> Iterator[Figure]:
    """At least one sync for each commit; nothing is measured where strace is missing or not allowed."""
    counted = _syncs(server)
    if counted is not None:
        yield Figure("syncs for each acknowledged annotation", counted / POSTS, "", least=1)


def _syncs(server: Server) -> int | None:
    if not shutil.which("strace"):
        return None
    trace = Path(server.instance) / "syncs"
    pid = server.web_processes()[-1]
    command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", str(trace), "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    time.sleep(1)
    if tracer.poll() is not None:
        return None
    asker = Asker(server.port, server.world["students"][0])
    for number in range(POSTS):
        post(asker, server.world["assignments"]["0"], number)
    tracer.terminate()
    tracer.wait(10)
    rows = (line.split() for line in trace.read_text().splitlines())
    return sum(int(row[3]) for row in rows if row and row[-1] in ("fsync", "fdatasync"))
