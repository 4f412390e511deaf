"""How many annotations a second 1, 8 and 32 writers create, and how long each waits; beside a bare floor."""

from collections.abc import Iterator
from uuid import uuid4

from .asking import Asker, together
from .figures import Figure, percentile
from .filling import BODY, quote
from .floor import floor
from .server import Server

SECONDS = 8
REACH = {1: (150, 6, 20), 8: (200, None, 60), 32: (200, None, 250)}


def measure(server: Server) -> Iterator[Figure]:
    """Figures of the three rounds, the processor time of each create, and the floor's beside them."""
    path = f"/api/v1/assignments/{server.world['assignments']['0']}/annotations"
    tokens = server.world["students"]
    _round(server.port, path, tokens, 4, 2)  # warm
    for writers, (least, half, most) in REACH.items():
        before = server.processor_seconds()
        times, seconds = _round(server.port, path, tokens, writers, SECONDS)
        used = (server.processor_seconds() - before) * 1000 / len(times)
        name = f"create, {writers} at once"
        yield Figure(f"{name}: a second", len(times) / seconds, "", least=least)
        yield Figure(f"{name}: p50", percentile(times, 0.5), "ms", most=half)
        yield Figure(f"{name}: p99", percentile(times, 0.99), "ms", most=most)
        yield Figure(f"{name}: server's processor", used, "ms each", most=4)
    with floor() as port:
        for writers in REACH:
            times, seconds = _round(port, "/", [""] * 32, writers, 3)
            yield Figure(f"floor, {writers} at once: a second", len(times) / seconds, "")
            yield Figure(f"floor, {writers} at once: p99", percentile(times, 0.99), "ms")


def _round(
    port: int, path: str, tokens: list[str], writers: int, seconds: float
) -> tuple[list[float], float]:
    askers = [Asker(port, tokens[number]) for number in range(writers)]
    passages = [quote(number * 7) for number in range(writers)]

    def post(number: int) -> float:
        body = {
            "body": BODY,
            "motivation": "commenting",
            "target": {"selector": [{"type": "TextQuoteSelector", "exact": passages[number]}]},
        }
        answer = askers[number].ask("POST", path, body, **{"Idempotency-Key": str(uuid4())})
        if answer.status != 201:
            raise RuntimeError(f"{answer.status}: {answer.body[:300]!r}")
        return answer.ms

    try:
        return together(writers, seconds, post)
    finally:
        for asker in askers:
            asker.close()
