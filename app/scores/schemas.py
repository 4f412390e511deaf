"""The JSON of ratings."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Wording = Literal["not_yet", "shows_reading", "thoughtful", "read_by_teacher", "pending"]


class ReasonOut(BaseModel):
    """One reason: a code for programs, a sentence for people."""

    code: str
    text: str


class RatingOut(BaseModel):
    """A rating as its author sees it, once released: in words, never a number."""

    annotation_id: str
    wording: Wording
    text: str
    reasons: list[ReasonOut]
    marks: list[tuple[int, int]]


class StaffRatingOut(RatingOut):
    """A rating as staff see it; ``level`` is the teacher's own where there is one."""

    level: int | None
    model_level: int | None
    by_teacher: bool
    quality: float | None
    confusion: float | None
    question: float | None
    certainty: float | None
    flags: list[str]


class RatingList(BaseModel):
    """The ratings of an assignment that one may see."""

    released: bool
    items: list[StaffRatingOut | RatingOut]
    next: None = None


class LevelIn(BaseModel):
    """A level given by hand; null takes it back."""

    model_config = ConfigDict(extra="forbid")

    level: Annotated[int, Field(strict=True, ge=0, le=2)] | None = Field(
        description="0 not yet, 1 shows reading, 2 thoughtful"
    )
