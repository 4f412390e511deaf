"""What students did at a place without words: lines of marks, answers and second readings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from app.activity.models import Interval
from app.annotations.models import Mark
from app.assignments.models import Assignment
from app.core.db import session
from app.documents.models import Document, DocumentVersion
from app.questions.models import Answer, Question

BINS = 100  # stretches of the document in which a second reading is counted
AWAY = timedelta(minutes=2)  # after so long away it is coming back, not going on
_ANSWERED = (Answer.question_id, Answer.account_id, Answer.correct, Answer.confidence, Answer.value)

Line = dict[str, Any]


def signs(assignment: Assignment, roles: dict[str, str]) -> Iterator[Line]:
    """Each sign as a line that `scoring.evidence` reads."""
    yield from _marks(assignment.id, roles)
    yield from _answers(assignment.id, roles)
    yield from _rereading(assignment, roles)


def version_of(document: Document) -> DocumentVersion:
    """The version that people work on today."""
    return session.scalars(
        select(DocumentVersion).where(
            DocumentVersion.document_id == document.id, DocumentVersion.number == document.version
        )
    ).one()


def _marks(assignment_id: str, roles: dict[str, str]) -> Iterator[Line]:
    rows = session.execute(
        select(Mark.account_id, Mark.start, Mark.end)
        .where(Mark.assignment_id == assignment_id, Mark.deleted_at.is_(None), Mark.start.is_not(None))
        .order_by(Mark.id)
    )
    for account_id, start, end in rows:
        if roles.get(account_id) == "student":
            yield {"kind": "mark", "author": account_id, "start": start, "end": end}


def _answers(assignment_id: str, roles: dict[str, str]) -> Iterator[Line]:
    """The first attempt of each student: what they thought before any feedback."""
    rows = session.execute(
        select(*_ANSWERED, Question.start, Question.end)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.assignment_id == assignment_id, Answer.attempt == 1, Question.deleted_at.is_(None))
        .order_by(Answer.id)
    )
    for question, author, correct, confidence, value, start, end in rows:
        if roles.get(author) != "student":
            continue
        yield {
            "kind": "answer",
            "question": question,
            "author": author,
            "correct": correct,
            "confidence": confidence,
            "text": value.get("text", ""),
            "start": start,
            "end": end,
        }


def _rereading(assignment: Assignment, roles: dict[str, str]) -> Iterator[Line]:
    """Stretches that a student came back to: read or played again after having been away from them."""
    length = version_of(assignment.document).length or 1.0
    rows = session.execute(
        select(Interval.account_id, Interval.start, Interval.end, Interval.began_at, Interval.seconds)
        .where(Interval.assignment_id == assignment.id)
        .order_by(Interval.account_id, Interval.began_at)
    )
    students = (row for row in rows if roles.get(row.account_id) == "student")
    for account_id, stretches in groupby(students, key=lambda row: row.account_id):
        for part, count in sorted(_visits(stretches, length).items()):
            if count > 1:
                start, end = part * length / BINS, (part + 1) * length / BINS
                yield {"kind": "activity", "author": account_id, "start": start, "end": end, "times": count}


def _visits(stretches: Iterable[Any], length: float) -> Counter[int]:
    """How often each part was visited; going on reading at its edge is one visit, not two."""
    visits: Counter[int] = Counter()
    left_at: dict[int, datetime] = {}
    for row in stretches:
        first, last = int(row.start / length * BINS), int(row.end / length * BINS)
        for part in range(max(0, first), min(BINS - 1, last) + 1):
            if part not in left_at or row.began_at - left_at[part] > AWAY:
                visits[part] += 1
            left_at[part] = row.began_at + timedelta(seconds=row.seconds)
    return visits
