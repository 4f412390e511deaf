"""What the start page and the course page show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now
from app.core.policy import Viewer, audiences
from app.courses.models import Course
from app.notifications.models import Notification

from . import progress

_NEWS = 12


@dataclass(frozen=True)
class Task:
    """An assignment as a student has it: when it is due for them, and what is done."""

    assignment: Assignment
    course: Course
    due_at: datetime | None
    mine: progress.Mine

    @property
    def is_done(self) -> bool:
        """Nothing is left to do."""
        return self.mine.is_done(self.assignment)

    @property
    def is_late(self) -> bool:
        """Is the date past, and something missing?"""
        return self.due_at is not None and self.due_at < now() and not self.is_done


@dataclass(frozen=True)
class News:
    """Something for the viewer: an answer or a mention. ``who`` is None for an anonymous annotation."""

    kind: str
    assignment: Assignment
    annotation: Annotation
    who: str | None
    at: datetime


@dataclass(frozen=True)
class Taught:
    """A course of the viewer's as staff: what needs them, and what is due next."""

    course: Course
    flags: int
    unanswered: int
    following: Assignment | None
    state: progress.OfClass | None


def courses_of(viewer: Viewer) -> list[Course]:
    """The viewer's courses by name."""
    if not viewer.memberships:
        return []
    rows = select(Course).where(Course.id.in_(viewer.memberships), Course.deleted_at.is_(None))
    return list(session.scalars(rows.order_by(Course.title, Course.id)))


def assignments_in(course_ids: Iterable[str]) -> list[Assignment]:
    """All assignments of some courses, with their documents."""
    rows = (
        select(Assignment)
        .where(Assignment.course_id.in_(list(course_ids)), Assignment.deleted_at.is_(None))
        .options(joinedload(Assignment.document))
        .order_by(Assignment.id)
    )
    return list(session.scalars(rows).unique())


def tasks(viewer: Viewer, courses: Iterable[Course], assignments: Iterable[Assignment]) -> list[Task]:
    """A student's assignments that are open to them, those due next first, those without a date last."""
    by_id = {course.id: course for course in courses}
    open_now = [
        each
        for each in assignments
        if viewer.role_in(each.course_id) in {"student", "observer"} and each.is_open_to(viewer)
    ]
    done = progress.mine(viewer.account_id, [each.id for each in open_now])
    found = [
        Task(each, by_id[each.course_id], each.dates_for(viewer.section_in(each.course_id))[1], done[each.id])
        for each in open_now
    ]
    return sorted(found, key=lambda task: (task.due_at is None, task.due_at or now(), task.assignment.id))


def taught(viewer: Viewer, courses: Iterable[Course], assignments: Iterable[Assignment]) -> list[Taught]:
    """The courses in which the viewer is staff, with what needs them."""
    own = [course for course in courses if viewer.is_staff_of(course.id)]
    ids = {course.id for course in own}
    theirs = [each for each in assignments if each.course_id in ids]
    states = progress.of_class(theirs)
    return [
        _taught(course, [each for each in theirs if each.course_id == course.id], states) for course in own
    ]


def _taught(course: Course, assignments: list[Assignment], states: dict[str, progress.OfClass]) -> Taught:
    following = min(
        (each for each in assignments if each.state == "assigned" and each.due_at and each.due_at > now()),
        key=lambda each: each.due_at or now(),
        default=None,
    )
    return Taught(
        course=course,
        flags=sum(states[each.id].flags for each in assignments),
        unanswered=sum(states[each.id].unanswered for each in assignments),
        following=following,
        state=states.get(following.id) if following else None,
    )


def news(viewer: Viewer) -> list[News]:
    """The newest answers and mentions that the viewer may still read."""
    readable: Any = or_(
        Annotation.audience.in_(audiences(viewer)), Annotation.creator_id == viewer.account_id
    )
    rows = session.execute(
        select(Notification, Annotation, Assignment, Account.name)
        .join(Annotation, Annotation.id == Notification.annotation_id)
        .join(Assignment, Assignment.id == Annotation.assignment_id)
        .outerjoin(Account, Account.id == Annotation.creator_id)
        .where(Notification.account_id == viewer.account_id, Annotation.deleted_at.is_(None))
        .where(Assignment.course_id.in_(viewer.memberships), Assignment.deleted_at.is_(None), readable)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(_NEWS)
    )
    return [
        News(row.kind, assignment, annotation, None if annotation.anonymous else name, row.created_at)
        for row, annotation, assignment, name in rows
    ]
