"""Changing and removing what was posted."""

from flask_babel import gettext as _
from sqlalchemy import or_, select

from app.core import audit
from app.core.changes import log_change, take_turn
from app.core.db import session
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.ids import now
from app.core.policy import NOBODYS, Action, Viewer, allows

from ..models import Annotation, AnnotationEdit
from ..schemas import AnnotationEditIn
from .create import check_body, draw_body

REMOVED = "removed"
"""What stands in place of the words of a removed annotation that has replies."""


def hold(annotation: Annotation) -> None:
    """Wait for one's turn and read the annotation anew; refuse if it was removed meanwhile."""
    read_anew(annotation)
    if annotation.deleted_at is not None or annotation.audience == NOBODYS:
        raise Conflict(_("This was removed meanwhile."), "removed")


def read_anew(annotation: Annotation) -> Annotation:
    """The annotation as it is now, which nobody else changes until this unit of work is over."""
    take_turn(annotation.assignment_id)
    return session.get_one(Annotation, annotation.id, populate_existing=True)


def tell(annotation: Annotation, type: str, before: str | None = None) -> None:
    """Give the annotation its next revision and tell the log; ``before`` is its audience until now."""
    annotation.seq += 1
    session.flush()
    log_change(
        annotation.assignment_id,
        type,
        annotation.id,
        owner_id=annotation.owner_id,
        before=before or annotation.audience,
        after=None if annotation.audience == NOBODYS else annotation.audience,
    )


def edit_annotation(viewer: Viewer, annotation: Annotation, change: AnnotationEditIn) -> Annotation:
    """Change words or meaning (its author), or say that it is solved (its author, or staff)."""
    hold(annotation)
    if change.body is not None or change.motivation is not None or change.mentions is not None:
        _rewrite(viewer, annotation, change)
    if change.resolved is not None:
        _resolve(annotation, change.resolved)
    annotation.modified_at = now()
    tell(annotation, "annotation.updated")
    return annotation


def _rewrite(viewer: Viewer, annotation: Annotation, change: AnnotationEditIn) -> None:
    if not allows(viewer, Action.EDIT_ANNOTATION, annotation):
        raise Forbidden(_("Only who wrote this can change its words."))
    if not allows(viewer, Action.ANNOTATE, annotation):
        raise Conflict(_("This assignment takes no more changes."), "closed")
    motivation = change.motivation or annotation.motivation
    _check_motivation(annotation, motivation)
    body = annotation.body if change.body is None else change.body
    check_body(body, motivation)
    if body != annotation.body:
        session.add(AnnotationEdit(annotation_id=annotation.id, body=annotation.body))
        annotation.edited_at = now()
    annotation.body, annotation.motivation = body, motivation
    mentions = annotation.mentions if change.mentions is None else change.mentions
    draw_body(annotation, annotation.assignment, mentions)


def _check_motivation(annotation: Annotation, motivation: str) -> None:
    allowed = (
        {"replying", "questioning"} if annotation.parent_id else {"commenting", "questioning", "highlighting"}
    )
    if motivation not in allowed:
        raise Invalid(_("A reply stays a reply, and a thread a thread."), "bad_motivation", "/motivation")


def _resolve(annotation: Annotation, resolved: bool) -> None:
    if annotation.parent_id is not None:
        raise Invalid(_("Only a thread as a whole can be solved."), "not_a_thread", "/resolved")
    annotation.resolved_at = (annotation.resolved_at or now()) if resolved else None


def delete_annotation(viewer: Viewer, annotation: Annotation) -> None:
    """Remove an annotation: with replies its place stays, marked as removed; without it is gone."""
    hold(annotation)
    if annotation.creator_id != viewer.account_id:
        note_deed(viewer, annotation, "annotation.delete")
    session.add(AnnotationEdit(annotation_id=annotation.id, body=annotation.body))
    annotation.deleted_at = annotation.modified_at = now()
    annotation.body, annotation.body_html = REMOVED, f"<p>{REMOVED}</p>\n"
    annotation.mentions, annotation.tags = [], []
    if _has_replies(annotation.id):
        tell(annotation, "annotation.updated")
    else:
        _vanish(annotation)
        _clear_up(annotation.parent_id)


def note_deed(viewer: Viewer, annotation: Annotation, action: str) -> None:
    """Record what staff did to somebody's annotation."""
    audit.record(
        action,
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        object_id=annotation.id,
        course_id=annotation.course_id,
    )


def _vanish(annotation: Annotation) -> None:
    before, annotation.audience = annotation.audience, NOBODYS
    tell(annotation, "annotation.updated", before)


def _clear_up(parent_id: str | None) -> None:
    """A removed annotation whose last reply goes has no more reason to stand."""
    while parent_id is not None:
        parent = session.get_one(Annotation, parent_id, populate_existing=True)
        if parent.deleted_at is None or parent.audience == NOBODYS or _has_replies(parent.id):
            return
        _vanish(parent)
        parent_id = parent.parent_id


def _has_replies(annotation_id: str) -> bool:
    reply = (
        select(Annotation.id)
        .where(or_(Annotation.parent_id == annotation_id, Annotation.thread_id == annotation_id))
        .where(Annotation.audience != NOBODYS)
    )
    return session.scalar(reply.limit(1)) is not None
