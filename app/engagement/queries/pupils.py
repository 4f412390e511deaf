"""A student's whole work in a course."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Account
from app.activity.models import Interval
from app.annotations.models import Annotation
from app.annotations.queries import visible
from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import Viewer
from app.courses.models import Course
from app.scores.queries import ratings_of
from scoring.engagement import Standing, points
from scoring.engagement.timing import was_written_in_time

from ..models import EngagementScore, ScoreException, ScoreOverride
from .gradebook import gradebook
from .standings import standing_of


def whole_work(course: Course, account_id: str, viewer: Viewer) -> dict[str, Any]:
    """Everything that a student did: for each assignment its score, its parts, what was written and how it
    is rated (``rated``, by annotation), what was set.

    Anonymous annotations are left out: who is behind them is another, audited question.
    """
    book = gradebook(course, [account_id])
    pupil, total = book.pupils[0], book.total(book.pupils[0])
    ids = [row.id for row in book.assignments]
    kept = {
        row.assignment_id: standing_of(row)
        for row in session.scalars(
            select(EngagementScore).where(
                EngagementScore.account_id == account_id, EngagementScore.assignment_id.in_(ids)
            )
        )
    }
    given, excepted, seconds = _given(ids, account_id), _excepted(ids, account_id), _seconds(ids, account_id)
    lines: list[dict[str, Any]] = []
    for row, cell in zip(book.assignments, book.cells[account_id], strict=True):
        rules = book.rules_by_assignment[row.id]
        standing, exception = kept.get(row.id, Standing(None)), excepted.get(row.id)
        due = (exception.due_at if exception else None) or row.dates_for(pupil.section_id)[1]
        lines.append(
            {
                "assignment": row,
                "rules": rules,
                "cell": cell,
                "standing": standing,
                "levels_count": rules.gives_points and rules.in_force(row).content == "quality",
                "points": points(standing.share, rules.policy) if rules.gives_points else None,
                "annotations": _written(row, account_id, viewer, standing, due=due, policy=rules.policy),
                "given": given.get(row.id, []),
                "exception": exception,
                "due_at": due,
                "minutes": round(seconds.get(row.id, 0) / 60),
            }
        )
    rated = ratings_of(course.id, [each["id"] for line in lines for each in line["annotations"]])
    return {"pupil": pupil, "rated": rated, "lines": lines[::-1], "total": points(total, book.rules.policy)}


def _written(
    assignment: Assignment, account_id: str, viewer: Viewer, standing: Standing, *, due: Any, policy: Any
) -> list[dict[str, Any]]:
    part = standing.part("annotations")
    counted = set(part.counted) if part else set()
    rows = session.scalars(
        visible(viewer, assignment)
        .where(Annotation.creator_id == account_id, Annotation.anonymous.is_(False), Annotation.body != "")
        .where(Annotation.deleted_at.is_(None))
        .order_by(Annotation.id)
    )
    return [
        {
            "id": row.id,
            "body": row.body,
            "at": row.created_at,
            "counts": row.id in counted,
            "composed_at": row.composed_at if _came_later(row, due, policy) else None,
            "late": due is not None and row.created_at > due,
            "edited_at": row.edited_at,
            "changed_late": bool(due and row.edited_at and row.created_at <= due < row.edited_at),
        }
        for row in rows
    ]


def _came_later(row: Annotation, due: Any, policy: Any) -> bool:
    if due is None or row.composed_at is None:
        return False
    moments = (due.timestamp(), row.created_at.timestamp(), row.composed_at.timestamp())
    return was_written_in_time(*moments, policy)


def _given(ids: list[str], account_id: str) -> dict[str, list[tuple[ScoreOverride, str]]]:
    """What was set by hand, newest first, with the name of who did."""
    rows = session.execute(
        select(ScoreOverride, Account.name)
        .outerjoin(Account, Account.id == ScoreOverride.given_by)
        .where(ScoreOverride.account_id == account_id, ScoreOverride.assignment_id.in_(ids))
        .order_by(ScoreOverride.id.desc())
    )
    found: dict[str, list[tuple[ScoreOverride, str]]] = defaultdict(list)
    for row, name in rows:
        found[row.assignment_id].append((row, name or ""))
    return found


def _excepted(ids: list[str], account_id: str) -> dict[str, ScoreException]:
    rows = session.scalars(
        select(ScoreException).where(
            ScoreException.account_id == account_id, ScoreException.assignment_id.in_(ids)
        )
    )
    return {row.assignment_id: row for row in rows}


def _seconds(ids: list[str], account_id: str) -> dict[str, float]:
    rows = session.execute(
        select(Interval.assignment_id, func.sum(Interval.seconds))
        .where(Interval.account_id == account_id, Interval.assignment_id.in_(ids))
        .group_by(Interval.assignment_id)
    )
    return {assignment_id: seconds for assignment_id, seconds in rows}
