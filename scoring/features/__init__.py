"""What is counted in a remark, a file per family. Every feature is a function of a Reading."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scoring.features import (
    claims,
    discourse,
    forum,
    grammar,
    novelty,
    questions,
    rarity,
    reasoning,
    relation,
    substance,
)
from scoring.reading import Reading

FAMILIES: dict[str, dict[str, Callable[[Reading], float]]] = {
    "substance": substance.FEATURES,
    "reasoning": reasoning.FEATURES,
    "questions": questions.FEATURES,
    "relation": relation.FEATURES,
    "novelty": novelty.FEATURES,
    "discourse": discourse.FEATURES,
    "claims": claims.FEATURES,
    "grammar": grammar.FEATURES,
    "rarity": rarity.FEATURES,
    "forum": forum.FEATURES,
}
NAMES: list[str] = [f"{family}.{name}" for family, features in FAMILIES.items() for name in features]


def measure(reading: Reading) -> NDArray[np.float32]:
    """All features of one reading, in the order of NAMES."""
    values = [feature(reading) for features in FAMILIES.values() for feature in features.values()]
    return np.asarray(values, np.float32)
