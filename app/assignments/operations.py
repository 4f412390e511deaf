"""The verbs of assignments: assign, change, copy, remove."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import audit
from app.core.db import session
from app.core.errors import Invalid
from app.core.ids import now
from app.core.policy import Viewer
from app.courses.models import Course, GroupSet, Section
from app.documents import operations as library
from app.documents.models import Document

from .models import Assignment, SectionDates
from .schemas import AssignmentIn, AssignmentPatch, Dates

_PLAIN = (
    "instructions",
    "state",
    "expected_annotations",
    "expected_questions",
    "opens_at",
    "due_at",
    "anonymity",
    "start",
    "end",
)


COPIERS: list[Callable[[Assignment, Assignment], None]] = []
"""Features above copy here what staff attached (from the first to the second), never pupils' work."""


def assign(viewer: Viewer, course: Course, draft: AssignmentIn) -> Assignment:
    """Assign a document of the course's library."""
    document = _document(course.id, draft.document_id)
    assignment = Assignment(
        course_id=course.id, document_id=document.id, title=document.title, created_by=viewer.account_id
    )
    session.add(assignment)
    _change(assignment, draft, draft.model_fields_set | {"state"})
    session.flush()
    _record(viewer, assignment, "assignment.created")
    return assignment


def edit(viewer: Viewer, assignment: Assignment, patch: AssignmentPatch) -> Assignment:
    """Change the fields that were sent."""
    if "title" in patch.model_fields_set and not patch.title.strip():
        raise Invalid(_("Give it a title."), "no_title", "/title")
    _change(assignment, patch, patch.model_fields_set)
    assignment.modified_at = now()
    session.flush()
    _record(viewer, assignment, "assignment.changed")
    return assignment


def copy_to(viewer: Viewer, assignment: Assignment, course: Course) -> Assignment:
    """A copy as a draft; into another course its document is copied too. Students' work never moves."""
    same_course = course.id == assignment.course_id
    document = assignment.document if same_course else library.copy_to(viewer, assignment.document, course)
    made = Assignment(
        course_id=course.id,
        document_id=document.id,
        title=assignment.title,
        state="draft",
        created_by=viewer.account_id,
        **{name: getattr(assignment, name) for name in _PLAIN if name not in ("state", "opens_at", "due_at")},
    )
    session.add(made)
    session.flush()
    for copier in COPIERS:
        copier(assignment, made)
    _record(viewer, made, "assignment.copied")
    return made


def remove(viewer: Viewer, assignment: Assignment) -> None:
    """Take the assignment away from everybody; the rows stay, so that it can be undone."""
    assignment.deleted_at = now()
    _record(viewer, assignment, "assignment.removed")


def restore(viewer: Viewer, assignment: Assignment) -> None:
    """Undo a removal."""
    assignment.deleted_at = None
    _record(viewer, assignment, "assignment.restored")


def _change(assignment: Assignment, patch: AssignmentPatch, named: Iterable[str]) -> None:
    named = set(named)
    for name in named.intersection(_PLAIN):
        setattr(assignment, name, getattr(patch, name))
    if "title" in named and patch.title.strip():
        assignment.title = " ".join(patch.title.split())
    if "group_set_id" in named:
        assignment.group_set_id = _group_set(assignment.course_id, patch.group_set_id)
    if "scores_released" in named:
        assignment.scores_released_at = _released(assignment.scores_released_at, patch.scores_released)
    if "dates" in named:
        _set_section_dates(assignment, patch.dates)
    _check_order(assignment)


def _released(before: datetime | None, released: bool) -> datetime | None:
    return (before or now()) if released else None


def _check_order(assignment: Assignment) -> None:
    if assignment.opens_at and assignment.due_at and assignment.due_at <= assignment.opens_at:
        raise Invalid(_("It would be due before it opens."), "due_before_open", "/due_at")
    if assignment.start is not None and assignment.end is not None and assignment.end <= assignment.start:
        raise Invalid(_("The range ends before it starts."), "empty_range", "/end")


def _set_section_dates(assignment: Assignment, dates: Mapping[str, Dates]) -> None:
    sections = select(Section.id).where(Section.course_id == assignment.course_id)
    unknown = set(dates) - set(session.scalars(sections))
    if unknown:
        raise Invalid(_("There is no such section in this course."), "unknown_section", "/dates")
    kept = {own.section_id: own for own in assignment.section_dates if own.section_id in dates}
    for section_id, wanted in dates.items():
        own = kept.setdefault(section_id, SectionDates(section_id=section_id))
        own.opens_at, own.due_at = wanted.opens_at, wanted.due_at
    assignment.section_dates = [own for own in kept.values() if own.opens_at or own.due_at]


def _document(course_id: str, document_id: str) -> Document:
    document = session.get(Document, document_id)
    if document is None or document.course_id != course_id or document.deleted_at is not None:
        raise Invalid(
            _("There is no such document in this course's library."), "unknown_document", "/document_id"
        )
    return document


def _group_set(course_id: str, group_set_id: str | None) -> str | None:
    if not group_set_id:
        return None
    found = session.get(GroupSet, group_set_id)
    if found is None or found.course_id != course_id:
        raise Invalid(_("There is no such group set in this course."), "unknown_group_set", "/group_set_id")
    return found.id


def _record(viewer: Viewer, assignment: Assignment, action: str) -> None:
    audit.record(
        action,
        school_id=viewer.school_id,
        course_id=assignment.course_id,
        actor_id=viewer.account_id,
        object_id=assignment.id,
    )
