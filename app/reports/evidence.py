"""Everything a confusion report is made from, gathered in the shape that `scoring.report` takes.

What people keep to themselves is not evidence. Authors are ids: the report counts distinct students and
never learns a name.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from app.activity.models import Interval
from app.annotations.models import Annotation, Endorsement, Mark
from app.assignments.models import Assignment
from app.core.changes import heads
from app.core.db import session
from app.courses.models import Enrollment
from app.documents.models import Document, DocumentVersion
from app.questions.models import Answer, Question

BINS = 100  # stretches of the document in which a second reading is counted
AWAY = timedelta(minutes=2)  # after so long away it is coming back, not going on

Line = dict[str, Any]


def stamp(assignment: Assignment) -> str:
    """Changes whenever the evidence does; cheap enough to ask on every visit."""
    parts: list[object] = [heads([assignment.id]).get(assignment.id, 0), assignment.document.version]
    for table, since in (
        (Mark, Mark.created_at),
        (Answer, Answer.created_at),
        (Interval, Interval.created_at),
    ):
        count = select(func.count(), func.max(since)).where(table.assignment_id == assignment.id)
        parts.append(tuple(session.execute(count).one()))
    gone = select(func.count()).where(Mark.assignment_id == assignment.id, Mark.deleted_at.is_not(None))
    parts.append(session.scalar(gone))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def evidence(assignment: Assignment) -> list[Line]:
    """The document first, then annotations, marks, answers and second readings."""
    roles = _roles(assignment.course_id)
    return [
        _document(assignment.document, sum(role == "student" for role in roles.values())),
        *_annotations(assignment.id, roles),
        *_marks(assignment.id, roles),
        *_answers(assignment.id),
        *_rereading(assignment),
    ]


def _roles(course_id: str) -> dict[str, str]:
    rows = session.execute(
        select(Enrollment.account_id, Enrollment.role).where(
            Enrollment.course_id == course_id, Enrollment.ended_at.is_(None)
        )
    )
    return {account_id: role for account_id, role in rows}


def version_of(document: Document) -> DocumentVersion:
    """The version that people work on today."""
    return session.scalars(
        select(DocumentVersion).where(
            DocumentVersion.document_id == document.id, DocumentVersion.number == document.version
        )
    ).one()


def _document(document: Document, students: int) -> Line:
    version = version_of(document)
    return {
        "kind": "document",
        "title": document.title,
        "text": version.text,
        "medium": document.medium,
        "students": students,
        "cues": version.cues or [],
        "length": version.length,
    }


def _annotations(assignment_id: str, roles: dict[str, str]) -> Iterator[Line]:
    me_too = _me_too(assignment_id)
    rows = session.scalars(
        select(Annotation)
        .where(Annotation.assignment_id == assignment_id, Annotation.deleted_at.is_(None))
        .where(Annotation.hidden_at.is_(None), Annotation.body != "", Annotation.audience.not_like("user:%"))
        .order_by(Annotation.id)
    )
    for row in rows:
        yield {
            "kind": "annotation",
            "id": row.id,
            "author": row.creator_id or "",
            "text": row.body,
            "created": row.created_at.isoformat(),
            "role": roles.get(row.creator_id or "", "student"),
            "group": row.audience if row.audience.startswith("group:") else None,
            "quote": next((s["exact"] for s in row.selectors if s.get("type") == "TextQuoteSelector"), ""),
            "start": row.start,
            "end": row.end,
            "parent": row.parent_id,
            "me_too": me_too.get(row.id, []),
            "resolved": row.resolved_at is not None,
        }


def _me_too(assignment_id: str) -> dict[str, list[str]]:
    rows = session.execute(
        select(Endorsement.annotation_id, Endorsement.account_id)
        .join(Annotation, Annotation.id == Endorsement.annotation_id)
        .where(Annotation.assignment_id == assignment_id, Endorsement.kind == "me_too")
        .order_by(Endorsement.annotation_id, Endorsement.account_id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for annotation_id, account_id in rows:
        found[annotation_id].append(account_id)
    return found


def _marks(assignment_id: str, roles: dict[str, str]) -> Iterator[Line]:
    rows = session.execute(
        select(Mark.account_id, Mark.start, Mark.end)
        .where(Mark.assignment_id == assignment_id, Mark.deleted_at.is_(None), Mark.start.is_not(None))
        .order_by(Mark.id)
    )
    for account_id, start, end in rows:
        if roles.get(account_id) == "student":
            yield {"kind": "mark", "author": account_id, "start": start, "end": end}


def _answers(assignment_id: str) -> Iterator[Line]:
    """The first attempt of each person: what they thought before any feedback."""
    rows = session.execute(
        select(Answer, Question.start, Question.end)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.assignment_id == assignment_id, Answer.attempt == 1, Question.deleted_at.is_(None))
        .order_by(Answer.id)
    )
    for answer, start, end in rows:
        yield {
            "kind": "answer",
            "question": answer.question_id,
            "author": answer.account_id,
            "correct": answer.correct,
            "confidence": answer.confidence,
            "text": answer.value.get("text", ""),
            "start": start,
            "end": end,
        }


def _rereading(assignment: Assignment) -> Iterator[Line]:
    """Stretches that a person came back to: read or played again after having been away from them."""
    length = version_of(assignment.document).length or 1.0
    rows = session.execute(
        select(Interval.account_id, Interval.start, Interval.end, Interval.began_at, Interval.seconds)
        .where(Interval.assignment_id == assignment.id)
        .order_by(Interval.account_id, Interval.began_at)
    )
    for account_id, stretches in groupby(rows, key=lambda row: row.account_id):
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
