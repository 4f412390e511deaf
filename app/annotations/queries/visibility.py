"""Which annotations somebody may read."""

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import NOBODYS, Viewer, audiences

from ..models import Annotation


def readable(viewer: Viewer, course_id: str) -> ColumnElement[bool]:
    """The condition under which a viewer who is in the course reads an annotation of it."""
    own = and_(Annotation.owner_id == viewer.account_id, Annotation.audience != NOBODYS)
    return or_(Annotation.audience.in_(audiences(viewer, course_id)), own)


def visible(viewer: Viewer, assignment: Assignment) -> Select[Annotation]:
    """Every annotation of the assignment that this viewer may see. Start all reads here.

    That the viewer may see the assignment itself has been checked by whoever loaded it.
    """
    return (
        select(Annotation)
        .where(Annotation.assignment_id == assignment.id)
        .where(readable(viewer, assignment.course_id))
    )


def annotation_or_404(annotation_id: str) -> Annotation:
    """The annotation with its assignment, unless it is gone."""
    annotation = session.scalar(
        select(Annotation)
        .where(Annotation.id == annotation_id, Annotation.audience != NOBODYS)
        .options(joinedload(Annotation.assignment).joinedload(Assignment.document))
    )
    if annotation is None or annotation.assignment.deleted_at is not None:
        raise NotFound(_("This annotation does not exist, or is not shared with you."))
    return annotation


def annotations_of(assignment_id: str) -> Select[Annotation]:
    """Every annotation that still stands, whoever may read it; for work that shows it to nobody."""
    return select(Annotation).where(Annotation.assignment_id == assignment_id, Annotation.audience != NOBODYS)
