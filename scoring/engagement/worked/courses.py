"""Worked examples of rounding, passing, and a course's total."""

from dataclasses import dataclass

from ..policy import Policy
from ..score import Entry, course_total, has_passed, points


@dataclass(frozen=True)
class Rounding:
    """A share in per cent, and the points and the pass that it makes."""

    percent: float
    points: float
    policy: Policy
    passed: bool | None = None

    def result(self) -> tuple[float | None, bool | None]:
        """What the rules make of it."""
        return points(self.percent / 100, self.policy), has_passed(self.percent / 100, self.policy)


ROUNDINGS: tuple[Rounding, ...] = (
    Rounding(72, 7.0, Policy()),
    Rounding(72.5, 7.5, Policy()),
    Rounding(75, 8, Policy(step=1)),
    Rounding(74.99, 7, Policy(step=1)),
    Rounding(33.333, 3.33, Policy(step=0.01)),
    Rounding(60, 12, Policy(points=20, pass_percent=60), passed=True),
    Rounding(59.9, 12, Policy(points=20, pass_percent=60), passed=False),
)


@dataclass(frozen=True)
class Total:
    """A course: the per cent of its assignments (None: missing, "excused", "open"), and what they make."""

    entries: tuple[float | str | None, ...]
    percent: float | None
    policy: Policy = Policy()

    def result(self) -> float | None:
        """What the rules make of it, in per cent."""
        share = course_total(map(_entry, self.entries), self.policy)
        return None if share is None else round(share * 100, 2)


def _entry(said: float | str | None) -> Entry:
    if isinstance(said, str):
        return Entry(None, is_over=said != "open", excused=said == "excused")
    return Entry(None if said is None else said / 100)


TOTALS: tuple[Total, ...] = (
    Total((80, 100), 90),
    Total((80, 100, None), 90),
    Total((80, 100, None), 60, Policy(missing_is_zero=True)),
    Total((80, 100, "open"), 90, Policy(missing_is_zero=True)),
    Total((80, 100, "excused"), 90, Policy(missing_is_zero=True)),
    Total((20, 80, 100), 90, Policy(drop_lowest=1)),
    Total((20,), 20, Policy(drop_lowest=1)),
    Total((None, 80, 100), 90, Policy(drop_lowest=1, missing_is_zero=True)),
    Total((), None),
)
