"""The shapes of what was read and watched."""

from datetime import datetime
from typing import Annotated, Literal, Self

from flask_babel import gettext as _
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

LONGEST_S = 6 * 3600.0
Point = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


def _sensible(moment: datetime) -> datetime:
    if not 2000 < moment.year < 2100:
        raise ValueError(_("This date is too far away."))
    return moment


class IntervalIn(BaseModel):
    """A stretch of the document that was on screen, or really played: for how many seconds, from when on."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["read", "watch"]
    start: Point
    end: Point
    seconds: float = Field(gt=0, le=LONGEST_S, allow_inf_nan=False)
    began_at: Annotated[AwareDatetime, AfterValidator(_sensible)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start > self.end:
            raise ValueError(_("The start lies after the end."))
        return self


class ActivityIn(BaseModel):
    """A batch, sent about twice a minute, or late by a browser that was offline."""

    model_config = ConfigDict(extra="forbid")

    intervals: list[IntervalIn] = Field(default=[], max_length=500)


class ActivityOut(BaseModel):
    """How many were taken; what the server's clock does not allow for is left out."""

    recorded: int


class IntervalOut(BaseModel):
    """A stretch that is recorded about me."""

    kind: str
    start: float
    end: float
    seconds: float
    began_at: datetime


class RecordedOut(BaseModel):
    """What is recorded about me in an assignment; `analytics` says whether anything is."""

    analytics: bool
    opened: datetime | None
    last_opened: datetime | None
    seconds: float
    intervals: list[IntervalOut]


class ProgressOut(BaseModel):
    """How many of the course's students have opened it, have read or watched some of it, or have not yet."""

    students: int
    opened: int
    started: int
    not_yet: int
