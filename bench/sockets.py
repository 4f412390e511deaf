"""Many live sockets in one thread: as much of WebSocket and Socket.IO as a bench needs, and no more."""

import asyncio
import base64
import json
import os
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Listener:
    """One socket that follows an assignment, and the moment at which each annotation arrived."""

    port: int
    token: str
    assignment_id: str
    arrived: dict[str, list[float]] = field(default_factory=dict)
    broken_chain: int = 0
    _head: str | None = None
    _joined: asyncio.Event = field(default_factory=asyncio.Event)
    _writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect, sign in, join; returns when the server has answered the join."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=8 << 20)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        self._writer.write("\r\n".join([*lines, "", ""]).encode())
        status = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in status:
            raise RuntimeError(status[:200].decode())
        self._task = asyncio.create_task(self._listen(reader))
        await asyncio.wait_for(self._joined.wait(), 60)

    async def close(self) -> None:
        """Hang up."""
        self._task.cancel()
        if self._writer:
            self._writer.close()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while True:
            first, second = await reader.readexactly(2)
            length = second & 127
            if length > 125:
                length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8), "big")
            data = await reader.readexactly(length)
            if first & 15 == 8:
                return
            if first & 15 == 1:
                self._take(data.decode())

    def _take(self, packet: str) -> None:
        if packet.startswith("0"):
            self._send("40/live," + json.dumps({"token": self.token}))
        elif packet == "2":
            self._send("3")
        elif packet.startswith("40/live,"):
            wanted = json.dumps(["join", {"assignment_id": self.assignment_id, "since": None}])
            self._send(f"42/live,1{wanted}")
        elif packet.startswith("43/live,1"):
            self._head = json.loads(packet[9:])[0]["head"]
            self._joined.set()
        elif packet.startswith("42/live,"):
            self._hear(*json.loads(packet[8:]))
        elif packet.startswith("44"):
            raise RuntimeError(packet)

    def _hear(self, event: str, message: dict[str, Any]) -> None:
        if event != "changes":
            return
        self.broken_chain += message["prev"] != self._head
        self._head = message["head"]
        moment = time.perf_counter()
        for item in message["items"]:
            if item["type"] == "annotation.created":
                self.arrived.setdefault(item["object"]["id"], []).append(moment)

    def _send(self, text: str) -> None:
        data, mask = text.encode(), os.urandom(4)
        size = bytes([128 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
        if self._writer:
            self._writer.write(b"\x81" + size + mask + masked)


async def open_all(listeners: list[Listener]) -> None:
    """Open them, twenty at a time."""
    for at in range(0, len(listeners), 20):
        await asyncio.gather(*(listener.open() for listener in listeners[at : at + 20]))
