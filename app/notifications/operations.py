"""Who is told what: read from the change log, once for each person, kind and annotation."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import or_, select, update

from app.activity.queries import not_opened
from app.annotations.models import Annotation
from app.annotations.queries.people import readers_among
from app.assignments.models import Assignment
from app.core.changes import ChangeHead
from app.core.db import session, upsert
from app.core.envelopes import entries_after
from app.core.ids import new_id, now
from app.core.policy import NOBODYS, Viewer

from .models import Notification, NotificationCursor

STEP = 200
AGAIN = timedelta(hours=20)
"""Nobody is reminded of one assignment twice within this time."""


def read_the_log() -> None:
    """Make notifications of what happened since the last time."""
    behind = session.execute(
        select(ChangeHead.assignment_id, NotificationCursor.seq)
        .outerjoin(NotificationCursor, NotificationCursor.assignment_id == ChangeHead.assignment_id)
        .where(or_(NotificationCursor.seq.is_(None), NotificationCursor.seq < ChangeHead.seq))
        .order_by(ChangeHead.assignment_id)
        .limit(50)
    ).all()
    for assignment_id, seq in behind:
        _read(assignment_id, seq or 0)


def _read(assignment_id: str, seq: int) -> None:
    entries = entries_after(assignment_id, seq, STEP)
    if not entries:
        return
    ids = {entry.object_id for entry in entries if entry.type.startswith("annotation.")}
    standing = select(Annotation).where(
        Annotation.id.in_(ids), Annotation.audience != NOBODYS, Annotation.deleted_at.is_(None)
    )
    for annotation in session.scalars(standing.order_by(Annotation.id)):
        _tell_of(annotation)
    _tell_of_answers({entry.object_id for entry in entries if entry.type == "appeal.answered"})
    new = {"seq": entries[-1].seq}
    session.execute(
        upsert(NotificationCursor)
        .values(assignment_id=assignment_id, **new)
        .on_conflict_do_update(index_elements=["assignment_id"], set_=new)
    )


def _tell_of(annotation: Annotation) -> None:
    """Everybody whom the annotation concerns as it is now."""
    if annotation.parent_id:
        _tell("reply", annotation, _creators(annotation.parent_id, annotation.thread_id))
    _tell("mention", annotation, annotation.mentions)
    if annotation.hidden_at is not None and annotation.creator_id != annotation.hidden_by:
        _keep("hidden", annotation, [annotation.creator_id] if annotation.creator_id else [])
    if annotation.resolved_at is not None:
        _tell("solved", annotation, _repliers(annotation.id))


def _tell_of_answers(annotation_ids: set[str]) -> None:
    """The author of an annotation hears what came of asking to have its rating looked at again."""
    for annotation in session.scalars(select(Annotation).where(Annotation.id.in_(annotation_ids))):
        _keep("appeal", annotation, [annotation.creator_id] if annotation.creator_id else [])


def _creators(*ids: str | None) -> list[str]:
    found = select(Annotation.creator_id).where(Annotation.id.in_([one for one in ids if one]))
    return [one for one in session.scalars(found.order_by(Annotation.id)) if one]


def _repliers(thread_id: str) -> list[str]:
    found = select(Annotation.creator_id).where(
        Annotation.thread_id == thread_id, Annotation.audience != NOBODYS, Annotation.deleted_at.is_(None)
    )
    return [one for one in session.scalars(found.order_by(Annotation.id)) if one]


def _tell(kind: str, annotation: Annotation, account_ids: Iterable[str]) -> None:
    """Tell those who can read it, but never its own author."""
    others = [one for one in dict.fromkeys(account_ids) if one != annotation.creator_id]
    if others:
        readers = readers_among(others, annotation.assignment, annotation.audience, annotation.owner_id)
        _keep(kind, annotation, readers)


def _keep(kind: str, annotation: Annotation, account_ids: Iterable[str]) -> None:
    for account_id in account_ids:
        session.execute(
            upsert(Notification)
            .values(
                id=new_id(),
                account_id=account_id,
                kind=kind,
                assignment_id=annotation.assignment_id,
                annotation_id=annotation.id,
                created_at=now(),
            )
            .on_conflict_do_nothing(index_elements=["account_id", "kind", "annotation_id"])
        )


def remind(assignment: Assignment) -> int:
    """Remind the students who have not opened an assignment; returns how many."""
    recent = select(Notification.account_id).where(
        Notification.assignment_id == assignment.id,
        Notification.kind == "reminder",
        Notification.created_at > now() - AGAIN,
    )
    reminded = set(session.scalars(recent))
    found = [account_id for account_id in not_opened(assignment) if account_id not in reminded]
    session.add_all(
        Notification(account_id=account_id, kind="reminder", assignment_id=assignment.id)
        for account_id in found
    )
    return len(found)


def mark_read(viewer: Viewer, ids: list[str]) -> None:
    """Take notifications as read: those named, or all if none is."""
    unread = update(Notification).where(
        Notification.account_id == viewer.account_id, Notification.read_at.is_(None)
    )
    session.execute((unread.where(Notification.id.in_(ids)) if ids else unread).values(read_at=now()))
