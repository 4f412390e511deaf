"""Reading the inbox: only what its person may still read."""

from typing import Any

from sqlalchemy import select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.core.markdown import excerpt
from app.core.policy import Action, Viewer, allows
from app.scores.models import Appeal

from .models import Notification

EXCERPT = 200


def inbox_of(viewer: Viewer, limit: int = 50, *, unread: bool = False) -> list[dict[str, Any]]:
    """A person's notifications, newest first; of anonymous annotations nobody learns the author."""
    found = (
        select(Notification, Annotation, Assignment)
        .join(Assignment, Assignment.id == Notification.assignment_id)
        .outerjoin(Annotation, Annotation.id == Notification.annotation_id)
        .where(Notification.account_id == viewer.account_id)
        .where(Assignment.course_id.in_(viewer.memberships), Assignment.deleted_at.is_(None))
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(limit)
    )
    if unread:
        found = found.where(Notification.read_at.is_(None))
    return [_shown(*row) for row in session.execute(found) if _may_read(viewer, row[1], row[2])]


def _may_read(viewer: Viewer, annotation: Annotation | None, assignment: Assignment) -> bool:
    if annotation is None:
        return allows(viewer, Action.READ_ASSIGNMENT, assignment)
    return annotation.deleted_at is None and allows(viewer, Action.READ_ANNOTATION, annotation)


def _shown(note: Notification, annotation: Annotation | None, assignment: Assignment) -> dict[str, Any]:
    return {
        "id": note.id,
        "kind": note.kind,
        "assignment_id": assignment.id,
        "assignment_title": assignment.title,
        "annotation_id": note.annotation_id,
        "thread_id": (annotation.thread_id or annotation.id) if annotation else None,
        "creator": annotation.creator_id if annotation and not annotation.anonymous else None,
        "excerpt": excerpt(annotation.body, EXCERPT) if annotation else "",
        "reason": _reason(note, annotation),
        "created": note.created_at,
        "read": note.read_at is not None,
    }


def _reason(note: Notification, annotation: Annotation | None) -> str | None:
    """Why something is hidden, or what was answered to an appeal."""
    if annotation is None or note.kind not in ("hidden", "appeal"):
        return None
    if note.kind == "hidden":
        return annotation.hidden_reason
    newest = (
        select(Appeal.answer)
        .where(Appeal.annotation_id == annotation.id, Appeal.answered_at.is_not(None))
        .order_by(Appeal.answered_at.desc())
    )
    return session.scalar(newest.limit(1))
