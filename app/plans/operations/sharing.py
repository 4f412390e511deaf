"""A plan as a file for a colleague: what a teacher wrote, and nothing of the class."""

from typing import Any, Literal

import orjson
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.assignments.models import Assignment
from app.core.errors import Invalid
from app.core.fields import field_problems
from app.core.ids import new_id
from app.core.policy import Viewer
from scoring.planning import Kind, Room

from ..models import Plan
from ..queries.topics import votable
from ..schemas import Line, Minutes, OwnQuestion, Title, Words
from .drafting import Frame, new_plan

LARGEST = 1 << 18


class FileStep(BaseModel):
    """A step without topics, students' words, or ids of anything."""

    model_config = ConfigDict(extra="ignore")

    kind: Kind
    minutes: Minutes
    title: Title = ""
    prompt: Words = ""
    question: OwnQuestion | None = None
    materials: Line = ""


class PlanFile(BaseModel):
    """The file; ``version`` grows when older readers would misunderstand it."""

    model_config = ConfigDict(extra="ignore")

    format: Literal["foreword-activity-plan"] = "foreword-activity-plan"
    version: Literal[1] = 1
    title: Title = ""
    minutes: int = Field(ge=5, le=300)
    room: Room
    steps: list[FileStep] = Field(max_length=40)


def as_file(plan: Plan) -> PlanFile:
    """What of a plan may leave the class. Questions of the document go along as the teacher's own."""
    own = {question.id: _own(question) for question in votable(plan.assignment)} if plan.assignment else {}
    steps = [
        FileStep.model_validate(step | {"question": step.get("question") or own.get(step.get("question_id"))})
        for step in plan.steps
    ]
    return PlanFile(title=plan.title, minutes=plan.minutes, room=plan.room, steps=steps)  # type: ignore[arg-type]  # the table's constraint holds the room


def _own(question: Any) -> dict[str, Any]:
    right = question.key.get("correct", [])
    places = [place for place, option in enumerate(question.options) if option["id"] in right]
    return {
        "stem": question.stem[:1_000],
        "options": [option["text"][:300] for option in question.options],
        "right": places,
    }


def read_file(data: bytes) -> PlanFile:
    """The file as somebody sent it; a sentence if it is none of ours."""
    if len(data) > LARGEST:
        raise Invalid(_("This file is too large for a plan."), "file_large", "/file")
    try:
        return PlanFile.model_validate(orjson.loads(data))
    except orjson.JSONDecodeError as error:
        raise Invalid(
            _("This file is no plan. Choose one that was saved here with “Save as a file”."),
            "no_plan",
            "/file",
        ) from error
    except ValidationError as error:
        problem = Invalid(
            _("This file is no plan. Choose one that was saved here with “Save as a file”."),
            "no_plan",
            "/file",
        )
        problem.errors.extend(field_problems(error)[:5])
        raise problem from error


def import_plan(viewer: Viewer, assignment: Assignment, shared: PlanFile) -> Plan:
    """A colleague's plan for this assignment."""
    steps = [_step(each) for each in shared.steps]
    frame = Frame(shared.title or assignment.title[:200], shared.minutes, shared.room)
    return new_plan(viewer, assignment.course_id, assignment.id, frame, steps)


def _step(each: FileStep) -> dict[str, Any]:
    empty: dict[str, Any] = {"topics": [], "voices": [], "in_our_words": "", "question_id": None, "why": None}
    return each.model_dump() | empty | {"id": new_id()}
