"""Does a score follow what it should not? Rank correlations with length, language, lateness and group size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST = 8
"""With fewer students nothing can be said."""

STRONG = 0.4
"""From here on a relation is worth a warning."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How the score goes with one circumstance, over the students of whom both are known.

    ``rho`` is Spearman's rank correlation, None where too few are known or all are alike. ``driver`` is the
    component from which most of a strong relation comes.
    """

    circumstance: str
    rho: float | None
    students: int
    driver: str | None = None

    @property
    def is_strong(self) -> bool:
        """Strong enough to warn of it?"""
        return self.rho is not None and abs(self.rho) >= STRONG


def relation(
    circumstance: str,
    values: Sequence[float | None],
    scores: Sequence[float],
    parts: Mapping[str, Sequence[float]],
) -> Relation:
    """How ``scores`` go with ``values`` (None: not known), student by student.

    ``parts`` holds what each component adds to each student's score; the one whose ranks share most with the
    circumstance, weighed by how much it moves the score, is the driver.
    """
    known = [index for index, value in enumerate(values) if value is not None]
    here = [float(values[index] or 0.0) for index in known]
    found = [scores[index] for index in known]
    rho = spearman(here, found) if len(known) >= FEWEST else None
    if rho is None or abs(rho) < STRONG:
        return Relation(circumstance, rho, len(known))
    pulls = {name: _pull(here, [added[index] for index in known], rho) for name, added in parts.items()}
    driver = max(pulls, key=lambda name: pulls[name], default=None)
    return Relation(circumstance, rho, len(known), driver if driver and pulls[driver] > 0 else None)


def _pull(values: list[float], added: list[float], rho: float) -> float:
    """How far a component draws the score along with the circumstance: its correlation times its spread."""
    along = spearman(values, added) or 0.0
    mean = sum(added) / len(added)
    spread = (sum((one - mean) ** 2 for one in added) / len(added)) ** 0.5
    return along * spread * (1 if rho > 0 else -1)


def spearman(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Spearman's rank correlation with mean ranks for ties; None where one side does not vary."""
    first, second = ranks(left), ranks(right)
    mean = (len(first) + 1) / 2
    above = sum((a - mean) * (b - mean) for a, b in zip(first, second, strict=True))
    below = sum((a - mean) ** 2 for a in first) * sum((b - mean) ** 2 for b in second)
    return above / below**0.5 if below > 0 else None


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value from 1 on; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for index in order[start : end + 1]:
            found[index] = (start + end) / 2 + 1
        start = end + 1
    return found
