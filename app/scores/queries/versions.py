"""What changed annotations said over time, and how each version was rated."""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.annotations.models import Annotation, AnnotationEdit
from app.assignments.models import Assignment
from app.core.db import session
from app.scores.models import Score, TeacherScore

from .finding import body_hash, is_ratable
from .standing import FACTS, reading_of


class Said(NamedTuple):
    """What an annotation said from a moment on; ``level`` is None where nobody rated those words."""

    since: datetime
    level: int | None


def changes(assignment_id: str) -> dict[str, list[Said]]:
    """The versions of each annotation whose words were changed, the first words first and those of now last.

    One whose level staff gave by hand is left out: that stands for it, whenever it said what.
    """
    by_annotation: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(_edits(assignment_id)):
        by_annotation[row.id].append(row)
    if not by_annotation:
        return {}
    course_id = session.scalar(select(Assignment.course_id).where(Assignment.id == assignment_id))
    reading, rated = reading_of(course_id or ""), _ratings(assignment_id)
    found = {}
    for key, edits in by_annotation.items():
        moments = [edits[0].created_at, *(edit.edited_at for edit in edits)]
        words = [*(edit.before for edit in edits), edits[0].body]
        found[key] = [
            Said(since, reading.standing(rated.get((key, body_hash(body))), None).level)
            for since, body in zip(moments, words, strict=True)
        ]
    return found


def _edits(assignment_id: str) -> Any:
    by_hand = select(TeacherScore.annotation_id)
    return (
        select(
            *(Annotation.id, Annotation.created_at, Annotation.body),
            *(AnnotationEdit.body.label("before"), AnnotationEdit.edited_at),
        )
        .join(AnnotationEdit, AnnotationEdit.annotation_id == Annotation.id)
        .where(Annotation.assignment_id == assignment_id, is_ratable(), Annotation.id.not_in(by_hand))
        .order_by(AnnotationEdit.edited_at, AnnotationEdit.id)
    )


def _ratings(assignment_id: str) -> dict[tuple[str, str], Any]:
    """The newest rating of each version of those that were changed, by annotation and hash of the words."""
    changed = (
        select(AnnotationEdit.annotation_id)
        .join(Annotation, Annotation.id == AnnotationEdit.annotation_id)
        .where(Annotation.assignment_id == assignment_id)
    )
    rows = session.execute(
        select(*FACTS)
        .where(Score.assignment_id == assignment_id, Score.annotation_id.in_(changed))
        .order_by(Score.created_at, Score.id)
    )
    return {(row.annotation_id, row.body_hash): row for row in rows}
