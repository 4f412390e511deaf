"""Whether what was worked out still holds: a stamp of everything that scores depend on."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.activity.models import Opening
from app.assignments.models import Assignment
from app.calibration.queries import is_calibrated
from app.core.changes import heads
from app.core.db import session
from app.core.ids import now
from app.courses.models import Course, Enrollment
from app.documents.models import Document

from ..models import AssignmentScoring, CourseScoring, ScoreException, ScoreOverride

RULES_VERSION = 2
"""Raise it when `scoring.engagement` comes to other results for the same work."""


def stamps(assignments: Iterable[Assignment]) -> dict[str, str]:
    """A stamp for each assignment; it differs as soon as its scores may. A few statements for all of them.

    What staff set by hand is not in it: that is worked out at once, for the one student it is about.
    """
    rows = list(assignments)
    ids, course_ids = [row.id for row in rows], {row.course_id for row in rows}
    seqs, of_course = heads(ids), {each: _of_course(each) for each in course_ids}
    newest = [
        _newest(ids, Opening.assignment_id, Opening.last_at),
        _newest(ids, AssignmentScoring.assignment_id, AssignmentScoring.modified_at),
    ]
    versions = _versions(ids)
    return {
        row.id: _hash(
            *(
                RULES_VERSION,
                now().date(),
                of_course[row.course_id],
                seqs.get(row.id, 0),
                versions.get(row.id),
            ),
            *(row.modified_at, row.start, row.end, [each.get(row.id) for each in newest]),
            # Without rules of its own any more, an assignment is scored otherwise as well.
            *(
                row.expected_annotations,
                row.due_at,
                sorted((d.section_id, d.due_at) for d in row.section_dates),
            ),
        )
        for row in rows
    }


def _of_course(course_id: str) -> tuple[Any, ...]:
    """What all assignments of a course depend on: rules, recording, calibration, who is in it."""
    people = select(
        func.count(),
        func.max(Enrollment.created_at),
        func.max(Enrollment.ended_at),
        func.count(Enrollment.section_id),
    ).where(Enrollment.course_id == course_id)
    rules = select(CourseScoring.modified_at, CourseScoring.mode).where(CourseScoring.course_id == course_id)
    recorded = session.scalar(select(Course.analytics).where(Course.id == course_id))
    found = (session.execute(rules).one_or_none(), recorded, session.execute(people).one())
    return (*map(repr, found), is_calibrated(course_id))


def _newest(
    ids: list[str], key: InstrumentedAttribute[str], moment: InstrumentedAttribute[Any]
) -> dict[str, Any]:
    rows = select(key, func.max(moment), func.count()).where(key.in_(ids)).group_by(key)
    return {each: (at, number) for each, at, number in session.execute(rows)}


def _versions(ids: list[str]) -> dict[str, int]:
    rows = (
        select(Assignment.id, Document.version)
        .join(Document, Document.id == Assignment.document_id)
        .where(Assignment.id.in_(ids))
    )
    return {each: version for each, version in session.execute(rows)}


def marks_given(assignment_id: str) -> tuple[object, ...]:
    """Differs once staff have set something by hand."""
    overrides = select(func.count(), func.max(ScoreOverride.id)).where(
        ScoreOverride.assignment_id == assignment_id
    )
    exceptions = select(func.count(), func.max(ScoreException.given_at)).where(
        ScoreException.assignment_id == assignment_id
    )
    return (*session.execute(overrides).one(), *session.execute(exceptions).one())


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
