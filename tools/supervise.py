"""One small supervisor for the two processes of a school: it starts, watches, restarts and stops them."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from console import say, write
from environment import ROOT

DRAIN_SECONDS = 30
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0
GIVE_UP_BEFORE_READY = 3


@dataclass
class Process:
    """A program that has to be running, and what happened to it so far."""

    name: str
    arguments: list[str]
    waits: bool = False  # until the system answers, so that what people wait for has the processor first
    running: subprocess.Popen[str] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        tether = [sys.executable, str(ROOT / "tools" / "tether.py"), str(os.getpid())]
        self.started = time.monotonic()
        # An own session: Ctrl+C in a terminal reaches only the supervisor, which then stops things in order.
        self.running = subprocess.Popen(
            tether + self.arguments,
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._relay, args=(self.running,), daemon=True).start()

    def _relay(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            write(f"{self.name:<6} | {line}")

    def look_after(self) -> None:
        """Start it when it is due; when it died, plan the next start, later after each failure in a row."""
        now = time.monotonic()
        if self.running is None:
            if now >= self.due:
                self.start()
        elif (status := self.running.poll()) is not None:
            lived = now - self.started
            self.failures = 1 if lived > HEALTHY_AFTER else self.failures + 1
            pause = min(LONGEST_PAUSE, 0.5 * 2 ** (self.failures - 1))
            say(f"{self.name} ended ({_cause(status)}) after {lived:.0f} s; starting it again in {pause:g} s")
            self._end_what_it_left()
            self.running, self.due = None, now + pause

    def _end_what_it_left(self) -> None:
        """End the children of a dead process, which would still hold its port or its job."""
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.running.pid, signal.SIGKILL)

    def is_running(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def send(self, number: signal.Signals) -> None:
        if self.running is not None and self.is_running():
            # The whole session: ffmpeg and other helpers of a worker must not outlive it.
            target = os.killpg if number == signal.SIGKILL else os.kill
            target(self.running.pid, number)


def _cause(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"


class Supervisor:
    """Keeps the processes running until it is told to stop.

    ``is_ready`` says whether the system answers; ``when_ready`` is called once, the first time it does.
    """

    def __init__(
        self, processes: list[Process], is_ready: Callable[[], bool], when_ready: Callable[[], None]
    ) -> None:
        self.processes = processes
        self.is_ready = is_ready
        self.when_ready = when_ready
        self.stopping = threading.Event()

    def run(self) -> int:
        """Run until SIGTERM or SIGINT; return the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        raise_open_files_limit()
        ready = False
        while not self.stopping.is_set():
            for process in self.processes:
                if ready or not process.waits:
                    process.look_after()
            if not ready:
                ready = self._announce()
                if not ready and any(process.failures >= GIVE_UP_BEFORE_READY for process in self.processes):
                    say("Foreword could not start; the reason is in the lines above.")
                    self.stop()
                    return 1
            self.stopping.wait(0.1 if ready else 0.05)
        return self.stop()

    def _announce(self) -> bool:
        if not self.is_ready():
            return False
        threading.Thread(target=self.when_ready, daemon=True).start()
        return True

    def stop(self) -> int:
        """Ask all to finish what they have in hand, wait, and end what is left; return the exit status."""
        say(f"Stopping: work in hand has {DRAIN_SECONDS} s to finish")
        for process in self.processes:
            process.send(signal.SIGTERM)
        deadline = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < deadline and any(process.is_running() for process in self.processes):
            time.sleep(0.05)
        late = [process for process in self.processes if process.is_running()]
        for process in late:
            say(f"{process.name} did not finish in time and is ended")
            process.send(signal.SIGKILL)
        say("Stopped")
        return 1 if late else 0


def raise_open_files_limit() -> None:
    """Allow as many open files as the machine does: each browser of a class keeps a socket open."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
