"""The supervisor with two small programs in the place of the web process and the worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
PATIENCE = 30.0  # only how long to wait before calling it broken

SUPERVISE = """
import sys
sys.path.insert(0, sys.argv[1])
from supervise import Process, Supervisor
answers = sys.argv[2] == "answers"
programs = [Process(name, [sys.executable, "-c", code]) for name, code in zip(
    ("web", "worker"), sys.argv[3:]
)]
sys.exit(Supervisor(programs, lambda: answers, lambda: print("ready", flush=True)).run())
"""
STAYS = """
import os, signal, sys, time
def finish(*_):
    print("finished", flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, finish)
print("pid", os.getpid(), flush=True)
while True:
    time.sleep(0.05)
"""
DIES = "import sys; sys.exit('no database')"


class Watched:
    """A supervisor in a process of its own, and what it has printed so far."""

    def __init__(self, folder: Path, *programs: str, answers: bool = True) -> None:
        self.log = folder / "log"
        command = [sys.executable, "-c", SUPERVISE, str(TOOLS), "answers" if answers else "silent", *programs]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

    def lines(self, words: str) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if words in line]

    def pids(self) -> list[int]:
        return [int(line.rpartition(" ")[2]) for line in self.lines("| pid")]


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process whose parent is gone stays a zombie until somebody asks for it.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    started: list[Watched] = []

    def start(*programs: str, answers: bool = True) -> Watched:
        started.append(Watched(tmp_path, *programs, answers=answers))
        return started[-1]

    yield start
    for watched in started:
        watched.process.kill()
        watched.process.wait()


def test_both_run_and_finish_what_they_have_in_hand(watch):
    watched = watch(STAYS, STAYS)
    wait_until(lambda: len(watched.pids()) == 2 and bool(watched.lines("ready")))
    watched.process.send_signal(signal.SIGTERM)
    assert watched.process.wait(PATIENCE) == 0
    assert sorted(watched.lines("finished")) == ["web    | finished", "worker | finished"]


def test_what_dies_is_started_again_and_the_other_goes_on(watch):
    watched = watch(STAYS, STAYS)
    wait_until(lambda: len(watched.pids()) == 2)
    before = watched.pids()
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: len(watched.pids()) == 3)
    assert watched.pids()[2] not in before
    assert is_alive(before[1])
    assert "signal SIGKILL" in watched.lines("ended")[0]


def test_a_program_that_cannot_start_ends_the_start_with_its_reason(watch):
    watched = watch(STAYS, DIES, answers=False)
    assert watched.process.wait(PATIENCE) == 1
    assert watched.lines("worker | no database")
    assert not any(is_alive(pid) for pid in watched.pids())
    assert not watched.lines("ready")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent went")
def test_nothing_outlives_a_killed_supervisor(watch):
    watched = watch(STAYS, STAYS)
    wait_until(lambda: len(watched.pids()) == 2)
    watched.process.kill()
    watched.process.wait()
    wait_until(lambda: not any(is_alive(pid) for pid in watched.pids()))
