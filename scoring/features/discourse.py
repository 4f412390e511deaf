"""Discourse: whom it speaks to and in what manner. Length stands here, as a control."""

import math
from collections.abc import Callable

from scoring.phrases import count
from scoring.reading import Reading

_FIRST = frozenset(
    ("i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll", "im", "ive", "we", "our", "us")
)
_SECOND = frozenset(("you", "your", "yours", "you're", "yourself", "u"))


def _share(r: Reading, words: frozenset[str]) -> float:
    return sum(word in words for word in r.words) / max(1, len(r.words))


def _said(concept: str) -> Callable[[Reading], float]:
    return lambda r: math.log1p(min(count(concept, r.said), 3))


FEATURES: dict[str, Callable[[Reading], float]] = {
    "length": lambda r: math.log1p(min(len(r.words), 60)),
    "sentences": lambda r: math.log1p(min(len(r.telling), 6)),
    "words_a_sentence": lambda r: min(30.0, len(r.words) / max(1, len(r.telling))),
    "first_person": lambda r: _share(r, _FIRST),
    "second_person": lambda r: _share(r, _SECOND),
    "function_share": lambda r: r.function_share,
    "repeated": lambda r: r.repeated,
    "evaluating": lambda r: math.log1p(min(count("evaluating", r.told), 3)),
    "exclaims": lambda r: float("!" in r.said),
} | {concept: _said(concept) for concept in ("agreeing", "praising", "greeting")}
