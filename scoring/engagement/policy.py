"""What counts for an assignment's score, and how: the settings of a teacher, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

Component = Literal[
    "annotations",
    "completion",
    "questions",
    "sittings",
    "active_time",
    "replies",
    "endorsed",
    "endorsing",
]
COMPONENTS: tuple[Component, ...] = get_args(Component)
"""The parts of a score: annotations written; the share of the document that was read or played; embedded
questions; sittings on different occasions; active time; people who replied; people who endorsed; people whose
annotations one endorsed."""

ACTIVITY = frozenset({"completion", "sittings", "active_time"})
"""Components that come from recorded reading; without recording they cannot count."""

Content = Literal["participation", "quality"]
Release = Literal["by_hand", "after_deadline", "live"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How a score is made. Weights and the other shares are per cent."""

    weights: Mapping[str, float] = field(default_factory=lambda: dict(PARTICIPATION))
    content: Content = "participation"
    best: int | None = None  # so many annotations give full credit; None: what the assignment expects, else 4
    level_one: float = 75.0  # credit of an annotation that shows reading, where quality counts
    wrong_answer: float = 100.0  # credit of an answer that is not right
    sittings: int = 2
    active_minutes: float = 20.0
    replies: int = 2
    endorsed: int = 2
    endorsing: int = 3
    spread_penalty: float = 0.0  # taken off the annotations' credit when all stand in one place; at most 10
    grace_minutes: float = 15.0
    offline_minutes: float = 120.0  # written before the deadline, arrived so much later: on time
    late_hours: float = 168.0  # credit falls to nothing over this time
    reply_hours: float = 0.0  # replies after the deadline that still count
    drop_lowest: int = 0
    missing_is_zero: bool = False
    points: float = 10.0
    step: float = 0.5  # points are rounded to this
    pass_percent: float | None = None
    release: Release = "by_hand"

    def weight(self, component: str) -> float:
        """The weight of a component, 0 where none is set."""
        return float(self.weights.get(component, 0.0))


USUAL_BEST = 4
MOST_SPREAD_PENALTY = 10.0

PARTICIPATION: Mapping[str, float] = {"annotations": 80, "completion": 20, "questions": 20}

PRESETS: Mapping[str, Policy] = {
    "participation": Policy(),
    "balanced": Policy(
        weights={"annotations": 60, "completion": 20, "questions": 30}, content="quality", spread_penalty=10
    ),
    "annotations": Policy(weights={"annotations": 100}, content="quality", spread_penalty=10),
    "reading": Policy(weights={"completion": 100}),
    "questions": Policy(weights={"questions": 100}, wrong_answer=50),
}
"""Starting points. Replies, endorsements, active time and sittings begin at nothing in all of them: they reward
who has time, who is liked, and who writes what many want to answer."""


def expecting(policy: Policy, annotations: int) -> Policy:
    """The policy with its number of annotations settled: its own, else what the assignment expects, else 4."""
    return policy if policy.best else replace(policy, best=annotations or USUAL_BEST)


def preset_of(policy: Policy) -> str | None:
    """The name of the preset that a policy is equal to in what counts; None for a teacher's own mixture."""
    for name, preset in PRESETS.items():
        if _what_counts(preset) == _what_counts(policy):
            return name
    return None


def _what_counts(policy: Policy) -> tuple[object, ...]:
    weights = tuple(policy.weight(name) for name in COMPONENTS)
    return (weights, policy.content, policy.level_one, policy.wrong_answer, policy.spread_penalty)
