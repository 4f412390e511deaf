"""The shapes of annotations and of what surrounds them, in and out."""

from datetime import datetime
from typing import Annotated, Any, Literal

from flask_babel import gettext as _
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from annotators.selectors import Selector
from app.core.paging import PageIn

MAX_BODY = 10_000
Motivation = Literal["commenting", "questioning", "highlighting", "replying"]
AudienceName = Literal["class", "group", "staff", "self"]
Id = Annotated[str, Field(min_length=1, max_length=36)]


def _sensible(moment: datetime) -> datetime:
    if not 2000 < moment.year < 2100:
        raise ValueError(_("This date is too far away."))
    return moment


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Moment = Annotated[AwareDatetime, AfterValidator(_sensible)]
Selectors = Annotated[list[Selector], BeforeValidator(_as_list), Field(min_length=1, max_length=8)]


class _In(BaseModel):
    """What arrives names only what it may set; any other field is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


class TargetIn(_In):
    """What is annotated: where in the assignment's document. ``source``, if given, is the document's id."""

    source: str | None = Field(default=None, max_length=200)
    selector: Selectors


class AnnotationIn(_In):
    """A new annotation; with ``parent_id`` a reply, which needs no target."""

    body: str = Field(default="", max_length=MAX_BODY)
    motivation: Motivation | None = None
    target: TargetIn | None = None
    audience: AudienceName = "class"
    anonymous: bool = False
    parent_id: Id | None = None
    mentions: list[Id] = Field(default=[], max_length=20)
    composed_at: Moment | None = None
    pasted: int | None = Field(default=None, ge=0, le=1_000_000)
    typing_seconds: int | None = Field(default=None, ge=0, le=1_000_000)


class AnnotationEditIn(_In):
    """What may change after posting: the words, what they are meant as, and whether it is solved."""

    body: str | None = Field(default=None, max_length=MAX_BODY)
    motivation: Motivation | None = None
    mentions: list[Id] | None = Field(default=None, max_length=20)
    resolved: bool | None = None


class FlagIn(_In):
    """A pupil's “tell the teacher”."""

    reason: str = Field(default="", max_length=1_000)


class HiddenIn(_In):
    """Take an annotation from view, with a reason to its author, or put it back."""

    hidden: bool
    reason: str = Field(default="", max_length=1_000)


class PausedIn(_In):
    """Stop or allow replies to a thread."""

    paused: bool


class SeenIn(_In):
    """Annotations that were on screen, and where one stopped reading (on the document's axis)."""

    ids: list[Id] = Field(default=[], max_length=500)
    position: float | None = Field(default=None, ge=0, le=1e9, allow_inf_nan=False)


class EditorIn(_In):
    """What stands in one open editor."""

    body: str = Field(default="", max_length=MAX_BODY)
    motivation: Motivation | None = None
    target: TargetIn | None = None
    audience: AudienceName | None = None
    anonymous: bool = False
    parent_id: Id | None = None
    annotation_id: Id | None = None
    mentions: list[Id] = Field(default=[], max_length=20)
    composed_at: Moment | None = None


class DraftIn(_In):
    """All open editors of one person in one assignment, by a key of the browser's choice."""

    editors: dict[Annotated[str, Field(min_length=1, max_length=80)], EditorIn] = Field(max_length=40)


class MarkIn(_In):
    """“I'm lost here”: a place."""

    target: TargetIn


class AnnotationPageIn(PageIn):
    """How many annotations at once; a whole class usually fits one page."""

    limit: int = Field(default=200, ge=1, le=1_000)


class SpanOut(BaseModel):
    """A stretch of the document's axis: code points, or seconds."""

    start: float
    end: float


class TargetOut(BaseModel):
    """The document's id, and W3C selectors (none for a reply, which speaks of its thread)."""

    source: str
    selector: list[dict[str, Any]]


class EndorsementsOut(BaseModel):
    """How many people, never who."""

    helpful: int
    me_too: int


class AnnotationOut(BaseModel):
    """An annotation, the same for everybody who may read it. ``seq`` grows with every change of it."""

    id: str
    assignment_id: str
    parent_id: str | None
    thread_id: str | None
    motivation: Motivation
    body: str
    body_html: str
    target: TargetOut
    audience: AudienceName
    creator: str | None
    anonymous: bool
    created: datetime
    modified: datetime
    composed_at: datetime | None
    edited: bool
    seq: int
    span: SpanOut | None
    region: dict[str, Any] | None
    endorsements: EndorsementsOut
    resolved: bool
    hidden: bool
    hidden_reason: str | None
    paused: bool
    deleted: bool
    tags: list[str]
    mentions: list[str]


class AnnotationListOut(BaseModel):
    """A page of annotations in the order in which they were made."""

    items: list[AnnotationOut]
    next: str | None
    head: str


class MarkOut(BaseModel):
    """One's own mark."""

    id: str
    target: TargetOut
    span: SpanOut | None


class MarksOut(BaseModel):
    """How many people are lost where: counts in equal steps of the axis, never who."""

    length: float
    bins: list[int]


class MineOut(BaseModel):
    """What is one's own in an assignment, and nobody else's business."""

    annotations: list[str]
    endorsements: dict[str, list[str]]
    seen: list[str]
    reported: list[str]
    marks: list[MarkOut]
    position: float | None


class DraftOut(BaseModel):
    """The open editors as they were last kept."""

    editors: dict[str, dict[str, Any]]
    modified: datetime | None


class PersonOut(BaseModel):
    """A name to show beside an annotation."""

    id: str
    name: str
    role: str


class RosterOut(BaseModel):
    """The people whose names one may see in an assignment."""

    items: list[PersonOut]


class AuthorOut(BaseModel):
    """Who wrote an anonymous annotation."""

    annotation_id: str
    id: str
    name: str


class AuthorsOut(BaseModel):
    """The authors of an assignment's anonymous annotations; staff only, and each look is recorded."""

    items: list[AuthorOut]


class FlagOut(BaseModel):
    """A flag as staff see it; who raised it is not said."""

    id: str
    annotation_id: str
    reason: str
    created: datetime


class FlagsOut(BaseModel):
    """The flags that wait for staff."""

    items: list[FlagOut]
