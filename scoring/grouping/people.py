"""What the group maker knows of learners, and what a teacher wishes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

By = Literal["conflict", "shared", "mixed", "chance"]
Pair = frozenset[str]


@dataclass(frozen=True)
class Learner:
    """One learner. What is not known is None or empty, and counts neither for nor against anybody.

    ``position`` is the answer or side they took, ``topics`` what they are confused about, ``right`` whether
    they have it right.
    """

    id: str
    section: str | None = None
    position: str | None = None
    topics: frozenset[str] = frozenset()
    right: bool | None = None


@dataclass(frozen=True)
class Wishes:
    """How the groups should be.

    ``conflict`` seats different positions together, ``shared`` those lost at the same place, ``mixed`` puts at
    least one who has it right into each group, ``chance`` looks at none of that. ``apart`` are pairs that must not
    meet, ``met`` says how often a pair has worked together before. The same ``seed`` gives the same groups.
    """

    by: By = "conflict"
    size: int = 3
    apart: frozenset[Pair] = frozenset()
    met: Mapping[Pair, int] = field(default_factory=dict)
    keep_sections: bool = True
    seed: int = 0
