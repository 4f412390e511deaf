"""HTTP for the benches: connections that stay open, one for each thread."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class Answer:
    """What came back, and after how many milliseconds."""

    status: int
    body: bytes
    headers: dict[str, str]
    ms: float

    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


class Asker:
    """One person's open connection."""

    def __init__(self, port: int, token: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request. Raises OSError or HTTPException when the connection breaks."""
        sent = json.dumps(body) if body is not None else None
        kind = {"Content-Type": "application/json"} if sent else {}
        begun = time.perf_counter()
        self.connection.request(method, path, sent, self.headers | kind | headers)
        answer = self.connection.getresponse()
        read = answer.read()
        ms = (time.perf_counter() - begun) * 1000
        return Answer(answer.status, read, {k.lower(): v for k, v in answer.getheaders()}, ms)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def together(count: int, seconds: float, work: Callable[[int], float]) -> tuple[list[float], float]:
    """Let ``count`` threads repeat ``work`` for some seconds; all its values, and how long it took."""
    values: list[list[float]] = [[] for _ in range(count)]
    begun = time.perf_counter()
    until = begun + seconds

    def repeat(number: int) -> None:
        while time.perf_counter() < until:
            values[number].append(work(number))

    threads = [threading.Thread(target=repeat, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [value for each in values for value in each], time.perf_counter() - begun
