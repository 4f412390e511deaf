"""What `/api/v1/me` takes and gives."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class SchoolOut(BaseModel):
    """The school a person belongs to."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str


class MeOut(BaseModel):
    """The person who asks."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    email: str | None
    locale: str | None
    is_admin: bool
    may_create_courses: bool
    school: SchoolOut


class MeIn(BaseModel):
    """What a person may change of themselves."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(default=None, max_length=400)
    locale: str | None = Field(default=None, max_length=12)


class SessionOut(BaseModel):
    """A browser that is signed in."""

    id: str
    browser: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


class SessionsOut(BaseModel):
    """All of them; there is no further page."""

    items: list[SessionOut]
    next: str | None = None
