"""“I'm lost here”: one's own marks, and how many people are lost where."""

from typing import Any

from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session
from app.core.policy import Viewer
from app.documents.anchoring import current_version

from ..models import Mark

BINS = 100


def own_marks(viewer: Viewer, assignment: Assignment) -> list[dict[str, Any]]:
    """The viewer's own marks as JSON."""
    marks = session.scalars(
        select(Mark)
        .where(Mark.assignment_id == assignment.id, Mark.account_id == viewer.account_id)
        .where(Mark.deleted_at.is_(None))
        .order_by(Mark.id)
    )
    return [mark_payload(mark, assignment) for mark in marks]


@describes("mark.changed")
def describe_marks(ids: list[str]) -> dict[str, dict[str, Any]]:
    """One's own marks, for one's other windows; what was taken back is left out."""
    rows = session.execute(
        select(Mark, Assignment)
        .join(Assignment, Assignment.id == Mark.assignment_id)
        .where(Mark.id.in_(ids), Mark.deleted_at.is_(None))
    )
    return {mark.id: mark_payload(mark, assignment) for mark, assignment in rows}


def mark_payload(mark: Mark, assignment: Assignment) -> dict[str, Any]:
    """One's own mark as JSON."""
    return {
        "id": mark.id,
        "target": {"source": assignment.document_id, "selector": mark.selectors},
        "span": None if mark.start is None else {"start": mark.start, "end": mark.end},
    }


@describes("marks.changed")
def describe_counts(assignment_ids: list[str]) -> dict[str, dict[str, Any]]:
    """How many are lost where, for everybody: never who, and never which mark is new."""
    found = session.scalars(select(Assignment).where(Assignment.id.in_(assignment_ids)))
    return {assignment.id: {"id": assignment.id, **marks_of(assignment)} for assignment in found}


def marks_of(assignment: Assignment) -> dict[str, Any]:
    """The axis' length, and how many people are lost in each hundredth of it."""
    version = current_version(assignment.document_id)
    length = version.length if version else 0
    return {"length": length, "bins": mark_counts(assignment, length)}


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
