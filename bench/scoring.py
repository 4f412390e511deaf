"""Scores of 500 students: worked out anew after a change of rules, as a gradebook, and as files."""

import json
import os
import subprocess
from collections.abc import Iterator

from .asking import Asker
from .figures import Figure, percentile
from .server import PYTHON, ROOT, Server

ROUNDS = 12


def measure(server: Server) -> Iterator[Figure]:
    """Seconds to work out 500 × 20 annotations; the gradebook of 500 × 30 and its files over HTTP."""
    command = [PYTHON, "-m", "bench.scoring_filling"]
    environment = os.environ | server.environment
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    world = json.loads(done.stdout.splitlines()[-1])
    yield Figure("scores worked out: students", world["scored"], "", least=500)
    yield Figure(
        "scores of 500 × 20 rated annotations worked out, quality counting", world["seconds"], "s", most=10
    )
    yield Figure("the same, processor time", world["cpu"], "s")
    asker, course = Asker(server.port, world["teacher"]), world["course"]
    busy = server.processor_seconds()
    times = [_opened(asker, course) for _round in range(ROUNDS)]
    yield Figure("gradebook of 500 × 30, page and data, p50", percentile(times, 0.5), "ms")
    yield Figure("gradebook of 500 × 30, page and data, p95", percentile(times, 0.95), "ms", most=1000)
    yield Figure("the same, processor time each", (server.processor_seconds() - busy) / ROUNDS * 1000, "ms")
    for kind in ("csv", "xlsx"):
        answer = asker.ask("GET", f"/courses/{course}/scores.{kind}")
        assert answer.status == 200, answer.status
        yield Figure(f"gradebook of 500 × 30 as {kind}", answer.ms / 1000, "s", most=5)
    asker.close()


def _opened(asker: Asker, course: str) -> float:
    page = asker.ask("GET", f"/courses/{course}/scores")
    data = asker.ask("GET", f"/api/v1/courses/{course}/gradebook")
    assert (page.status, data.status) == (200, 200)
    assert len(data.json()["rows"]) == 500
    return page.ms + data.ms
