"""What one student did in one assignment, as the score sees it: numbers and moments, no words, no names.

Moments are seconds on one clock (Unix time in the application, any zero in an example).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Version:
    """What an annotation said from a moment (``since``) on: its level, None where it is not rated."""

    since: float
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An annotation. ``level`` 0 to 2, None where it is not rated; ``place`` 0 to 1 along the document.

    ``same`` says which annotations of one person have the same words: those count once. ``versions`` tells of one
    that was changed what it said over time, the first words first; without them it was always as it is.
    """

    id: str
    arrived: float
    composed: float | None = None
    level: int | None = None
    place: float | None = None
    is_reply: bool = False
    same: str = ""
    versions: Sequence[Version] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An attempt at an embedded question. ``right`` is None where nobody can tell."""

    question: str
    arrived: float
    composed: float | None = None
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the document (0 to 1) that was on screen or played, for ``seconds``, from ``began`` on.

    ``told`` is when the server heard of it.
    """

    start: float
    end: float
    seconds: float
    began: float
    told: float


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that counts of a student in an assignment.

    ``least_seconds`` is the time below which nobody can have read or played the document. ``repliers`` and
    ``endorsers`` are how many different people answered or endorsed; ``endorsing`` holds for each person whose
    annotation was endorsed when that first happened.
    """

    due: float | None = None
    written: Sequence[Written] = ()
    answered: Sequence[Answered] = ()
    questions: int = 0
    stretches: Sequence[Stretch] = ()
    least_seconds: float = 0.0
    repliers: int = 0
    endorsers: int = 0
    endorsing: Sequence[float] = ()
    is_recorded: bool = True
    excused: bool = False

    @property
    def is_empty(self) -> bool:
        """Has nothing been done at all?"""
        return not (self.written or self.answered or self.stretches or self.endorsing)


@dataclass(frozen=True, slots=True)
class Override:
    """What staff set by hand: credit of components (0 to 1), or of the whole (``total``)."""

    components: dict[str, float] = field(default_factory=dict)
    total: float | None = None


NO_OVERRIDE = Override()
