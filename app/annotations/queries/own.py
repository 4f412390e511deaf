"""What is one person's own in an assignment: votes, seen annotations, marks, drafts."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session
from app.core.policy import Viewer

from ..models import Annotation, Draft, Endorsement, Flag, ReadingState
from .marks import own_marks
from .visibility import visible


def mine_of(viewer: Viewer, assignment: Assignment) -> dict[str, Any]:
    """All that is the viewer's own in the assignment, but for the drafts."""
    state = session.get(ReadingState, (assignment.id, viewer.account_id))
    own = visible(viewer, assignment).where(Annotation.creator_id == viewer.account_id)
    return {
        "annotations": list(session.scalars(own.with_only_columns(Annotation.id).order_by(Annotation.id))),
        "endorsements": _votes(viewer, assignment),
        "seen": state.seen if state else [],
        "reported": _reported(viewer, assignment),
        "marks": own_marks(viewer, assignment),
        "position": state.position if state else None,
    }


def _votes(viewer: Viewer, assignment: Assignment) -> dict[str, list[str]]:
    rows = session.execute(
        select(Endorsement.annotation_id, Endorsement.kind)
        .join(Annotation, Annotation.id == Endorsement.annotation_id)
        .where(Annotation.assignment_id == assignment.id, Endorsement.account_id == viewer.account_id)
        .order_by(Endorsement.annotation_id, Endorsement.kind)
    )
    votes: dict[str, list[str]] = defaultdict(list)
    for annotation_id, kind in rows:
        votes[annotation_id].append(kind)
    return votes


def _reported(viewer: Viewer, assignment: Assignment) -> list[str]:
    return list(
        session.scalars(
            select(Flag.annotation_id)
            .join(Annotation, Annotation.id == Flag.annotation_id)
            .where(Annotation.assignment_id == assignment.id, Flag.reporter_id == viewer.account_id)
            .order_by(Flag.annotation_id)
        )
    )


def draft_of(viewer: Viewer, assignment: Assignment) -> dict[str, Any]:
    """The open editors as they were last kept."""
    draft = session.get(Draft, (assignment.id, viewer.account_id))
    return {
        "editors": draft.editors if draft else {},
        "modified": draft.modified_at if draft else None,
    }


@describes("flag.changed")
def describe_flags(ids: list[str]) -> dict[str, dict[str, Any]]:
    """What staff hear when somebody told them of an annotation, or when that is settled."""
    rows = session.execute(
        select(Flag.annotation_id, Flag.reason)
        .where(Flag.annotation_id.in_(ids), Flag.settled_at.is_(None))
        .order_by(Flag.id)
    )
    found: dict[str, list[str]] = {annotation_id: [] for annotation_id in ids}
    for annotation_id, reason in rows:
        found[annotation_id].append(reason)
    return {key: {"id": key, "reasons": reasons} for key, reasons in found.items()}


def open_flags(assignment_ids: list[str]) -> list[dict[str, Any]]:
    """The flags of these assignments that wait for staff; who raised them is not said."""
    rows = session.execute(
        select(Flag.id, Flag.annotation_id, Flag.reason, Flag.created_at)
        .join(Annotation, Annotation.id == Flag.annotation_id)
        .where(Annotation.assignment_id.in_(assignment_ids), Flag.settled_at.is_(None))
        .order_by(Flag.id)
    )
    return [
        {"id": row.id, "annotation_id": row.annotation_id, "reason": row.reason, "created": row.created_at}
        for row in rows
    ]
