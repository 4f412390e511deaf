"""Fetch a page from the web for the library, without becoming a way into the school's own network.

Each step (the address typed, then each redirect) is resolved once, every address of the answer is checked,
and the connection goes to the address that was checked: a name that answers differently a moment later
(DNS rebinding) leads nowhere. No proxy, no cookies, no credentials.
"""

import io
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from . import kinds
from .addresses import checked
from .problems import ImportProblem

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
SECONDS = 10.0
_SUFFIX = {"text/html": "html", "text/plain": "txt", "text/markdown": "md", "application/pdf": "pdf"}
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Page:
    """What an address gave: its bytes, its kind, and where it was really found."""

    url: str
    body: bytes
    media_type: str

    @property
    def suffix(self) -> str:
        """A file name's ending for this kind."""
        return _SUFFIX[self.media_type]

    def stream(self) -> io.BytesIO:
        """The bytes as a file."""
        return io.BytesIO(self.body)


def fetch(url: str) -> Page:
    """Get a page within ten seconds and ten megabytes; raises ImportProblem with what stood in the way."""
    deadline = time.monotonic() + SECONDS
    for _step in range(MAX_REDIRECTS + 1):
        answer = _get(_parsed(url), deadline)
        if isinstance(answer, Page):
            return answer
        url = urljoin(url, answer)
    raise ImportProblem("too_many_redirects")


def _parsed(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise ImportProblem("bad_address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or not port_is_fine:
        raise ImportProblem("bad_address")
    return parts


def _get(parts: SplitResult, deadline: float) -> Page | str:
    """One request: the page, or the address that it redirects to."""
    connection = _connection(parts, deadline)
    guard: threading.Timer | None = None
    try:
        connection.connect()
        guard = _hung_up_at(deadline, connection)
        connection.request("GET", _target(parts), headers=_headers(parts), preload_content=False)
        return _answer(parts, connection.getresponse(), deadline)
    except (urllib3.exceptions.HTTPError, OSError, ssl.SSLError, ValueError) as error:
        if time.monotonic() >= deadline:
            raise ImportProblem("page_too_slow", seconds=int(SECONDS)) from error
        raise ImportProblem("no_answer", host=str(parts.hostname)[:200]) from error
    finally:
        if guard:
            guard.cancel()
        connection.close()


def _connection(parts: SplitResult, deadline: float) -> HTTPConnection:
    host = str(parts.hostname)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = str(checked(host, port, max(deadline - time.monotonic(), 0.01)))
    timeout = max(deadline - time.monotonic(), 0.01)
    if not secure:
        return HTTPConnection(address, port, timeout=timeout)
    return HTTPSConnection(
        address,
        port,
        timeout=timeout,
        ssl_context=ssl.create_default_context(),
        server_hostname=host,
        assert_hostname=host,
    )


def _hung_up_at(deadline: float, connection: HTTPConnection) -> threading.Timer:
    """End the connection at the deadline: a socket's own timeout starts anew with each byte that drips in."""
    guard = threading.Timer(max(deadline - time.monotonic(), 0.01), _hang_up, [connection.sock])
    guard.daemon = True
    guard.start()
    return guard


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        sock.close()


def _target(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return urllib3.util.parse_url(path).request_uri if path.startswith("/") else "/"


def _headers(parts: SplitResult) -> dict[str, str]:
    port = f":{parts.port}" if parts.port else ""
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
    return {
        "Host": host + port,
        "User-Agent": "Foreword (page import)",
        "Accept": "text/html, text/markdown, text/plain, application/pdf;q=0.9",
        "Accept-Encoding": "identity",
    }


def _answer(parts: SplitResult, response: urllib3.BaseHTTPResponse, deadline: float) -> Page | str:
    if response.status in _MOVED and response.headers.get("Location"):
        return str(response.headers["Location"])
    if response.status != 200:
        raise ImportProblem("refused", status=response.status)
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    kind = kinds.BY_MEDIA_TYPE.get(media_type)
    if kind is None:
        raise ImportProblem("not_a_page", type=media_type[:80] or "?")
    return Page(parts.geturl(), _body(response, deadline), kind.media_type)


def _body(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    found = bytearray()
    while chunk := response.read(65_536, decode_content=False):
        found += chunk
        if len(found) > MAX_BYTES:
            raise ImportProblem("page_too_large", limit=f"{MAX_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise ImportProblem("page_too_slow", seconds=int(SECONDS))
    return bytes(found)
