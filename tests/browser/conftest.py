"""The application behind a real address, and a real Chromium in front of it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from app.core.web import Foreword
from tests import legs

FLAGS = ["--no-sandbox", "--disable-background-networking"]


class Quiet(WSGIRequestHandler):
    """Serves without a line per request."""

    def log(self, *_args: Any, **_kwargs: Any) -> None:
        return


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that the leg found, or Playwright's own."""
    return {**browser_type_launch_args, "executable_path": legs.chromium_path(), "args": FLAGS}


@pytest.fixture
def address(app: Foreword) -> Iterator[str]:
    """The address at which the application under test answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser session of its own, so that a test can seat several people side by side.

    Takes the options of Playwright's ``new_context``; ``page.goto("/…")`` is relative to the application.
    """
    contexts: list[BrowserContext] = []

    def open_(**options: Any) -> Page:
        contexts.append(browser.new_context(base_url=address, **options))
        return contexts[-1].new_page()

    yield open_
    for context in contexts:
        context.close()
