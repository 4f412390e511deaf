"""How well two people, or a person and a model, agree on the levels 0, 1, 2: kappa, its interval, who differs where."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

LEVELS = 3
RESAMPLES = 1000
SEED = 20261122

Levels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Quadratic weighted kappa with a 95 % bootstrap interval; ``table[a][b]`` counts pairs of levels.

    ``kappa`` is None where it means nothing: no pairs, or both gave one and the same level throughout.
    """

    pairs: int
    same: float
    kappa: float | None
    low: float | None
    high: float | None
    table: list[list[int]]


def agreement(first: Sequence[int], second: Sequence[int]) -> Agreement:
    """The agreement of two raters on the same comments, in the same order."""
    a, b = np.asarray(first, np.int64), np.asarray(second, np.int64)
    if len(a) != len(b):
        raise ValueError("two raters need the same comments")
    table = table_of(a, b)
    low, high = _interval(a, b)
    same = float((a == b).mean()) if len(a) else 0.0
    return Agreement(len(a), same, kappa_of(table), low, high, table.astype(int).tolist())


def table_of(a: Levels, b: Levels, weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """How often each pair of levels was given: rows are the first rater's."""
    cells = np.bincount(a * LEVELS + b, weights, minlength=LEVELS * LEVELS)
    return cells.astype(np.float64).reshape(LEVELS, LEVELS)


def kappa_of(table: NDArray[np.float64]) -> float | None:
    """Quadratic weighted kappa (Cohen 1968) of a table, or None where chance alone explains it all."""
    total = table.sum()
    steps = np.subtract.outer(np.arange(LEVELS), np.arange(LEVELS)) ** 2
    if not total:
        return None
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    expected = float((steps * chance).sum())
    return None if expected == 0 else 1.0 - float((steps * table).sum()) / expected


def _interval(a: Levels, b: Levels) -> tuple[float | None, float | None]:
    if not len(a):
        return None, None
    picks = np.random.default_rng(SEED).integers(0, len(a), (RESAMPLES, len(a)))
    found = [kappa for pick in picks if (kappa := kappa_of(table_of(a[pick], b[pick]))) is not None]
    if not found:
        return None, None
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def among(raters: Sequence[dict[str, int]]) -> Agreement:
    """The agreement of all pairs of people, each given as levels by comment, over what both have rated."""
    first: list[int] = []
    second: list[int] = []
    for one, other in combinations(raters, 2):
        both = sorted(one.keys() & other.keys())
        first += [one[comment] for comment in both]
        second += [other[comment] for comment in both]
    return agreement(first, second)
