"""Is an address on a host that is known? Messages bring addresses that we are asked to call or to send people to."""

from collections.abc import Iterable
from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """``host`` or ``host:port``, in small letters; empty for what is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        return ""
    return f"{parts.hostname.lower()}:{port}" if port else parts.hostname.lower()


def origin_of(url: str) -> str:
    """The origin of an address (“https://lms.example:8443”); empty for what is no web address."""
    host = host_of(url)
    return f"{urlsplit(url).scheme}://{host}" if host else ""


def belongs(url: str, hosts: Iterable[str]) -> bool:
    """Is the address on one of these hosts? ``*.example.org`` stands for every host below example.org."""
    if any(ord(character) <= 32 or character == "\\" for character in url):
        return False
    host = host_of(url)
    return bool(host) and any(_fits(host, one.lower()) for one in hosts)


def _fits(host: str, known: str) -> bool:
    if known.startswith("*."):
        return host.endswith(known[1:]) and len(host) > len(known) - 1
    return host == known
