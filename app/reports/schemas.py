"""The JSON of confusion reports."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Voice(BaseModel):
    """An annotation as evidence: the words and the place, without the author."""

    id: str
    text: str
    quote: str
    start: float | None
    end: float | None
    me_too: int
    resolved: bool


class TopicOut(BaseModel):
    """One thing that the class does not understand. Numbers are distinct students."""

    key: str
    label: str
    summary: str
    renamed: bool
    students: int
    share: float
    open_share: float
    passages: list[Any]
    signals: dict[str, int]
    representatives: list[Voice]
    members: list[Voice]


class ReportOut(BaseModel):
    """The confusion report of an assignment; ``stale`` says that a newer one is being made."""

    state: Literal["making", "ready"]
    stale: bool
    made_at: datetime | None = None
    topics: list[TopicOut] = []
    silent: list[Any] = []
    unclustered: list[Voice] = []
    heat: list[Any] = []
    method: Any = None


Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class TopicEditIn(BaseModel):
    """Rename one topic, or make several into one. Topics are named by their ``key``."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["rename", "merge"]
    topics: list[str] = Field(min_length=1, max_length=50)
    label: Label = ""
