"""Five hundred windows come and go, three times: the memory of the web process does not grow with them."""

import asyncio
from collections.abc import Iterator

from .figures import Figure
from .server import Server
from .sockets import Listener, open_all

WINDOWS, ROUNDS = 500, 3


def measure(server: Server) -> Iterator[Figure]:
    """Megabytes before, after the first five hundred, and how many more after a thousand others."""
    before = server.memory_mb()
    after = [asyncio.run(_come_and_go(server)) for _round in range(ROUNDS)]
    yield Figure("memory before 500 windows", before, "MB")
    yield Figure("memory after 500 came and left", after[0], "MB", most=250)
    yield Figure("memory more after 1,000 others", after[-1] - after[0], "MB", most=15)


async def _come_and_go(server: Server) -> float:
    assignment, tokens = server.world["assignments"]["100"], server.world["students"]
    listeners = [Listener(server.port, tokens[number % len(tokens)], assignment) for number in range(WINDOWS)]
    await open_all(listeners)
    await asyncio.gather(*(listener.close() for listener in listeners))
    await asyncio.sleep(3)  # until the server has noticed
    return server.memory_mb()
