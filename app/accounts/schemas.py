"""What `/api/v1/me` takes and gives."""

from datetime import datetime
from typing import Literal

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


class EntryIn(BaseModel):
    """Where one goes on: in a window of this machine within a minute, or on a phone within ten.

    ``framed``: on the next page of the same frame, which keeps no cookies. ``next``: the page that a phone goes to.
    """

    telephone: bool = False
    framed: bool = False
    next: str = Field(default="/", max_length=1000)


class PictureOut(BaseModel):
    """A QR code: dark squares as the path of an SVG of ``size`` by ``size``, with its quiet edge."""

    size: int
    path: str


class EntryOut(BaseModel):
    """The one-time code, its address, and how long it works; for a phone its id and the address as a picture."""

    code: str
    url: str
    seconds: int
    id: str | None = None
    picture: PictureOut | None = None


class EntryStateOut(BaseModel):
    """What became of a code for a phone."""

    state: Literal["waiting", "used", "over"]
