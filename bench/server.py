"""Foreword as `make run` runs it (supervisor, web process, worker), on a port and an instance of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
_SERVE = "import sys; sys.path.insert(0, 'tools'); from serve import serve; raise SystemExit(serve())"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running Foreword, and the class that was put into it (see `filling.fill`)."""

    port: int
    instance: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    seconds_to_start: float = 0.0
    world: dict[str, Any] = field(default_factory=dict)

    def web_processes(self) -> list[int]:
        """The ids of gunicorn's processes."""
        return [pid for pid in descendants(self.process.pid) if "gunicorn" in command_of(pid)]

    def memory_mb(self) -> float:
        """What the web processes hold for themselves (their proportional share), in MB."""
        return sum(_proportional_kb(pid) for pid in self.web_processes()) / 1024

    def processor_seconds(self) -> float:
        """Processor time that the web processes have used."""
        return sum(processor_seconds_of(pid) for pid in self.web_processes())


def descendants(pid: int) -> list[int]:
    """Every process below this one."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile has no children either
            for child in map(int, task.read_text().split()):
                found += [child, *descendants(child)]
    return found


def command_of(pid: int) -> str:
    """The command line of a process, or nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _proportional_kb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)


def processor_seconds_of(pid: int) -> float:
    """Processor time that a process has used, in user and in system mode; nothing when it is gone."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / _TICKS


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Does something answer at /healthz?"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def foreword(filling: dict[str, Any] | None = None) -> Iterator[Server]:
    """Run Foreword with a class in it; ``filling`` goes to `filling.fill`."""
    with tempfile.TemporaryDirectory(prefix="foreword-bench-") as folder:
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FOREWORD_")}
        environment |= {
            "FOREWORD_INSTANCE": folder,
            "FOREWORD_RATE_LIMITS": "off",
            "FOREWORD_DEMO": "0",
            "FOREWORD_ON_PREMISE_HOSTS": "http://127.0.0.1",
            "PORT": str(port),
        }
        command = [PYTHON, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        world = _filled(environment, filling or {})
        server = start(Path(folder), environment)
        server.world = world
        try:
            yield server
        finally:
            stop(server)


def _filled(environment: dict[str, str], filling: dict[str, Any]) -> dict[str, Any]:
    command = [PYTHON, "-m", "bench.filling", json.dumps(filling)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def start(instance: Path, environment: dict[str, str]) -> Server:
    """Start the supervisor and wait until it answers."""
    port = int(environment["PORT"])
    log = (instance / "bench.log").open("ab")
    begun = time.monotonic()
    process = subprocess.Popen([PYTHON, "-c", _SERVE], cwd=ROOT, env=environment, stdout=log, stderr=log)
    while not answers(port):
        if process.poll() is not None or time.monotonic() - begun > 90:
            raise RuntimeError((instance / "bench.log").read_text()[-2000:])
        time.sleep(0.02)
    return Server(port, instance, process, environment, time.monotonic() - begun)


def stop(server: Server) -> None:
    """End it; what does not end by itself is killed."""
    server.process.send_signal(signal.SIGTERM)
    try:
        server.process.wait(40)
    except subprocess.TimeoutExpired:
        for pid in [*descendants(server.process.pid), server.process.pid]:
            os.kill(pid, signal.SIGKILL)
        server.process.wait(10)
