"""Reading assignments, and documents as far as an assignment opens them."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import Viewer
from app.documents.models import Document
from app.documents.queries import document_or_404

from .models import Assignment


def assignments_of(course_id: str) -> Select[Assignment]:
    """All assignments of a course, drafts included; documents loaded with them."""
    return (
        select(Assignment)
        .where(Assignment.course_id == course_id, Assignment.deleted_at.is_(None))
        .options(joinedload(Assignment.document))
    )


# Everything that a request needs of it in one statement, built once.
_WHOLE = (
    select(Assignment)
    .where(Assignment.id == bindparam("id"))
    .options(joinedload(Assignment.document), joinedload(Assignment.section_dates))
)


def assignment_or_404(assignment_id: str) -> Assignment:
    """The assignment with its document, unless it was deleted."""
    assignment = session.scalars(_WHOLE, {"id": assignment_id}).unique().one_or_none()
    if assignment is None or assignment.deleted_at is not None:
        raise NotFound(_("This assignment does not exist, or is not shared with you."))
    return assignment


def may_see(viewer: Viewer, assignment: Assignment) -> bool:
    """Staff see all of a course's assignments, the others those that are open to them."""
    return viewer.is_staff_of(assignment.course_id) or assignment.is_open_to(viewer)


@dataclass(frozen=True)
class Material:
    """A document together with the assignments that open it to learners."""

    document: Document
    assignments: list[Assignment]

    @property
    def course_id(self) -> str:
        """The course it belongs to, for the rules."""
        return self.document.course_id

    def is_open_to(self, viewer: Viewer) -> bool:
        """May a learner read it: is one of its assignments open to them? Observers read the library."""
        return any(assignment.is_open_to(viewer) for assignment in self.assignments)


def material_or_404(document_id: str) -> Material:
    """The document and its assignments, for whoever may read it."""
    document = document_or_404(document_id)
    found = session.scalars(
        select(Assignment).where(Assignment.document_id == document_id, Assignment.deleted_at.is_(None))
    )
    return Material(document, list(found))


def is_assigned(document: Document) -> bool:
    """Does an assignment need this document?"""
    needed = select(Assignment.id).where(
        Assignment.document_id == document.id, Assignment.deleted_at.is_(None)
    )
    return session.scalar(needed.limit(1)) is not None


def uses_of(document_ids: list[str]) -> Select[str, int]:
    """How often each document is assigned."""
    return (
        select(Assignment.document_id, func.count())
        .where(Assignment.document_id.in_(document_ids), Assignment.deleted_at.is_(None))
        .group_by(Assignment.document_id)
    )


def places_of(document: Document) -> list[tuple[str, str]]:
    """Title and address of each assignment of a document."""
    rows = session.execute(
        select(Assignment.title, Assignment.id)
        .where(Assignment.document_id == document.id, Assignment.deleted_at.is_(None))
        .order_by(Assignment.id)
    )
    return [(title, f"/assignments/{assignment_id}") for title, assignment_id in rows]


def removed_assignment_or_404(assignment_id: str) -> Assignment:
    """An assignment that was removed, to bring it back."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None or assignment.deleted_at is None:
        raise NotFound(_("This assignment does not exist, or is not shared with you."))
    return assignment
