"""Novelty: does it add to what peers wrote near the same place?"""

from scoring.reading import Reading


def _new(r: Reading) -> float:
    if not r.earlier:
        return 0.0
    known = frozenset().union(*(source.stems for source in r.earlier))
    return min(5, len(set(r.content) - known)) / 5


FEATURES = {
    "has_earlier": lambda r: float(bool(r.earlier)),
    "new_beside_earlier": _new,
    "near_earlier": lambda r: r.near.earlier or 0.0,
    "copied_from_peers": lambda r: r.copied_from_peers,
}
