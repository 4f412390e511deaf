"""What the API of courses takes and gives."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

RoleName = Literal["teacher", "assistant", "student", "observer"]
ShortId = Annotated[str, Field(max_length=36)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CourseIn(_In):
    """A new course."""

    title: str = Field(max_length=1000)
    timezone: str = Field(default="UTC", max_length=64)
    locale: str | None = Field(default=None, max_length=12)


class CourseChange(_In):
    """What to change of a course; what is missing stays."""

    title: str | None = Field(default=None, max_length=1000)
    timezone: str | None = Field(default=None, max_length=64)
    locale: str | None = Field(default=None, max_length=12)
    analytics: bool | None = None
    help_text: str | None = Field(default=None, max_length=20_000)
    join_open: bool | None = None


class CourseOut(BaseModel):
    """A course as its reader sees it; the join code is for staff."""

    id: str
    title: str
    role: RoleName | None
    timezone: str
    locale: str | None
    analytics: bool
    help_text: str
    join_code: str | None
    join_open: bool | None
    created_at: datetime


class CoursesOut(BaseModel):
    """One page of courses."""

    items: list[CourseOut]
    next: str | None


class JoinIn(_In):
    """A join code, as it was read from the wall."""

    code: str = Field(max_length=40)


class EnrollmentIn(_In):
    """Somebody with an account (``email``), or a pupil without one (``name``)."""

    email: str | None = Field(default=None, max_length=254)
    name: str | None = Field(default=None, max_length=400)
    role: RoleName = "student"
    section_id: ShortId | None = None


class EnrollmentChange(_In):
    """What to change; ``section_id`` null means no section."""

    role: RoleName | None = None
    section_id: ShortId | None = None
    paused: bool | None = None


class SlipOut(BaseModel):
    """How a pupil signs in for the first time; the code is shown this once."""

    sign_in_name: str
    code: str


class EnrollmentOut(BaseModel):
    """A person in a course; e-mail and pause are for staff."""

    id: str
    account_id: str
    name: str
    role: RoleName
    section_id: str | None
    email: str | None = None
    paused: bool | None = None
    slip: SlipOut | None = None


class EnrollmentsOut(BaseModel):
    """One page of people."""

    items: list[EnrollmentOut]
    next: str | None


class NameIn(_In):
    """A name, for a section or a group set."""

    name: str = Field(max_length=400)


class SectionOut(BaseModel):
    """A section."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str


class SectionsOut(BaseModel):
    """All sections of a course, by name."""

    items: list[SectionOut]
    next: str | None = None


class GroupSetIn(_In):
    """A new group set: with groups of these names, or so many drawn by lot."""

    name: str = Field(max_length=400)
    groups: list[Annotated[str, Field(max_length=400)]] = Field(default_factory=list, max_length=60)
    random: int | None = Field(default=None, ge=2, le=60)


class MembersIn(_In):
    """Who is in a group now."""

    account_ids: list[ShortId] = Field(max_length=1000)


class GroupOut(BaseModel):
    """A group and the account ids of its members."""

    id: str
    name: str
    members: list[str]


class GroupSetOut(BaseModel):
    """A way to divide the course."""

    id: str
    name: str
    groups: list[GroupOut]


class GroupSetsOut(BaseModel):
    """One page of group sets."""

    items: list[GroupSetOut]
    next: str | None
