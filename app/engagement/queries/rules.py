"""The rules in force: an assignment's own, else its course's, else those of a new course."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.assignments.models import Assignment
from app.calibration.queries import is_calibrated
from app.core.db import session
from app.core.ids import now
from app.courses.models import Course
from scoring.engagement import Policy, expecting

from ..models import AssignmentScoring, CourseScoring, ScoringTemplate
from ..schemas import Mode, PolicyIn


@dataclass(frozen=True)
class Rules:
    """How an assignment (or a course) is scored. ``own``: the assignment has rules of its own."""

    mode: Mode
    policy: Policy
    calibrated: bool
    own: bool = False

    @property
    def gives_points(self) -> bool:
        """Do students get points here?"""
        return self.mode in ("automatic", "manual")

    @property
    def awaits_calibration(self) -> bool:
        """Would quality count, if enough had been rated by hand?"""
        return self.policy.content == "quality" and not self.calibrated

    def in_force(self, assignment: Assignment) -> Policy:
        """The policy that scores are worked out by: without calibration, annotations count by taking part."""
        policy = expecting(self.policy, assignment.expected_annotations)
        return replace(policy, content="participation") if self.awaits_calibration else policy

    def is_released(self, assignment: Assignment, due: datetime | None) -> bool:
        """May a student with this deadline see the points?"""
        if self.policy.release == "live" or assignment.scores_released_at is not None:
            return True
        if self.policy.release == "by_hand" or due is None:
            return False
        return due + timedelta(minutes=self.policy.grace_minutes + self.policy.offline_minutes) < now()


def policy_of(settings: dict[str, Any]) -> Policy:
    """Rules as they were kept."""
    known = {name: value for name, value in settings.items() if name in PolicyIn.model_fields}
    return PolicyIn.model_validate(known).policy()


def course_rules(course: Course) -> Rules:
    """The rules of a course."""
    row = session.get(CourseScoring, course.id)
    return Rules(
        mode=_mode(course, row),
        policy=policy_of(row.settings) if row else Policy(),
        calibrated=is_calibrated(course.id),
    )


def _mode(course: Course, row: CourseScoring | None) -> Mode:
    if not course.analytics:
        return "none"
    return row.mode if row else "automatic"  # type: ignore[return-value]  # the table checks it


def assignment_rules(assignment: Assignment) -> Rules:
    """The rules of one assignment."""
    return rules_of(session.get_one(Course, assignment.course_id), [assignment])[assignment.id]


def rules_of(course: Course, assignments: Iterable[Assignment]) -> dict[str, Rules]:
    """The rules of several assignments of a course, by assignment id."""
    usual, ids = course_rules(course), [assignment.id for assignment in assignments]
    rows = session.scalars(select(AssignmentScoring).where(AssignmentScoring.assignment_id.in_(ids)))
    own = {row.assignment_id: policy_of(row.settings) for row in rows}
    return {each: replace(usual, policy=own[each], own=True) if each in own else usual for each in ids}


def templates_of(account_id: str) -> list[ScoringTemplate]:
    """The rules that a person keeps under names."""
    own = select(ScoringTemplate).where(ScoringTemplate.account_id == account_id)
    return list(session.scalars(own.order_by(ScoringTemplate.name)))
