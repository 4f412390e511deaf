"""Reading what was opened, read and watched."""

from typing import Any

from sqlalchemy import ScalarSelect, func, select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import Viewer
from app.courses.models import Course, Enrollment

from .models import Interval, Opening


def is_recorded(assignment: Assignment) -> bool:
    """Does the course record activity at all?"""
    return bool(session.scalar(select(Course.analytics).where(Course.id == assignment.course_id)))


def recorded_about(viewer: Viewer, assignment: Assignment) -> dict[str, Any]:
    """“What is recorded about me”: all of it."""
    opening = session.get(Opening, (assignment.id, viewer.account_id))
    intervals = list(
        session.scalars(
            select(Interval)
            .where(Interval.assignment_id == assignment.id, Interval.account_id == viewer.account_id)
            .order_by(Interval.began_at, Interval.id)
        )
    )
    return {
        "analytics": is_recorded(assignment),
        "opened": opening.first_at if opening else None,
        "last_opened": opening.last_at if opening else None,
        "seconds": sum(one.seconds for one in intervals),
        "intervals": [
            {name: getattr(one, name) for name in ("kind", "start", "end", "seconds", "began_at")}
            for one in intervals
        ],
    }


def progress_of(assignment: Assignment) -> dict[str, int]:
    """How far the course's students are, in numbers."""
    students = select(Enrollment.account_id).where(
        Enrollment.course_id == assignment.course_id,
        Enrollment.role == "student",
        Enrollment.ended_at.is_(None),
    )
    opened = select(Opening.account_id).where(Opening.assignment_id == assignment.id)
    started = select(Interval.account_id).where(Interval.assignment_id == assignment.id)
    who = Enrollment.account_id
    row = session.execute(
        select(
            _count(students),
            _count(students.where(who.in_(opened))),
            _count(students.where(who.in_(opened), who.in_(started))),
        )
    ).one()
    return {"students": row[0], "opened": row[1], "started": row[2], "not_yet": row[0] - row[1]}


def _count(people: Any) -> ScalarSelect[int]:
    found: ScalarSelect[int] = select(func.count()).select_from(people.subquery()).scalar_subquery()
    return found


def not_opened(assignment: Assignment) -> list[str]:
    """The students who have not opened an assignment, by account id."""
    opened = select(Opening.account_id).where(Opening.assignment_id == assignment.id)
    return list(
        session.scalars(
            select(Enrollment.account_id)
            .where(Enrollment.course_id == assignment.course_id, Enrollment.role == "student")
            .where(Enrollment.ended_at.is_(None), Enrollment.account_id.not_in(opened))
            .order_by(Enrollment.account_id)
        )
    )
