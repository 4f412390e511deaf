"""How long a document's 100, 1,000 and 10,000 annotations take to come, and how many bytes they are."""

from collections.abc import Iterator

from .asking import Asker
from .figures import Figure, percentile
from .floor import floor
from .server import Server

REACH_MS = {100: 15, 1000: 60}
FLOORS = 6
"""Times what the bare application needs for as many rows: that is what the reaches are on a quiet machine."""


def measure(server: Server) -> Iterator[Figure]:
    """Times of the whole list (in pages of 1,000), the first page of the largest, and compressed bytes."""
    asker = Asker(server.port, server.world["students"][0])
    with floor() as bare:
        bare_asker = Asker(bare.port)
        for number, most in REACH_MS.items():
            times = [sum(_pages(asker, server, number, 1000)) for _ in range(15)]
            least = _bare(bare_asker, number, 15)
            yield Figure(
                f"load {number:,} annotations", percentile(times, 0.5), "ms", most, None, least, FLOORS
            )
        first = [next(_pages(asker, server, 10_000, 200)) for _ in range(15)]
        least = _bare(bare_asker, 200, 15)
        yield Figure(
            "load 10,000: first page of 200", percentile(first, 0.5), "ms", 60, None, least, 2 * FLOORS
        )
        whole = [sum(_pages(asker, server, 10_000, 1000)) for _ in range(3)]
        least = _bare(bare_asker, 10_000, 3)
        yield Figure("load 10,000: all", percentile(whole, 0.5), "ms", 600, None, least, FLOORS)
        bare_asker.close()
    path = f"/api/v1/assignments/{server.world['assignments']['1000']}/annotations?limit=1000"
    answer = asker.ask("GET", path, **{"Accept-Encoding": "gzip, br, zstd"})
    how = answer.headers.get("content-encoding", "not compressed")
    yield Figure(f"1,000 annotations, {how}", len(answer.body) / 1000, "kB", most=200)
    asker.close()


def _bare(asker: Asker, number: int, rounds: int) -> float:
    asker.ask("GET", f"/{number}")  # adds the rows
    return percentile([asker.ask("GET", f"/{number}").ms for _ in range(rounds)], 0.5)


def _pages(asker: Asker, server: Server, number: int, limit: int) -> Iterator[float]:
    path = f"/api/v1/assignments/{server.world['assignments'][str(number)]}/annotations?limit={limit}"
    cursor, seen = "", 0
    while cursor is not None:
        answer = asker.ask("GET", path + (f"&cursor={cursor}" if cursor else ""))
        found = answer.json()
        seen += len(found["items"])
        cursor = found["next"]
        yield answer.ms
    if seen != number:
        raise RuntimeError(f"{seen} annotations came, not {number}")
