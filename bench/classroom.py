"""A large class at work: 300 open windows and 20 annotations a second for a minute, all on this machine."""

import asyncio
import threading
import time
from collections.abc import Iterator

from .asking import Asker
from .figures import Figure, percentile
from .live import post
from .server import Server
from .sockets import Listener, open_all

WINDOWS, A_SECOND, SECONDS, WRITERS = 300, 20, 60, 10


def measure(server: Server, seconds: int = SECONDS) -> Iterator[Figure]:
    """What got lost or came twice, how long posting and hearing took, and the memory before and after."""
    idle = server.memory_mb()
    posted, waits, listeners = asyncio.run(_class(server, seconds))
    lost = doubled = 0
    delays = []
    for listener in listeners:
        for made, begun in posted.items():
            moments = listener.arrived.get(made, [])
            lost += not moments
            doubled += len(moments) > 1
            delays += [(moment - begun) * 1000 for moment in moments[:1]]
    yield Figure("class: annotations posted a second", len(posted) / seconds, "", least=A_SECOND * 0.95)
    yield Figure("class: not delivered", lost, "", most=0)
    yield Figure("class: delivered twice", doubled, "", most=0)
    yield Figure("class: gaps in a window's chain", sum(each.broken_chain for each in listeners), "", most=0)
    yield Figure("class: POST p50", percentile(waits, 0.5), "ms")
    yield Figure("class: POST p99", percentile(waits, 0.99), "ms", most=500)
    yield Figure("class: delivery p50", percentile(delays, 0.5), "ms")
    yield Figure("class: delivery p99", percentile(delays, 0.99), "ms", most=2000)
    yield Figure("memory of the web process before the class", idle, "MB", most=150)
    yield Figure("memory of the web process after the class", server.memory_mb(), "MB", most=250)


async def _class(server: Server, seconds: int) -> tuple[dict[str, float], list[float], list[Listener]]:
    assignment, tokens = server.world["assignments"]["0"], server.world["students"]
    listeners = [Listener(server.port, tokens[number % len(tokens)], assignment) for number in range(WINDOWS)]
    await open_all(listeners)
    posted: dict[str, float] = {}
    waits: list[float] = []
    await asyncio.to_thread(_write, server, seconds, posted, waits)
    await asyncio.sleep(3)
    await asyncio.gather(*(listener.close() for listener in listeners))
    return posted, waits, listeners


def _write(server: Server, seconds: int, posted: dict[str, float], waits: list[float]) -> None:
    """Post at a steady pace from several threads; who is late catches up, as a class would."""
    begun = time.perf_counter()

    def writer(first: int) -> None:
        asker = Asker(server.port, server.world["students"][first])
        for number in range(first, A_SECOND * seconds, WRITERS):
            time.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
            start = time.perf_counter()
            posted[post(asker, server.world["assignments"]["0"], number)] = start
            waits.append((time.perf_counter() - start) * 1000)
        asker.close()

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
