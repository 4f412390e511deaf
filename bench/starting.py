"""How long a start takes, from the command to the first answer."""

from collections.abc import Iterator

from .figures import Figure
from .floor import floor
from .server import Server


def measure(server: Server) -> Iterator[Figure]:
    """The start of this run's server, migrated and filled already, and a bare application's."""
    with floor() as bare:
        least = bare.seconds_to_start
    started = server.seconds_to_start
    yield Figure("cold start until the first answer", started, "s", most=1.5, floor=least, most_floors=5.2)
