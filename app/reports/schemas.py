"""The JSON of confusion reports."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Voice(BaseModel):
    """An annotation as evidence: the words and the place, without the author. ``foreign``: in a language that
    we cannot read; ``quotable``: its author's answer whether it may be shown in class, None before it.
    """

    id: str
    text: str
    quote: str
    start: float | None
    end: float | None
    me_too: int
    resolved: bool
    state: Literal["open", "partly", "solved"] = "open"
    foreign: bool = False
    quotable: bool | None = None


class Known(BaseModel):
    """How many distinct students knew it, of those who answered."""

    right: int = Field(ge=0, le=100_000)
    of: int = Field(ge=0, le=100_000)


class OutcomeOut(BaseModel):
    """What became of a topic in class."""

    dealt_at: datetime | None
    what_i_did: str
    what_i_would_change: str
    before: Known | None
    after: Known | None


Lines = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class OutcomeIn(BaseModel):
    """Dealt with or not, and two lines about it; what is not said stays as it was."""

    model_config = ConfigDict(extra="forbid")

    dealt: bool = True
    what_i_did: Lines = ""
    what_i_would_change: Lines = ""


class EarlierOut(BaseModel):
    """What became of the same passage in an earlier run of the same document (``same``: "passage"), or of a topic
    about the same in an earlier assignment of the course ("subject").
    """

    same: Literal["passage", "subject"]
    key: str
    assignment_id: str
    title: str
    course: str
    made_at: datetime
    label: str
    students: int
    share: float
    outcome: OutcomeOut | None


class TopicOut(BaseModel):
    """One thing that the class does not understand; ``key`` is its id. Numbers are distinct students.

    ``unread``: how many members stand behind it beside those in ``members``.
    """

    key: str
    label: str
    summary: str
    renamed: bool
    in_our_words: str
    outcome: OutcomeOut | None
    students: int
    share: float
    open_share: float
    partly_share: float = 0.0
    reasons: list[str] = []
    certainty: float | None = None
    earlier: list[EarlierOut] = []
    passages: list[Any]
    signals: dict[str, int]
    representatives: list[Voice]
    members: list[Voice]
    unread: int = 0


class ReportOut(BaseModel):
    """The confusion report of an assignment; ``stale`` says that a newer one is being made, ``staff_asked`` that
    there is more with ``role=everybody``.
    """

    state: Literal["making", "ready"]
    stale: bool
    made_at: datetime | None = None
    topics: list[TopicOut] = []
    silent: list[Any] = []
    unclustered: list[Voice] = []
    heat: list[Any] = []
    method: Any = None
    staff_asked: bool = False


Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class WordsIn(BaseModel):
    """A topic in the teacher's own words, for the projector."""

    model_config = ConfigDict(extra="forbid")

    in_our_words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)] = ""


class PartIn(BaseModel):
    """Which part of the class a report is about; all students, if nothing is named. With the role ``everybody``
    what staff and observers asked counts as well. On the page ``topic`` is the one whose annotations are all
    shown, not the first of them.
    """

    model_config = ConfigDict(extra="ignore")

    section: Annotated[str, StringConstraints(max_length=36)] = ""
    group: Annotated[str, StringConstraints(max_length=36)] = ""
    role: Literal["", "students", "everybody"] = ""
    topic: Annotated[str, StringConstraints(max_length=36)] = ""

    @property
    def with_staff(self) -> bool:
        """Does it hold what staff and observers asked?"""
        return self.role == "everybody"


class TopicEditIn(BaseModel):
    """Change topics by hand. ``topics`` are ids: one to rename, several to merge (the first takes in the
    others), one to split ``annotations`` off from, one (or none) to move ``annotations`` to.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["rename", "merge", "split", "move"]
    topics: list[str] = Field(default=[], max_length=50)
    annotations: list[str] = Field(default=[], max_length=2000)
    label: Label = ""
