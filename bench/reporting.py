"""The confusion report of 5,000 annotations: made whole, made again after one more, and opened as a page."""

import json
import os
import subprocess
from collections.abc import Iterator

from .asking import Asker
from .figures import Figure, percentile
from .server import PYTHON, ROOT, Server

ROUNDS = 20


def measure(server: Server) -> Iterator[Figure]:
    """Seconds in the worker, with the vectors of earlier words at hand; milliseconds of the pages over HTTP."""
    done = subprocess.run(
        [PYTHON, "-m", "bench.reporting_filling"],
        cwd=ROOT,
        env=os.environ | server.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    made = json.loads(done.stdout.splitlines()[-1])
    yield Figure("report: annotations", made["annotations"], "", least=5000)
    yield Figure("report: questions and doubts among them", made["confusions"], "", least=2000)
    for name, key, most in (("whole", "whole", 3), ("again after one more annotation", "update", 0.3)):
        seconds, busy = made[key]
        yield Figure(f"report made {name}", seconds, "s", most=most)
        yield Figure("the same, processor time", busy, "s")
    asker = Asker(server.port, made["teacher"])
    for name, path in (("page", "/report"), ("unanswered questions", "/report/unanswered")):
        times = [_opened(asker, f"/assignments/{made['assignment']}{path}") for _round in range(ROUNDS)]
        yield Figure(f"report of 5,000 annotations: {name}, p50", percentile(times, 0.5), "ms")
        yield Figure(f"report of 5,000 annotations: {name}, p95", percentile(times, 0.95), "ms", most=500)
    asker.close()


def _opened(asker: Asker, path: str) -> float:
    answer = asker.ask("GET", path)
    assert answer.status == 200, answer.status
    return answer.ms
