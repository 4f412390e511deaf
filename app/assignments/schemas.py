"""What assignments take and give by the API. Moments carry their zone."""

from datetime import datetime
from typing import Annotated, Literal, Self

from flask_babel import gettext as _
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from app.core.policy import Viewer

from .models import Assignment

State = Literal["draft", "assigned", "closed"]
Anonymity = Literal["never", "allowed"]


def _storable(moment: datetime) -> datetime:
    """Years at the edge of the calendar cannot be moved between zones."""
    if not 1990 <= moment.year <= 2200:
        raise ValueError(_("This date is too far away."))
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_storable)]
Expected = Annotated[int, Field(ge=0, le=100)]


class Dates(BaseModel):
    """When it opens and is due for one section; null: as for everybody."""

    model_config = ConfigDict(extra="forbid")

    opens_at: Moment | None = None
    due_at: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens_at and self.due_at and self.due_at <= self.opens_at:
            raise ValueError(_("It would be due before it opens."))
        return self


class AssignmentPatch(BaseModel):
    """Fields of an assignment that can be changed; what is left out stays."""

    model_config = ConfigDict(extra="ignore")

    title: str = Field(default="", max_length=300)
    instructions: str = Field(default="", max_length=20_000)
    state: State = "assigned"
    expected_annotations: Expected = 0
    expected_questions: Expected = 0
    opens_at: Moment | None = None
    due_at: Moment | None = None
    dates: dict[str, Dates] = Field(default_factory=dict, max_length=200)
    anonymity: Anonymity = "allowed"
    group_set_id: str | None = Field(default=None, max_length=36)
    start: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    end: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    scores_released: bool = False


class AssignmentIn(AssignmentPatch):
    """A new assignment; without a title it has that of its document."""

    document_id: str = Field(max_length=36)


class CopyIn(BaseModel):
    """Where a copy goes; without a course, it stays in its own."""

    course_id: str | None = Field(default=None, max_length=36)


class AssignmentOut(BaseModel):
    """An assignment; a student gets the dates of the own section, staff those of all (``dates``)."""

    id: str
    course_id: str
    document_id: str
    title: str
    instructions: str
    state: State
    expected_annotations: int
    expected_questions: int
    opens_at: datetime | None
    due_at: datetime | None
    dates: dict[str, Dates]
    anonymity: Anonymity
    group_set_id: str | None
    start: float | None
    end: float | None
    scores_released: bool
    created_at: datetime
    modified_at: datetime

    @classmethod
    def of(cls, assignment: Assignment, viewer: Viewer) -> "AssignmentOut":
        """The assignment as this viewer has it."""
        taken = {name: getattr(assignment, name) for name in cls.model_fields if hasattr(assignment, name)}
        if viewer.is_staff_of(assignment.course_id):
            dates = {
                own.section_id: Dates.model_construct(opens_at=own.opens_at, due_at=own.due_at)
                for own in assignment.section_dates
            }
        else:
            dates = {}
            taken["opens_at"], taken["due_at"] = assignment.dates_for(viewer.section_in(assignment.course_id))
        return cls(**taken, dates=dates, scores_released=assignment.scores_released_at is not None)


class AssignmentList(BaseModel):
    """A page of assignments."""

    items: list[AssignmentOut]
    next: str | None
