"""The form of an assignment: times on the course's clock in, a draft for the verbs out."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from flask_babel import gettext as _
from pydantic import ValidationError

from app.core.fields import field_sentence
from app.core.i18n import zone
from app.core.ids import now
from app.courses.models import Course, Section

from .models import Assignment
from .schemas import AssignmentIn, AssignmentPatch

T = TypeVar("T", bound=AssignmentPatch)

DUE_AFTER_DAYS, DUE_AT = 7, time(8)
_LOCAL = "%Y-%m-%dT%H:%M"


class FormProblem(Exception):
    """Fields that need another look: name to sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


def usual_due(course: Course) -> str:
    """What a new assignment proposes: in a week, at eight in the morning on the course's clock."""
    here = now().astimezone(zone(course.timezone))
    return datetime.combine(here.date() + timedelta(days=DUE_AFTER_DAYS), DUE_AT).strftime(_LOCAL)


def local(moment: datetime | None, course: Course) -> str:
    """A moment as a field of the form shows it."""
    return moment.astimezone(zone(course.timezone)).strftime(_LOCAL) if moment else ""


def filled(assignment: Assignment, course: Course) -> dict[str, Any]:
    """The form as it is shown for an assignment."""
    names = ("title", "instructions", "state", "expected_annotations", "expected_questions", "anonymity")
    shown: dict[str, Any] = {name: getattr(assignment, name) for name in names}
    shown |= {"opens_at": local(assignment.opens_at, course), "due_at": local(assignment.due_at, course)}
    shown["group_set_id"] = assignment.group_set_id or ""
    shown["scores_released"] = "1" if assignment.scores_released_at else ""
    for own in assignment.section_dates:
        shown[f"opens_at:{own.section_id}"] = local(own.opens_at, course)
        shown[f"due_at:{own.section_id}"] = local(own.due_at, course)
    return shown


def new_draft(form: Mapping[str, str], course: Course, sections: list[Section]) -> AssignmentIn:
    """The form of a new assignment."""
    if not form.get("document_id"):
        raise FormProblem({"document_id": _("Choose what the class reads or watches.")})
    return _checked(AssignmentIn, _taken(form, course, sections) | {"document_id": form["document_id"]})


def patch(form: Mapping[str, str], course: Course, sections: list[Section]) -> AssignmentPatch:
    """The form of an assignment that exists."""
    released = {"scores_released": form.get("scores_released") == "1"}
    return _checked(AssignmentPatch, _taken(form, course, sections) | released)


def _taken(form: Mapping[str, str], course: Course, sections: list[Section]) -> dict[str, Any]:
    names = ("title", "instructions", "state", "expected_annotations", "expected_questions", "anonymity")
    taken: dict[str, Any] = {name: form[name].strip() for name in names if name in form}
    for count in ("expected_annotations", "expected_questions"):
        taken[count] = taken.get(count) or 0
    taken["instructions"] = taken.get("instructions", "").replace("\r\n", "\n")
    taken["group_set_id"] = form.get("group_set_id") or None
    taken |= {name: _moment(form, name, course) for name in ("opens_at", "due_at")}
    taken["dates"] = {
        section.id: {name: _moment(form, f"{name}:{section.id}", course) for name in ("opens_at", "due_at")}
        for section in sections
    }
    return taken


def _moment(form: Mapping[str, str], name: str, course: Course) -> datetime | None:
    """A time as typed, read on the course's clock (of an hour that comes twice, the first)."""
    typed = form.get(name, "").strip()
    if not typed:
        return None
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone(course.timezone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FormProblem({name: _("Write a date and a time, such as 2026-01-08 08:00.")}) from error


def _checked(model: type[T], taken: dict[str, Any]) -> T:
    try:
        return model.model_validate(taken)
    except ValidationError as error:
        raise FormProblem({_field(each["loc"]): _said(each) for each in error.errors()}) from error


def _field(place: tuple[int | str, ...]) -> str:
    """The form's name of a field: dates of a section are ``due_at:SECTION``."""
    if place and place[0] == "dates":
        return f"due_at:{place[1]}" if len(place) > 1 else "due_at"
    return str(place[0]) if place else ""


def _said(error: Any) -> str:
    if error["type"] in {"int_parsing", "greater_than_equal", "less_than_equal"}:
        return _("Write a number from 0 to 100.")
    if error["type"] == "string_too_long":
        return _("This is too long.")
    if error["type"] == "value_error":
        return field_sentence(error)
    return _("Choose one of the answers.")
