"""A measured figure, what it is to reach, and the table of them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table. ``most`` and ``least`` are the reach; with neither it is there to compare."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def passed(self) -> bool:
        """Is the value within reach?"""
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def reach(self) -> str:
        """What is to be reached, in words."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else "(to compare)"

    def as_json(self) -> dict[str, Any]:
        """The figure for the file of results."""
        return asdict(self) | {"passed": self.passed}


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that ``share`` (0–1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned lines."""
    rows = [
        (each.name, each.reach, f"{each.value:,.4g}", each.unit, "pass" if each.passed else "FAIL")
        for each in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        f"  {row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}} {row[3]:<{widths[3]}}  {row[4]}"
        for row in rows
    )
