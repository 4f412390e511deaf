"""Measures of agreement, each with a bootstrap interval and beside what a simple rule reaches."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

RESAMPLES = 200
SEED = 20261121

Numbers = NDArray[Any]
Floats = NDArray[np.float64]
Measure = Callable[[Numbers, Numbers], float]


@dataclass(frozen=True)
class Figure:
    """One line of the table: a value with its 95 % interval, beside what the simplest rule reaches."""

    model: str
    what: str
    measure: str
    rows: int
    value: float
    low: float
    high: float
    baseline: float | None = None


def _crossed(truth: Numbers, found: Numbers) -> Floats:
    """How often each pair of classes occurs, as shares; quick, since intervals ask for it hundreds of times."""
    a, b = np.asarray(truth).astype(int), np.asarray(found).astype(int)
    size = int(max(a.max(), b.max())) + 1
    return np.bincount(a * size + b, minlength=size * size).reshape(size, size) / len(a)


def _weighted(table: Floats, power: int) -> float:
    apart = np.abs(np.subtract.outer(np.arange(len(table)), np.arange(len(table))))
    steps = apart**power if power else (apart > 0).astype(int)
    chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    expected = float((steps * chance).sum())
    return 1.0 - float((steps * table).sum()) / expected if expected else float("nan")


def qwk(truth: Numbers, found: Numbers) -> float:
    """Quadratic weighted kappa."""
    return _weighted(_crossed(truth, found), 2)


def kappa(truth: Numbers, found: Numbers) -> float:
    """Cohen's kappa."""
    return _weighted(_crossed(truth, found), 0)


def macro_f1(truth: Numbers, found: Numbers) -> float:
    """F1, each class that occurs counting alike."""
    table = _crossed(truth, found)
    both = table.sum(axis=0) + table.sum(axis=1)
    return float(np.mean(2 * np.diag(table)[both > 0] / both[both > 0]))


def spearman(truth: Numbers, found: Numbers) -> float:
    """Rank correlation."""
    return float(spearmanr(truth, found).statistic)


def auc(truth: Numbers, found: Numbers) -> float:
    """Chance that a yes stands above a no; not a number where all are alike."""
    return float(roc_auc_score(truth, found)) if len(set(truth.tolist())) > 1 else float("nan")


def rmse(truth: Numbers, found: Numbers) -> float:
    """Root of the mean squared difference."""
    return float(np.sqrt(np.mean((np.asarray(truth, float) - found) ** 2)))


MEASURES: dict[str, Measure] = {
    "QWK": qwk, "kappa": kappa, "macro-F1": macro_f1, "Spearman": spearman, "AUC": auc, "RMSE": rmse,
}  # fmt: skip


def figure(about: tuple[str, str, str], truth: Numbers, found: Numbers, simple: Numbers) -> Figure:
    """A figure with its interval over rows. ``about``: model, what is judged, measure; ``simple``: the plain rule."""
    model, what, measure = about
    rate, truth, found = MEASURES[measure], np.asarray(truth), np.asarray(found)
    chance, size = np.random.default_rng(SEED), len(truth)
    picks = (chance.integers(0, size, size) for _ in range(RESAMPLES))
    low, high = np.nanquantile([rate(truth[pick], found[pick]) for pick in picks], [0.025, 0.975])
    numbers = (rate(truth, found), float(low), float(high), rate(truth, np.asarray(simple)))
    return Figure(model, what, measure, size, *(round(number, 3) for number in numbers))


def best_places(scores: Numbers, grades: Numbers, levels: int, places: int = 48) -> list[float]:
    """Cut points on scores with the highest QWK, found one after the other until none moves."""
    grid = np.unique(np.quantile(scores, np.linspace(0.01, 0.99, places)))
    found = [float(np.quantile(scores, np.mean(grades < level))) for level in range(1, levels)]
    best = qwk(grades, np.digitize(scores, found))
    for _ in range(3):
        for at in range(levels - 1):
            for place in grid:
                tried = sorted([*found[:at], float(place), *found[at + 1 :]])
                value = qwk(grades, np.digitize(scores, tried))
                if value > best:
                    best, found = value, tried
    return found


def markdown(figures: list[Figure]) -> str:
    """The table as Markdown."""
    head = "| model | what | measure | rows | value | 95 % interval | simple rule |\n" + "| --- " * 7 + "|\n"
    return head + "".join(
        f"| {f.model} | {f.what} | {f.measure} | {f.rows} | {f.value:.3f} | {f.low:.3f}–{f.high:.3f} "
        f"| {f.baseline:.3f} |\n"
        for f in figures
    )
