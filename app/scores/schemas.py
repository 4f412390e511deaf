"""The JSON of ratings."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Wording = Literal["not_yet", "shows_reading", "thoughtful", "read_by_teacher", "pending"]
AppealState = Literal["open", "kept", "changed"]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class ReasonOut(BaseModel):
    """One reason: a code for programs, a sentence for people; something that counted, or that is missing."""

    code: str
    text: str
    kind: Literal["counted", "missing"]


class AppealOut(BaseModel):
    """What its author wrote against a rating, and what the teacher answered."""

    id: str
    state: AppealState
    sentence: str
    answer: str


class RatingOut(BaseModel):
    """A rating as its author sees it, once released: in words, never a number.

    ``source`` is who says so: a person, the model as the course reads it, the model, or nobody yet. ``note`` is what
    the person wrote with it.
    """

    annotation_id: str
    wording: Wording
    text: str
    source: Literal["teacher", "course", "model", "none"]
    note: str
    appeal: AppealOut | None
    may_appeal: bool = False
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


class RatingList(BaseModel):
    """The ratings of an assignment that one may see.

    ``signs_shown``: staff see signs inside one's own annotations; so does oneself (`GET /annotations/{id}/signs`).
    """

    released: bool
    signs_shown: bool = False
    items: list[StaffRatingOut | RatingOut]
    next: None = None


class LevelIn(BaseModel):
    """A level given by hand, with a note to the author; null takes it back."""

    model_config = ConfigDict(extra="forbid")

    level: Annotated[int, Field(strict=True, ge=0, le=2)] | None = Field(
        description="0 not yet, 1 shows reading, 2 thoughtful"
    )
    note: Sentence = ""


class AppealIn(BaseModel):
    """Why a rating should be looked at again, in a sentence."""

    model_config = ConfigDict(extra="forbid")

    sentence: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class SignOut(BaseModel):
    """Something that can be seen of how an annotation came about."""

    code: str
    text: str


class SignsOut(BaseModel):
    """The signs of one annotation. ``shown``: staff asked for them, for its author; the author sees the same."""

    available: bool
    shown: bool
    signs: list[SignOut]


class SignsIn(BaseModel):
    """Whether to show signs inside the annotations of this annotation's author."""

    model_config = ConfigDict(extra="forbid")

    shown: Annotated[bool, Field(strict=True)]
