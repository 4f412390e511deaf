"""Socket.IO opens with the first browser that asks for it: its library takes longer to load than all of ours."""

import threading
import weakref
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from .hub import Hub

PATH = "/socket.io/"
HUBS: "weakref.WeakSet[Hub]" = weakref.WeakSet()
_opening = threading.Lock()
_KEY = "foreword.live"


class OpensWhenAsked:
    """WSGI: the first request for a socket puts Socket.IO in front of the application, and goes there."""

    def __init__(self, app: Flask) -> None:
        self.app, self.behind = app, app.wsgi_app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """WSGI."""
        # Socket.IO answers this path itself as soon as it is open, so nothing comes round in a circle.
        if environ.get("PATH_INFO", "").startswith(PATH):
            opened(self.app)
            return self.app.wsgi_app(environ, start_response)
        return self.behind(environ, start_response)


def opened(app: Flask) -> "Hub":
    """The application's hub; sockets are opened if nobody has asked for them yet."""
    with _opening:
        if _KEY not in app.extensions:
            from .serving import serve_sockets

            app.extensions[_KEY] = serve_sockets(app)
            HUBS.add(app.extensions[_KEY])
        hub: Hub = app.extensions[_KEY]
        return hub
