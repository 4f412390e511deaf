"""One request to somebody else's server, without becoming a way into the school's own network.

The host is resolved once, every address of the answer is checked, and the connection goes to the address that
was checked: a name that answers differently a moment later (DNS rebinding) leads nowhere. Redirects are handed
back, not followed. No proxy, no cookies, no credentials of ours. Time and size are limited as a whole.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from .addresses import Unreachable, checked

USER_AGENT = "Foreword"
_Look = Callable[[int, Mapping[str, str]], None]


@dataclass(frozen=True)
class Reach:
    """What may be asked: the public web over TLS, and hosts of the own network that the operator named.

    An entry of ``trusted`` is ``host``, ``host:port``, or ``http://host:port`` where there is no TLS.
    ``ca_file`` holds the certificates of the school's own authority.
    """

    trusted: frozenset[str] = frozenset()
    ca_file: str = ""
    plain_http: bool = False

    @classmethod
    def of(cls, hosts: str, ca_file: str = "") -> "Reach":
        """From the settings: names separated by commas or spaces."""
        return cls(frozenset(hosts.lower().replace(",", " ").split()), ca_file)

    def trusts(self, parts: SplitResult) -> bool:
        """Did the operator name this host?"""
        host = (parts.hostname or "").lower()
        here = f"{host}:{parts.port}" if parts.port else host
        names = {host, here} if parts.scheme == "https" else {f"http://{here}", f"http://{host}"}
        return bool(names & self.trusted)

    def parsed(self, url: str) -> SplitResult:
        """The parts of an address that may be asked; raises Unreachable for any other."""
        try:
            parts = urlsplit(url)
            port_is_fine = parts.port is None or parts.port > 0
        except ValueError as error:
            raise Unreachable("bad_address") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or not port_is_fine:
            raise Unreachable("bad_address")
        if parts.scheme == "http" and not (self.plain_http or self.trusts(parts)):
            raise Unreachable("not_https", host=parts.hostname[:200])
        return parts


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status. Names of headers are in small letters."""

    url: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(
    method: str,
    url: str,
    reach: Reach,
    *,
    deadline: float,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = 1_000_000,
    look: _Look | None = None,
) -> Answer:
    """One request, until ``deadline`` (monotonic seconds) and up to ``most`` bytes; redirects are not followed.

    ``look`` sees status and headers before the body is read, and may raise. Raises Unreachable.
    """
    parts = reach.parsed(url)
    connection = _connection(parts, reach, deadline)
    guard: threading.Timer | None = None
    try:
        connection.connect()
        guard = _hung_up_at(deadline, connection)
        sent = _headers(parts) | dict(headers or {})
        connection.request(method, _target(parts), body=body, headers=sent, preload_content=False)
        return _answer(url, connection.getresponse(), deadline, most, look)
    except (urllib3.exceptions.HTTPError, HTTPException, OSError, ssl.SSLError, ValueError) as error:
        raise _why(error, parts, deadline) from error
    finally:
        if guard:
            guard.cancel()
        connection.close()


def _why(error: Exception, parts: SplitResult, deadline: float) -> Unreachable:
    host = str(parts.hostname)[:200]
    if time.monotonic() >= deadline:
        return Unreachable("too_slow", host=host)
    if isinstance(error, ssl.SSLError | urllib3.exceptions.SSLError):
        return Unreachable("bad_certificate", host=host)
    return Unreachable("no_answer", host=host)


def _connection(parts: SplitResult, reach: Reach, deadline: float) -> HTTPConnection:
    host = str(parts.hostname)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    left = max(deadline - time.monotonic(), 0.01)
    address = str(checked(host, port, left, trusted=reach.trusts(parts)))
    timeout = max(deadline - time.monotonic(), 0.01)
    if not secure:
        return HTTPConnection(address, port, timeout=timeout)
    return HTTPSConnection(
        address,
        port,
        timeout=timeout,
        ssl_context=_tls(reach.ca_file),
        server_hostname=host,
        assert_hostname=host,
    )


@cache
def _tls(ca_file: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


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
    return {"Host": host + port, "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}


def _answer(
    url: str, response: urllib3.BaseHTTPResponse, deadline: float, most: int, look: _Look | None
) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if look:
        look(response.status, headers)
    return Answer(url, response.status, headers, _body(response, deadline, most))


def _body(response: urllib3.BaseHTTPResponse, deadline: float, most: int) -> bytes:
    found = bytearray()
    while chunk := response.read(65_536, decode_content=False):
        found += chunk
        if len(found) > most:
            raise Unreachable("too_large", limit=f"{max(most // 1_000_000, 1)} MB")
        if time.monotonic() > deadline:
            raise Unreachable("too_slow")
    return bytes(found)
