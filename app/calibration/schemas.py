"""The JSON of calibration."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.scores.schemas import Sentence

Level = Annotated[int, Field(strict=True, ge=0, le=2)]


class WordsOut(BaseModel):
    """An annotation as its raters see it: never who wrote it. ``before`` and ``after`` surround the passage."""

    body_html: str
    is_question: bool
    quote: str
    before: str
    after: str
    reply_to_html: str


class ItemOut(BaseModel):
    """Something to rate blind, with one's own level."""

    id: str
    words: WordsOut
    level: int | None


class RaterOut(BaseModel):
    """A member of staff, and how many they have rated."""

    name: str
    role: str
    rated: int
    me: bool


class AgreementOut(BaseModel):
    """Quadratic weighted kappa with its 95 % interval; ``table[people][machine]`` counts annotations."""

    pairs: int
    same: float
    kappa: float | None
    low: float | None
    high: float | None
    table: list[list[int]]


class FiguresOut(BaseModel):
    """Agreement of machine and people before and after adapting, and of people among themselves."""

    before: AgreementOut
    after: AgreementOut
    people: AgreementOut | None


class DifferenceOut(BaseModel):
    """An annotation that people and machine rated differently."""

    words: WordsOut
    people: int
    machine: int
    adapted: int


class StudentMovesOut(BaseModel):
    """How many of a student's annotations move; those written without a name are not counted here."""

    name: str
    up: int
    down: int


class MoveOut(BaseModel):
    """One annotation that moves."""

    words: WordsOut
    before: int
    after: int


class MovesOut(BaseModel):
    """Who moves, before anything does."""

    up: int
    down: int
    nameless_up: int
    nameless_down: int
    students: list[StudentMovesOut]
    examples: list[MoveOut]


class ComparisonOut(BaseModel):
    """People and machine side by side. ``goes_back``: it shows what taking the adaptation back would change."""

    id: str
    state: Literal["making", "ready", "too_few", "accepted", "refused", "replaced"]
    goes_back: bool
    ratings: int
    asked_at: datetime
    figures: FiguresOut | None
    differences: list[DifferenceOut]
    moves: MovesOut | None


class InForceOut(BaseModel):
    """The adaptation that the course's ratings follow. ``is_old``: it was fitted to an earlier model and waits."""

    accepted_at: datetime
    accepted_by: str
    ratings: int
    is_old: bool


class OpenAppealOut(BaseModel):
    """A student's appeal; nobody's name."""

    id: str
    annotation_id: str
    assignment_id: str
    assignment_title: str
    sentence: str
    words: WordsOut
    level: int
    reasons: list[str]
    created_at: datetime


class CalibrationOut(BaseModel):
    """Everything on the page where a course's ratings are fitted to its teacher."""

    items: list[ItemOut]
    candidates: int
    enough: int
    is_calibrated: bool
    may_decide: bool
    raters: list[RaterOut]
    comparison: ComparisonOut | None
    in_force: InForceOut | None
    appeals: list[OpenAppealOut]


class RatingIn(BaseModel):
    """One's level for an item; null takes it back."""

    model_config = ConfigDict(extra="forbid")

    level: Level | None


class ComparisonIn(BaseModel):
    """What to compare with: the adaptation that the ratings call for, or (``goes_back``) none."""

    model_config = ConfigDict(extra="forbid")

    goes_back: Annotated[bool, Field(strict=True)] = False


class DecisionIn(BaseModel):
    """Accept the adaptation as it was shown, or refuse it."""

    model_config = ConfigDict(extra="forbid")

    accepted: Annotated[bool, Field(strict=True)]


class AnswerIn(BaseModel):
    """An answer to an appeal: the level from now on, and a sentence to the student."""

    model_config = ConfigDict(extra="forbid")

    level: Level
    sentence: Annotated[Sentence, StringConstraints(min_length=1)]


Report = dict[str, Any]
