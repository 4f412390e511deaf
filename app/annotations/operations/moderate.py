"""Safe among pupils: flags, hiding with a reason, pausing a thread, and looking up who was anonymous."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.assignments.models import Assignment
from app.core import audit
from app.core.changes import log_change
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.ids import now
from app.core.policy import NOBODYS, Viewer

from ..models import Annotation, Flag
from ..queries.people import anonymous_authors
from .edit import hold, note_deed, tell


def flag_annotation(viewer: Viewer, annotation: Annotation, reason: str) -> Flag:
    """Tell the staff about an annotation. The flag names no reporter to anybody; twice is once."""
    if annotation.creator_id == viewer.account_id:
        raise Conflict(_("This is your own; you can remove it yourself."), "own_annotation")
    known = session.scalar(
        select(Flag).where(Flag.annotation_id == annotation.id, Flag.reporter_id == viewer.account_id)
    )
    if known is not None:
        return known
    flag = Flag(annotation_id=annotation.id, reporter_id=viewer.account_id, reason=reason)
    session.add(flag)
    session.flush()
    _tell_staff(annotation)
    return flag


def dismiss_flags(viewer: Viewer, annotation: Annotation) -> None:
    """Settle an annotation's flags: staff have looked."""
    settled = session.scalars(
        update(Flag)
        .where(Flag.annotation_id == annotation.id, Flag.settled_at.is_(None))
        .values(settled_at=now(), settled_by=viewer.account_id)
        .returning(Flag.id)
    ).all()
    if settled:
        _tell_staff(annotation)


def _tell_staff(annotation: Annotation) -> None:
    staff = f"staff:{annotation.course_id}"
    log_change(annotation.assignment_id, "flag.changed", annotation.id, before=staff, after=staff)


def set_hidden(viewer: Viewer, annotation: Annotation, hidden: bool, reason: str) -> Annotation:
    """Take an annotation (with its whole thread, if it opens one) from view, or put it back.

    Staff and each one's author still read it; every author is told why, those of replies too.
    """
    hold(annotation)
    if hidden != (annotation.hidden_at is not None):
        thread = _with_replies(annotation)
        _hide(viewer, annotation, thread, reason) if hidden else _show(annotation, thread)
        note_deed(viewer, annotation, "annotation.hide" if hidden else "annotation.show")
    dismiss_flags(viewer, annotation)
    return annotation


def _with_replies(annotation: Annotation) -> Sequence[Annotation]:
    """The annotation and, if it is a thread's head, everything under it, as it is now."""
    replies = (
        select(Annotation)
        .where(Annotation.thread_id == annotation.id, Annotation.audience != NOBODYS)
        .order_by(Annotation.id)
        .execution_options(populate_existing=True)
    )
    return [annotation, *session.scalars(replies)]


def _hide(viewer: Viewer, annotation: Annotation, thread: Sequence[Annotation], reason: str) -> None:
    annotation.hidden_at, annotation.hidden_by = now(), viewer.account_id
    for one in thread:
        before = one.audience
        if one is annotation or one.hidden_at is None:
            one.hidden_reason = reason
        one.home_audience = one.home_audience or before
        one.audience = f"staff:{annotation.course_id}"
        tell(one, "annotation.updated", before)


def _show(annotation: Annotation, thread: Sequence[Annotation]) -> None:
    if annotation.thread_id and session.get_one(Annotation, annotation.thread_id).home_audience:
        raise Conflict(_("The whole thread is hidden. Put the thread back first."), "thread_hidden")
    annotation.hidden_at = annotation.hidden_by = None
    for one in thread:
        if one.home_audience and one.hidden_at is None:
            before, one.audience, one.home_audience = one.audience, one.home_audience, None
            one.hidden_reason = None
            tell(one, "annotation.updated", before)


def pause_thread(viewer: Viewer, annotation: Annotation, paused: bool) -> Annotation:
    """Stop pupils' replies to a thread, or allow them again."""
    if annotation.thread_id is not None:
        raise Invalid(_("Only a thread as a whole can be paused."), "not_a_thread")
    hold(annotation)
    if paused != (annotation.paused_at is not None):
        annotation.paused_at = now() if paused else None
        tell(annotation, "annotation.updated")
        note_deed(viewer, annotation, "thread.pause" if paused else "thread.resume")
    return annotation


def look_up_authors(viewer: Viewer, assignment: Assignment) -> list[dict[str, str]]:
    """Who wrote the anonymous annotations; that somebody looked is recorded."""
    audit.record(
        "authors.read",
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        object_id=assignment.id,
        course_id=assignment.course_id,
    )
    return anonymous_authors(viewer, assignment)
