"""Rarity: how special the words are. The encoder's vocabulary is ordered by frequency, so a token's number says it."""

import json
import math
from functools import lru_cache

from scoring.embeddings import TOKENIZER
from scoring.reading import Reading

_FIRST = 1996  # "the"; before it stand signs and single letters
_RAREST = math.log(30522 - _FIRST)


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    vocabulary: dict[str, int] = json.loads(TOKENIZER.read_text("utf-8"))["model"]["vocab"]
    return vocabulary


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """0 for the commonest word, 1 for a word that the vocabulary lacks."""
    number = _numbers().get(word)
    if number is None:
        return 1.0
    return math.log(max(1, number - _FIRST + 1)) / _RAREST


def _content(r: Reading) -> list[float]:
    return sorted((rarity(word) for word in r.content), reverse=True)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


FEATURES = {
    "rarest": lambda r: max(_content(r), default=0.0),
    "mean": lambda r: _mean(_content(r)),
    "top_three": lambda r: sum(_content(r)[:3]),
    "rare_words": lambda r: math.log1p(min(8, sum(value > 0.87 for value in _content(r)))),
    "unlisted_words": lambda r: math.log1p(min(5, sum(value == 1.0 for value in _content(r)))),
    "sum": lambda r: math.log1p(min(15.0, sum(_content(r)))),
}
