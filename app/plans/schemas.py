"""The JSON of activity plans, groups and votes."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from flask_babel import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from app.reports.schemas import Voice
from scoring.grouping.people import By
from scoring.planning import Kind, Room

Moment = Literal["before", "after", "later"]
Id = Annotated[str, StringConstraints(min_length=1, max_length=36)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)]
Option = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Minutes = Annotated[int, Field(ge=1, le=300)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OwnQuestion(_In):
    """A question that the teacher wrote for the lesson; ``right`` are places in ``options``, from 0."""

    stem: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
    options: list[Option] = Field(min_length=2, max_length=8)
    right: list[Annotated[int, Field(ge=0, le=7)]] = Field(default_factory=list, max_length=8)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if any(place >= len(self.options) for place in self.right):
            raise ValueError(_("The right option is none of the options."))
        return self


class StepIn(_In):
    """One activity of a plan. ``voices`` are annotation ids; ``in_our_words`` stands on the projector instead."""

    id: Id
    kind: Kind
    minutes: Minutes
    topics: list[Id] = Field(default_factory=list, max_length=20)
    title: Title = ""
    prompt: Words = ""
    voices: list[Id] = Field(default_factory=list, max_length=12)
    in_our_words: Line = ""
    question_id: Id | None = None
    question: OwnQuestion | None = None
    materials: Line = ""
    why: dict[str, Any] | None = None


class PlanIn(_In):
    """What a draft is made from: topics (without them the first three), or a template's steps."""

    topics: list[Id] | None = Field(default=None, max_length=20)
    minutes: Annotated[int, Field(ge=5, le=300)] = 45
    room: Room = "tables"
    title: Title = ""
    template_id: Id | None = None
    group_size: Annotated[int, Field(ge=2, le=12)] | None = None


class PlanPatch(_In):
    """What may be changed; ``revision`` is the one that was read, so that nobody overwrites another's change."""

    revision: Annotated[int, Field(ge=0, le=1_000_000_000)]
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = (
        None
    )
    minutes: Annotated[int, Field(ge=5, le=300)] | None = None
    room: Room | None = None
    steps: list[StepIn] | None = Field(default=None, max_length=40)

    @model_validator(mode="after")
    def _steps_are_told_apart(self) -> Self:
        ids = [step.id for step in self.steps or []]
        if len(ids) != len(set(ids)):
            raise ValueError(_("Two steps have the same id."))
        return self


class NoteIn(_In):
    """What is noted at a step while it runs; empty takes the note away."""

    text: Words


class WishesIn(_In):
    """How groups are to be made. ``question_id`` is whose answers count; without it the plan's first question."""

    by: By = "conflict"
    size: Annotated[int, Field(ge=2, le=12)] = 3
    question_id: Annotated[Id | None, BeforeValidator(lambda given: given or None)] = None
    keep_sections: bool = True
    again: bool = False


class AbsentIn(_In):
    """Who is missing today; everybody else is there."""

    account_ids: list[Id] = Field(max_length=5_000)


class ApartIn(_In):
    """Two learners whom staff do not seat together."""

    account_ids: list[Id] = Field(min_length=2, max_length=2)


class GroupSetIn(_In):
    """What the groups are called together in the course."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""


class GroupSetOut(BaseModel):
    """The group set that was made."""

    id: str
    course_id: str
    name: str


class PollIn(_In):
    """Put a step's question to the class."""

    step_id: Id
    moment: Literal["before", "after"] = "before"


class PollPatch(_In):
    """Stop taking votes, or write down counted hands (option id to number)."""

    closed: bool | None = None
    hands: dict[Id, Annotated[int, Field(ge=0, le=5_000)]] | None = Field(default=None, max_length=8)


class BallotIn(_In):
    """A vote: the id of an option."""

    option: Id


class RecheckQuestion(OwnQuestion):
    """A question of the re-check, about a topic."""

    topic: Id | None = None


class RecheckIn(_In):
    """Two questions for the class some days later; ``days`` until it closes."""

    questions: list[RecheckQuestion] = Field(min_length=1, max_length=2)
    days: Annotated[int, Field(ge=1, le=60)] = 7


class ReflectionIn(_In):
    """Whether a topic was dealt with, and two lines about it."""

    dealt: bool = False
    what_i_did: Line = ""
    what_i_would_change: Line = ""


class ReplyIn(_In):
    """One answer under all questions of a topic."""

    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


class TopicShown(BaseModel):
    """A topic as the report names it today; ``gone`` when the report no longer has it."""

    key: str
    label: str
    students: int
    share: float
    gone: bool = False


class QuestionShown(BaseModel):
    """A question that can be put to the class, with its key: for staff only."""

    id: str
    stem: str
    options: list[dict[str, str]]
    right: list[str]
    answered: int = 0
    right_count: int = 0


class StepOut(BaseModel):
    """A step as it is kept, with its kind's name and why it was proposed, in words."""

    id: str
    kind: Kind
    minutes: int
    topics: list[str]
    title: str
    prompt: str
    voices: list[str]
    in_our_words: str
    question_id: str | None
    question: OwnQuestion | None
    materials: str
    why: dict[str, Any] | None
    why_text: str


class Member(BaseModel):
    """Somebody in a group."""

    id: str
    name: str


class GroupOut(BaseModel):
    """A group of a plan; the reasons are for staff and are never printed."""

    number: int
    members: list[Member]
    reasons: list[str]


class PlanHead(BaseModel):
    """A plan in a list."""

    id: str
    assignment_id: str | None
    title: str
    minutes: int
    modified: datetime
    run: datetime | None


class PlanOut(PlanHead):
    """A plan with everything that its steps point to."""

    course_id: str
    room: Room
    revision: int
    code: str
    steps: list[StepOut]
    notes: dict[str, str]
    topics: list[TopicShown]
    voices: list[Voice]
    questions: list[QuestionShown]
    groups: list[GroupOut]
    absent: list[Member]


class PlanList(BaseModel):
    """The plans of an assignment, newest first."""

    items: list[PlanHead]
    next: None = None


class PollOut(BaseModel):
    """A vote with its counts, for staff; ``right`` are the right options."""

    id: str
    step_id: str
    moment: Moment
    stem: str
    options: list[dict[str, str]]
    right: list[str]
    counts: dict[str, int]
    hands: dict[str, int]
    voted: int
    open: bool


class PollList(BaseModel):
    """The votes of a plan, oldest first."""

    items: list[PollOut]
    next: None = None


class VoteOut(BaseModel):
    """A question as a learner sees it: what they chose, and of a re-check what was right once they have chosen."""

    id: str
    moment: Moment
    stem: str
    options: list[dict[str, str]]
    mine: str | None
    right: list[str]


class VoteList(BaseModel):
    """What the class is asked now."""

    items: list[VoteOut]
    next: None = None


class Replied(BaseModel):
    """How many questions got the answer."""

    replies: int
