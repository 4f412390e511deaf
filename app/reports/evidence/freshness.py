"""Whether anything that a report is made from has changed."""

import hashlib

from sqlalchemy import func, select

from app.activity.models import Interval
from app.annotations.models import Annotation, Mark
from app.assignments.models import Assignment
from app.core.changes import Change
from app.core.db import session
from app.questions.models import Answer

from ..models import TopicPlacement

# What the change log tells of that is evidence. Votes in class, appeals and flags are not: a report stays as it is.
# Marks, answers and reading are counted in their own tables.
EVIDENT = (
    *("annotation.created", "annotation.updated", "annotation.removed"),
    *("endorsement.changed", "question.changed", "score.changed"),
)


def stamp(assignment: Assignment) -> str:
    """Changes whenever the evidence does; cheap enough to ask on every visit."""
    parts: list[object] = [_last_change(assignment.id), assignment.document.version]
    for table, since in (
        (Mark, Mark.created_at),
        (Answer, Answer.created_at),
        (Interval, Interval.created_at),
    ):
        count = select(func.count(), func.max(since)).where(table.assignment_id == assignment.id)
        parts.append(tuple(session.execute(count).one()))
    placed = (
        select(func.count(), func.max(TopicPlacement.placed_at))
        .join(Annotation, Annotation.id == TopicPlacement.annotation_id)
        .where(Annotation.assignment_id == assignment.id)
    )
    parts.append(tuple(session.execute(placed).one()))
    gone = select(func.count()).where(Mark.assignment_id == assignment.id, Mark.deleted_at.is_not(None))
    parts.append(session.scalar(gone))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _last_change(assignment_id: str) -> int:
    changes = select(Change.seq).where(Change.assignment_id == assignment_id, Change.type.in_(EVIDENT))
    return session.scalar(changes.order_by(Change.seq.desc()).limit(1)) or 0
