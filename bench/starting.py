"""How long a start takes, from the command to the first answer."""

from collections.abc import Iterator

from .figures import Figure
from .server import Server


def measure(server: Server) -> Iterator[Figure]:
    """The start of this run's server, migrated and filled already."""
    yield Figure("cold start until the first answer", server.seconds_to_start, "s", most=1.5)
