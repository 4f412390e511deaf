"""How far people are: a student with the own work, a teacher with the class. A few statements for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, union

from app.activity.models import Opening
from app.annotations.models import Annotation, Flag
from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Enrollment
from app.questions.models import Answer, Question

WRITTEN = ("commenting", "questioning", "replying")


@dataclass(frozen=True)
class Mine:
    """A student's own work in an assignment, beside what is expected of it."""

    annotations: int = 0
    asked: int = 0
    answered: int = 0
    questions: int = 0
    opened: bool = False

    def missing(self, assignment: Assignment) -> dict[str, int]:
        """What is still to do, by kind; empty when everything expected is there."""
        left = {
            "annotations": assignment.expected_annotations - self.annotations,
            "asked": assignment.expected_questions - self.asked,
            "questions": self.questions - self.answered,
        }
        return {kind: number for kind, number in left.items() if number > 0}

    def is_done(self, assignment: Assignment) -> bool:
        """Has it been opened, and is nothing missing?"""
        return (self.opened or self.annotations > 0) and not self.missing(assignment)


@dataclass(frozen=True)
class OfClass:
    """A class in an assignment: numbers of students, and what waits for the teacher."""

    students: int = 0
    opened: int = 0
    started: int = 0
    unanswered: int = 0
    flags: int = 0

    @property
    def not_yet(self) -> int:
        """Students who have not opened it."""
        return max(self.students - self.opened, 0)


def mine(account_id: str, assignment_ids: Iterable[str]) -> dict[str, Mine]:
    """A student's own work in each assignment."""
    ids = list(assignment_ids)
    if not ids:
        return {}
    written = {row[0]: row for row in session.execute(_written_by(account_id, ids))}
    embedded = {row[0]: row for row in session.execute(_embedded(account_id, ids))}
    opened = set(
        session.scalars(
            select(Opening.assignment_id).where(
                Opening.account_id == account_id, Opening.assignment_id.in_(ids)
            )
        )
    )
    return {
        each: Mine(
            annotations=written[each][1] if each in written else 0,
            asked=written[each][2] if each in written else 0,
            questions=embedded[each][1] if each in embedded else 0,
            answered=embedded[each][2] if each in embedded else 0,
            opened=each in opened,
        )
        for each in ids
    }


def _written_by(account_id: str, ids: list[str]) -> Select[str, int, Any]:
    asked = func.sum(case((Annotation.motivation == "questioning", 1), else_=0))
    return (
        select(Annotation.assignment_id, func.count(), asked)
        .where(Annotation.creator_id == account_id, Annotation.assignment_id.in_(ids))
        .where(Annotation.deleted_at.is_(None), Annotation.motivation.in_(WRITTEN))
        .group_by(Annotation.assignment_id)
    )


def _embedded(account_id: str, ids: list[str]) -> Select[str, int, int]:
    own = and_(Answer.question_id == Question.id, Answer.account_id == account_id)
    return (
        select(
            Question.assignment_id,
            func.count(func.distinct(Question.id)),
            func.count(func.distinct(Answer.question_id)),
        )
        .outerjoin(Answer, own)
        .where(Question.assignment_id.in_(ids), Question.deleted_at.is_(None))
        .group_by(Question.assignment_id)
    )


def of_class(assignments: Iterable[Assignment]) -> dict[str, OfClass]:
    """The class's state in each assignment, for staff: five statements for all of them."""
    by_id = {each.id: each for each in assignments}
    if not by_id:
        return {}
    ids = list(by_id)
    students = _counted(_students({each.course_id for each in by_id.values()}))
    opened, started = _counted(_opened(ids)), _counted(_started(ids))
    unanswered, flags = _counted(_unanswered(ids)), _counted(_flags(ids))
    return {
        key: OfClass(
            students=students.get(each.course_id, 0),
            opened=opened.get(key, 0),
            started=started.get(key, 0),
            unanswered=unanswered.get(key, 0),
            flags=flags.get(key, 0),
        )
        for key, each in by_id.items()
    }


def _counted(rows: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(rows)}


def _students(course_ids: set[str]) -> Select[str, int]:
    return (
        select(Enrollment.course_id, func.count())
        .where(Enrollment.course_id.in_(course_ids), Enrollment.role == "student")
        .where(Enrollment.ended_at.is_(None))
        .group_by(Enrollment.course_id)
    )


def _people_of(rows: Any) -> Select[Any, int]:
    """Count the active students among ``(assignment_id, account_id)``."""
    found = rows.subquery()
    active = and_(
        Enrollment.account_id == found.c.account_id,
        Enrollment.course_id == Assignment.course_id,
        Enrollment.role == "student",
        Enrollment.ended_at.is_(None),
    )
    return (
        select(found.c.assignment_id, func.count(func.distinct(found.c.account_id)))
        .join(Assignment, Assignment.id == found.c.assignment_id)
        .join(Enrollment, active)
        .group_by(found.c.assignment_id)
    )


def _opened(ids: list[str]) -> Select[Any, int]:
    """Who opened it; having written in it counts, whatever the course records."""
    opened = select(Opening.assignment_id, Opening.account_id).where(Opening.assignment_id.in_(ids))
    return _people_of(union(opened, *_workers(ids)))


def _started(ids: list[str]) -> Select[Any, int]:
    """Who has written or answered something."""
    return _people_of(union(*_workers(ids)))


def _workers(ids: list[str]) -> tuple[Any, Any]:
    return (
        select(Annotation.assignment_id, Annotation.creator_id.label("account_id")).where(
            Annotation.assignment_id.in_(ids), Annotation.deleted_at.is_(None)
        ),
        select(Answer.assignment_id, Answer.account_id).where(Answer.assignment_id.in_(ids)),
    )


def _unanswered(ids: list[str]) -> Select[str, int]:
    """Questions of the class that nobody has replied to."""
    reply = Annotation.__table__.alias("reply")
    answered = select(reply.c.id).where(reply.c.thread_id == Annotation.id, reply.c.deleted_at.is_(None))
    return (
        select(Annotation.assignment_id, func.count())
        .where(Annotation.assignment_id.in_(ids), Annotation.motivation == "questioning")
        .where(Annotation.parent_id.is_(None), Annotation.deleted_at.is_(None))
        .where(Annotation.hidden_at.is_(None), Annotation.resolved_at.is_(None))
        .where(or_(Annotation.audience.not_like("user:%"), Annotation.audience.is_(None)))
        .where(~answered.exists())
        .group_by(Annotation.assignment_id)
    )


def _flags(ids: list[str]) -> Select[str, int]:
    """What pupils told the teacher and nobody has settled."""
    return (
        select(Annotation.assignment_id, func.count(func.distinct(Flag.annotation_id)))
        .join(Annotation, Annotation.id == Flag.annotation_id)
        .where(Annotation.assignment_id.in_(ids), Flag.settled_at.is_(None), Annotation.deleted_at.is_(None))
        .group_by(Annotation.assignment_id)
    )
