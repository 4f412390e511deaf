"""A store of learning records on loopback, of both kinds, that answers whatever a test wants it to."""

import http.server
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from . import rules

KEY, SECRET = "foreword-key", "foreword-secret"


@dataclass
class Store:
    """``answers`` are taken one by one (status, headers); when they are used up, records are taken as they should."""

    address: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    hangs: float = 0.0
    dislikes: str = ""
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def took(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        said = json.loads(body)
        self.asked.append((path, headers, said))
        time.sleep(self.hangs)
        if self.answers:
            return self.answers.pop(0)
        if path.endswith("/statements"):
            records = said
            if headers.get("x-experience-api-version") != "1.0.3":
                self.faults.append("no version")
            for one in records:
                self.faults += rules.xapi(one)
        else:
            records = said["data"]
            self.faults += rules.envelope(said)
        if self.dislikes and self.dislikes in json.dumps(records):
            return 400, {}
        if any(one["id"] in self.kept for one in records):
            return 409, {}
        self.kept |= {one["id"]: one for one in records}
        return 200, {}


class _Handler(http.server.BaseHTTPRequestHandler):
    store: Store

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, more = self.store.took(self.path, headers, body)
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": "2", **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_args: object) -> None:
        """Nothing on the terminal."""


def serve() -> tuple[Store, http.server.ThreadingHTTPServer]:
    """A new store, listening."""
    store = Store()
    handler = type("Handler", (_Handler,), {"store": store})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    store.address = f"http://127.0.0.1:{server.server_address[1]}"
    return store, server
