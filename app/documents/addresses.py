"""Which addresses on the network may be fetched: public ones only, checked where we really connect."""

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

from .problems import ImportProblem

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = frozenset({80, 443, 8080, 8443})
# IPv6 networks that wrap an IPv4 address (NAT64, 6to4, Teredo), or are local by use: none is needed for a
# public page, and each is a way around a check of the IPv4 address.
_WRAPPING = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)


def is_public(address: Address) -> bool:
    """May this address be fetched? Loopback, private, link-local, shared, multicast and reserved may not."""
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
        raise ImportProblem("unknown_host", host=host[:200]) from error
    finally:
        pool.shutdown(wait=False)
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def checked(host: str, port: int, seconds: float) -> Address:
    """The address to connect to; one private address among several is reason enough to refuse."""
    addresses = resolved(host, port, seconds)
    if not addresses or port not in PORTS or not all(map(is_public, addresses)):
        raise ImportProblem("private_address")
    return addresses[0]
