"""The score of one student in one assignment, and of all assignments of a course."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from .parts import CREDIT, applies
from .policy import COMPONENTS, Policy
from .work import NO_OVERRIDE, Override, Work


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a score: weight and credit, both 0 to 1, and the numbers that say why.

    ``weight`` is what the component can add to the score here: components that cannot be earned in this
    assignment have passed their weight on to the others.
    """

    component: str
    weight: float
    share: float
    facts: Mapping[str, float] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    by_hand: bool = False

    @property
    def earned(self) -> float:
        """What it adds to the score."""
        return self.weight * self.share


@dataclass(frozen=True, slots=True)
class Standing:
    """How a student stands in an assignment. ``share`` is 0 to 1; None where there is nothing to score."""

    share: float | None
    parts: tuple[Part, ...] = ()
    by_hand: bool = False
    excused: bool = False

    def part(self, component: str) -> Part | None:
        """One of its parts."""
        return next((part for part in self.parts if part.component == component), None)


def score(work: Work, policy: Policy, override: Override = NO_OVERRIDE) -> Standing:
    """The score of a student's work: what each component earned, added up, at most full credit.

    Who has done nothing has no score (``share`` None): only the teacher makes a zero of it.
    """
    parts = tuple(_parts(work, policy, override))
    by_hand = override.total is not None or bool(override.components)
    if work.excused:
        return Standing(None, parts, by_hand, excused=True)
    if override.total is not None:
        return Standing(override.total, parts, by_hand)
    if (work.is_empty and not by_hand) or not parts:
        return Standing(None, parts, by_hand)
    return Standing(min(1.0, sum(part.earned for part in parts)), parts, by_hand)


def _parts(work: Work, policy: Policy, override: Override) -> Iterable[Part]:
    for component, weight in weights_here(work, policy).items():
        credit = CREDIT[component](work, policy)
        given = override.components.get(component)
        share = credit.share if given is None else given
        yield Part(component, weight, share, credit.facts, credit.counted, by_hand=given is not None)


def weights_here(work: Work, policy: Policy) -> dict[str, float]:
    """The weights as shares of 1, of the components that can be earned here.

    What cannot be earned (questions where none are asked, reading where nothing is recorded) leaves, and the
    others grow in proportion, so that full credit stays within reach.
    """
    wanted = {name: policy.weight(name) for name in COMPONENTS if policy.weight(name) > 0}
    here = {name: weight for name, weight in wanted.items() if applies(name, work)}
    grow = sum(wanted.values()) / sum(here.values()) if here else 0.0
    return {name: weight * grow / 100 for name, weight in here.items()}


def points(share: float | None, policy: Policy) -> float | None:
    """A share of full credit in the teacher's points, rounded to the step; halves go up."""
    return None if share is None else _rounded(share, policy.points, policy.step)


@lru_cache(maxsize=8192)  # a gradebook of thousands of cells has a few hundred different ones
def _rounded(share: float, full: float, step: float) -> float:
    # A share is a sum of floats: 0.7499999999 is three quarters.
    exact, unit = Decimal(str(round(share * full, 9))), Decimal(str(step))
    return float((exact / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit)


def has_passed(share: float | None, policy: Policy) -> bool | None:
    """Is the threshold reached? None where there is none, or nothing to compare."""
    if share is None or policy.pass_percent is None:
        return None
    return share * 100 >= policy.pass_percent - 1e-9


@dataclass(frozen=True, slots=True)
class Entry:
    """One assignment in a course's total: its share (None: nothing done), and whether its time is over."""

    share: float | None
    is_over: bool = True
    excused: bool = False


def course_total(entries: Iterable[Entry], policy: Policy) -> float | None:
    """The mean of a student's assignments, 0 to 1; None where nothing counts yet.

    Excused ones never count. What is missing counts as nothing only where the policy says so, and only once its
    time is over. The lowest are dropped, as long as one remains.
    """
    shares = sorted(_counting(entries, policy))
    dropped = min(policy.drop_lowest, max(0, len(shares) - 1))
    kept: Sequence[float] = shares[dropped:]
    return sum(kept) / len(kept) if kept else None


def _counting(entries: Iterable[Entry], policy: Policy) -> Iterable[float]:
    for entry in entries:
        if entry.excused:
            continue
        if entry.share is not None:
            yield entry.share
        elif entry.is_over and policy.missing_is_zero:
            yield 0.0
