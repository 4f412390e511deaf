"""A measured figure, what it is to reach, and the table of them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table. ``most`` and ``least`` are the reach; with neither it is there to compare.

    ``floor`` is what the bare application needed for the same in this run. ``most_floors`` and ``least_floors``
    are the reach as a multiple of it: a slow or busy machine slows both, so either reach will do.
    """

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    floor: float | None = None
    most_floors: float | None = None
    least_floors: float | None = None

    @property
    def floors(self) -> float | None:
        """The value as a multiple of the floor's."""
        return self.value / self.floor if self.floor else None

    @property
    def passed(self) -> bool:
        """Is the value within reach, by itself or beside the floor?"""
        return _within(self.value, self.least, self.most) or self._passed_beside_the_floor

    @property
    def _passed_beside_the_floor(self) -> bool:
        has_reach = self.most_floors is not None or self.least_floors is not None
        return (
            has_reach
            and self.floors is not None
            and _within(self.floors, self.least_floors, self.most_floors)
        )

    @property
    def reach(self) -> str:
        """What is to be reached, in words."""
        return _in_words(self.least, self.most) or "(to compare)"

    @property
    def beside_the_floor(self) -> str:
        """The multiple of the floor, and what it is to be, in words."""
        if self.floors is None:
            return ""
        return f"{self.floors:.3g} × floor {_in_words(self.least_floors, self.most_floors)}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """The figure for the file of results."""
        return asdict(self) | {"passed": self.passed}


def _within(value: float, least: float | None, most: float | None) -> bool:
    return (most is None or value <= most) and (least is None or value >= least)


def _in_words(least: float | None, most: float | None) -> str:
    if most is not None:
        return f"≤ {most:g}"
    return f"≥ {least:g}" if least is not None else ""


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that ``share`` (0–1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned lines."""
    rows = [
        (
            *(each.name, each.reach, f"{each.value:,.4g}", each.unit),
            *("pass" if each.passed else "FAIL", each.beside_the_floor),
        )
        for each in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        f"  {row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}} {row[3]:<{widths[3]}}"
        f"  {row[4]}  {row[5]}".rstrip()
        for row in rows
    )
