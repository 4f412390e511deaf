"""What scores take and give by the API."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from flask_babel import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from app.assignments.schemas import Moment
from app.scores.schemas import RatingList
from scoring.engagement import Component, Policy

Mode = Literal["automatic", "manual", "ungraded", "none"]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Hours = Annotated[float, Field(ge=0, le=2160, allow_inf_nan=False)]
People = Annotated[int, Field(ge=1, le=20)]


STEPS = (1.0, 0.5, 0.25, 0.1, 0.01)


def _known_step(step: float) -> float:
    if step not in STEPS:
        raise ValueError(_("Choose one of the answers."))
    return step


class PolicyIn(BaseModel):
    """How a score is made; what is left out is as for a new course. Weights and shares are per cent."""

    model_config = ConfigDict(extra="forbid")

    weights: dict[Component, Percent] = Field(default_factory=lambda: dict(Policy().weights))  # type: ignore[arg-type]  # the keys are components
    content: Literal["participation", "quality"] = "participation"
    best: int | None = Field(default=None, ge=1, le=50)
    level_one: Percent = 75
    wrong_answer: Percent = 100
    sittings: int = Field(default=2, ge=1, le=10)
    active_minutes: float = Field(default=20, ge=1, le=600, allow_inf_nan=False)
    replies: People = 2
    endorsed: People = 2
    endorsing: People = 3
    spread_penalty: float = Field(default=0, ge=0, le=10, allow_inf_nan=False)
    grace_minutes: float = Field(default=15, ge=0, le=1440, allow_inf_nan=False)
    offline_minutes: float = Field(default=120, ge=0, le=2880, allow_inf_nan=False)
    late_hours: Hours = 168
    reply_hours: float = Field(default=0, ge=0, le=336, allow_inf_nan=False)
    drop_lowest: int = Field(default=0, ge=0, le=10)
    missing_is_zero: bool = False
    points: float = Field(default=10, ge=1, le=1000, allow_inf_nan=False)
    step: Annotated[float, AfterValidator(_known_step)] = 0.5
    pass_percent: Percent | None = None
    release: Literal["by_hand", "after_deadline", "live"] = "by_hand"

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not any(self.weights.values()):
            raise ValueError(_("Give at least one part a weight above 0."))
        return self

    def policy(self) -> Policy:
        """The same, for the rules of `scoring.engagement`."""
        return Policy(**self.model_dump())

    @classmethod
    def of(cls, policy: Policy) -> "PolicyIn":
        """A policy, to be shown or kept."""
        return cls(**{name: getattr(policy, name) for name in cls.model_fields})


class RulesIn(BaseModel):
    """The rules of a course, or of one assignment (``mode`` is the course's alone)."""

    model_config = ConfigDict(extra="forbid")

    mode: Mode | None = None
    policy: PolicyIn


class RulesOut(BaseModel):
    """The rules in force. ``calibrated`` false: quality is feedback yet, and annotations count by taking part."""

    mode: Mode
    calibrated: bool
    policy: PolicyIn


class MoveOut(BaseModel):
    """What would change for one student."""

    account_id: str
    name: str
    before: float | None
    after: float | None


class PreviewOut(BaseModel):
    """What other rules would have made of an assignment's class: who gains, who loses, in points."""

    assignment_id: str | None
    title: str
    students: int
    gain: list[MoveOut]
    lose: list[MoveOut]


class MarkIn(BaseModel):
    """Something set by hand for one student. ``percent`` null takes back what was given; ``due_at`` null the
    extension. What is left out stays."""

    model_config = ConfigDict(extra="forbid")

    component: Component | None = None
    percent: Percent | None = None
    points: float | None = Field(default=None, ge=0, le=1000, allow_inf_nan=False)
    excused: bool = False
    due_at: Moment | None = None
    note: str = Field(default="", max_length=2000)


class PartOut(BaseModel):
    """One component of a score: what it can add and what it earned, 0 to 1, and the figures behind it."""

    component: Component
    weight: float
    share: float
    by_hand: bool
    facts: dict[str, float]


class ScoreOut(BaseModel):
    """How one student stands. ``points`` and ``percent`` are null while there is nothing to score."""

    account_id: str
    percent: float | None
    points: float | None
    out_of: float
    passed: bool | None
    excused: bool
    by_hand: bool
    due_at: datetime | None
    parts: list[PartOut]


class ScoresOut(RatingList):
    """Scores of an assignment: of all students for staff, your own once it is released; ratings beside them."""

    scores: list[ScoreOut]


class GradebookOut(BaseModel):
    """The whole course: ``columns`` are assignments, ``rows`` students; the cells lie as the columns do."""

    model_config = ConfigDict(extra="allow")

    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
