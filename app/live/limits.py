"""Sockets hold a thread each: the last threads stay free for requests."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class SocketLimit:
    """Lets at most ``most`` socket connections in at a time; others are told to come back later."""

    def __init__(self, app: "WSGIApplication", most: int) -> None:
        self.app = app
        self._free = threading.BoundedSemaphore(most)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """WSGI."""
        if not environ.get("PATH_INFO", "").startswith("/socket.io"):
            return self.app(environ, start_response)
        if not self._free.acquire(blocking=False):
            start_response("503 Service Unavailable", [("Retry-After", "15"), ("Content-Length", "0")])
            return [b""]
        try:
            # A WebSocket lives inside this call; a poll's short answer is complete after it.
            return list(self.app(environ, start_response))
        finally:
            self._free.release()
