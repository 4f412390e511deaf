"""Reasoning: does it give a cause, weigh, compare, infer, or bring an example?"""

import math
from collections.abc import Callable

from scoring.phrases import count
from scoring.reading import Reading

CONCEPTS = ("cause", "contrast", "example", "comparison", "inference", "condition")


def _said(concept: str) -> Callable[[Reading], float]:
    """Counted only where something is told; a list of keywords gains nothing from its connectives."""
    return lambda r: 0.0 if r.is_a_list else math.log1p(min(count(concept, r.told), 3))


FEATURES: dict[str, Callable[[Reading], float]] = {concept: _said(concept) for concept in CONCEPTS}
FEATURES["kinds"] = lambda r: sum(FEATURES[concept](r) > 0 for concept in CONCEPTS)
