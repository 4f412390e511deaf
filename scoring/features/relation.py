"""Relation to the passage and to the annotation answered: about it, but not a copy of it."""

from scoring.own_words import Source
from scoring.reading import Reading


def _shared(r: Reading, source: Source) -> float:
    return min(3, len(set(r.content) & source.stems)) / 3


def _beyond(r: Reading) -> float:
    """Named things that the passage did not already name."""
    if not r.passage.stems:
        return 0.0
    return min(5, len(set(r.content) - r.passage.stems - r.parent.stems)) / 5


FEATURES = {
    "has_passage": lambda r: float(bool(r.passage.words)),
    "shared_with_passage": lambda r: _shared(r, r.passage),
    "beyond_passage": _beyond,
    "near_passage": lambda r: r.near.passage or 0.0,
    "copied_from_text": lambda r: r.copied_from_text,
    "has_parent": lambda r: float(bool(r.parent.words)),
    "shared_with_parent": lambda r: _shared(r, r.parent),
    "near_parent": lambda r: r.near.parent or 0.0,
}
