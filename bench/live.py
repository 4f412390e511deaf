"""How long an annotation takes from its POST to every open window, with 50 and with 300 of them."""

import asyncio
import time
from collections.abc import Iterator
from uuid import uuid4

from .asking import Asker
from .figures import Figure, percentile
from .filling import quote
from .server import Server
from .sockets import Listener, open_all

ROUNDS = 12
REACH = {50: (10, 30), 300: (50, 100)}


def measure(server: Server) -> Iterator[Figure]:
    """The first annotation of a quiet second, to the window that hears it last; and all windows together."""
    for windows, (half, most) in REACH.items():
        before = server.processor_seconds()
        delays = asyncio.run(_round(server, windows))
        used = (server.processor_seconds() - before) * 1000 / ROUNDS
        yield Figure(
            f"live, {windows} windows, first of a quiet second: p50", percentile(delays, 0.5), "ms", half
        )
        yield Figure(
            f"live, {windows} windows, first of a quiet second: p99", percentile(delays, 0.99), "ms", most
        )
        yield Figure(f"live, {windows} windows: server's processor, joins included", used, "ms each")


async def _round(server: Server, windows: int) -> list[float]:
    assignment, tokens = server.world["assignments"]["0"], server.world["students"]
    listeners = [Listener(server.port, tokens[number % len(tokens)], assignment) for number in range(windows)]
    await open_all(listeners)
    await asyncio.sleep(2)
    asker, sent = Asker(server.port, tokens[0]), {}
    for number in range(ROUNDS):
        begun = time.perf_counter()
        made = await asyncio.to_thread(post, asker, assignment, number)
        sent[made] = begun
        await asyncio.sleep(1.2)
    await asyncio.sleep(1)
    delays = [
        (listener.arrived[made][0] - begun) * 1000 for listener in listeners for made, begun in sent.items()
    ]
    await asyncio.gather(*(listener.close() for listener in listeners))
    return delays


def post(asker: Asker, assignment: str, number: int) -> str:
    """Post one annotation; returns its id."""
    body = {
        "body": f"Why does it bend here? ({number})",
        "motivation": "questioning",
        "target": {"selector": [{"type": "TextQuoteSelector", "exact": quote(number)}]},
    }
    path = f"/api/v1/assignments/{assignment}/annotations"
    answer = asker.ask("POST", path, body, **{"Idempotency-Key": str(uuid4())})
    if answer.status != 201:
        raise RuntimeError(f"{answer.status}: {answer.body[:300]!r}")
    return str(answer.json()["id"])
