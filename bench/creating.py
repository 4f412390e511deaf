"""How many annotations a second 1, 8 and 32 writers create, and how long each waits; beside a bare floor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from .asking import Asker, together
from .figures import Figure, percentile
from .filling import BODY, quote
from .floor import floor
from .server import Server

SECONDS = 6


@dataclass(frozen=True)
class Reach:
    """Least a second, most ms for half and for 99 of 100; then the same as multiples of the floor's."""

    a_second: float
    half: float | None
    most: float
    a_second_floors: float
    half_floors: float | None
    most_floors: float


# The multiples are what the reaches were beside the floor on the quiet machine that they were set on.
REACH = {
    1: Reach(150, 6, 20, 0.124, 7.5, 4.2),
    8: Reach(200, None, 60, 0.139, None, 0.5),
    32: Reach(200, None, 250, 0.139, None, 1.53),
}
PROCESSOR_MS, PROCESSOR_FLOORS = 4, 4


@dataclass(frozen=True)
class Target:
    """Where to post, as whom, and how to ask for the processor time of those who answer."""

    port: int
    path: str
    tokens: list[str]
    processor_seconds: Callable[[], float]


@dataclass(frozen=True)
class Round:
    """What so many writers saw: creates a second, milliseconds, and the server's processor time of each."""

    a_second: float
    half: float
    most: float
    processor: float


def measure(server: Server) -> Iterator[Figure]:
    """Figures of the three rounds, and the floor's beside them."""
    path = f"/api/v1/assignments/{server.world['assignments']['0']}/annotations"
    foreword = Target(server.port, path, server.world["students"], server.processor_seconds)
    _round(foreword, 4, 2)  # warm
    with floor() as running:
        bare = Target(running.port, "/", [""] * 32, running.processor_seconds)
        _round(bare, 4, 1)
        for writers, reach in REACH.items():
            ours, least = _measured(foreword, writers, SECONDS), _measured(bare, writers, SECONDS / 2)
            yield from _figures(f"create, {writers} at once", ours, least, reach)


def _figures(name: str, ours: Round, bare: Round, reach: Reach) -> Iterator[Figure]:
    yield Figure(
        f"{name}: a second",
        ours.a_second,
        "",
        least=reach.a_second,
        floor=bare.a_second,
        least_floors=reach.a_second_floors,
    )
    yield Figure(f"{name}: p50", ours.half, "ms", reach.half, None, bare.half, reach.half_floors)
    yield Figure(f"{name}: p99", ours.most, "ms", reach.most, None, bare.most, reach.most_floors)
    yield Figure(
        f"{name}: server's processor",
        ours.processor,
        "ms each",
        PROCESSOR_MS,
        None,
        bare.processor,
        PROCESSOR_FLOORS,
    )


def _measured(target: Target, writers: int, seconds: float) -> Round:
    before = target.processor_seconds()
    times, took = _round(target, writers, seconds)
    used = (target.processor_seconds() - before) * 1000 / len(times)
    return Round(len(times) / took, percentile(times, 0.5), percentile(times, 0.99), used)


def _round(target: Target, writers: int, seconds: float) -> tuple[list[float], float]:
    askers = [Asker(target.port, target.tokens[number]) for number in range(writers)]
    passages = [quote(number * 7) for number in range(writers)]

    def post(number: int) -> float:
        body = {
            "body": BODY,
            "motivation": "commenting",
            "target": {"selector": [{"type": "TextQuoteSelector", "exact": passages[number]}]},
        }
        answer = askers[number].ask("POST", target.path, body, **{"Idempotency-Key": str(uuid4())})
        if answer.status != 201:
            raise RuntimeError(f"{answer.status}: {answer.body[:300]!r}")
        return answer.ms

    try:
        return together(writers, seconds, post)
    finally:
        for asker in askers:
            asker.close()
