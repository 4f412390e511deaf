"""Which addresses on the network may be asked: public ones only, checked where we really connect."""

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = frozenset({80, 443, 8080, 8443})
# IPv6 networks that wrap an IPv4 address (NAT64, 6to4, Teredo), or are local by use: none is needed for a
# public page, and each is a way around a check of the IPv4 address.
_WRAPPING = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)


class Unreachable(Exception):
    """Why nothing was, or could be, fetched: a code, and what a sentence about it needs."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def is_public(address: Address) -> bool:
    """May this address be asked? Loopback, private, link-local, shared, multicast and reserved may not."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _WRAPPING) or address.is_site_local:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not address.is_link_local
    )


def resolved(host: str, port: int, seconds: float) -> list[Address]:
    """All addresses of a host, asked once; the caller connects to these and to nothing else."""
    pool = ThreadPoolExecutor(1)
    try:
        found = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(seconds)
    except (OSError, UnicodeError, TooSlow) as error:
        raise Unreachable("unknown_host", host=host[:200]) from error
    finally:
        pool.shutdown(wait=False)
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def checked(host: str, port: int, seconds: float, *, trusted: bool = False) -> Address:
    """The address to connect to; one private address among several is reason enough to refuse.

    ``trusted`` is for hosts that the operator of this server has named: they may be private.
    """
    addresses = resolved(host, port, seconds)
    if not addresses:
        raise Unreachable("unknown_host", host=host[:200])
    if not trusted and (port not in PORTS or not all(map(is_public, addresses))):
        raise Unreachable("private_address", host=host[:200])
    return addresses[0]
