"""What is one person's own in an assignment: votes, seen annotations, marks, drafts."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import Viewer

from ..models import Annotation, Draft, Endorsement, Flag, Mark, ReadingState
from .visibility import visible

BINS = 100


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


def own_marks(viewer: Viewer, assignment: Assignment) -> list[dict[str, Any]]:
    """The viewer's own marks as JSON."""
    marks = session.scalars(
        select(Mark)
        .where(Mark.assignment_id == assignment.id, Mark.account_id == viewer.account_id)
        .where(Mark.deleted_at.is_(None))
        .order_by(Mark.id)
    )
    return [mark_payload(mark, assignment) for mark in marks]


def mark_payload(mark: Mark, assignment: Assignment) -> dict[str, Any]:
    """One's own mark as JSON."""
    return {
        "id": mark.id,
        "target": {"source": assignment.document_id, "selector": mark.selectors},
        "span": None if mark.start is None else {"start": mark.start, "end": mark.end},
    }


def mark_counts(assignment: Assignment, length: float) -> list[int]:
    """How many people are lost in each hundredth of the axis; one person counts once in each."""
    people: list[set[str]] = [set() for _ in range(BINS)]
    rows = session.execute(
        select(Mark.account_id, Mark.start, Mark.end)
        .where(Mark.assignment_id == assignment.id, Mark.deleted_at.is_(None), Mark.start.is_not(None))
        .order_by(Mark.id)
    )
    for account_id, start, end in rows:
        for step in _steps(start or 0, end or start or 0, length):
            people[step].add(account_id)
    return [len(found) for found in people]


def _steps(start: float, end: float, length: float) -> range:
    """The hundredths of the axis that a span touches."""
    if not length:
        return range(1)
    last_point = max(start, end - 1e-9)  # the end itself is not included
    return range(min(BINS - 1, int(start / length * BINS)), min(BINS, int(last_point / length * BINS) + 1))


def draft_of(viewer: Viewer, assignment: Assignment) -> dict[str, Any]:
    """The open editors as they were last kept."""
    draft = session.get(Draft, (assignment.id, viewer.account_id))
    return {
        "editors": draft.editors if draft else {},
        "modified": draft.modified_at if draft else None,
    }


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
