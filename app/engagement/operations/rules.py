"""Setting the rules: of a course, of one assignment, and under a name for later."""

from flask_babel import gettext as _
from sqlalchemy import select

from app.assignments.models import Assignment
from app.core import audit
from app.core.db import session
from app.core.errors import Invalid, NotFound
from app.core.ids import now
from app.core.policy import Viewer
from app.courses.models import Course

from ..models import AssignmentScoring, CourseScoring, ScoringTemplate
from ..schemas import Mode, PolicyIn
from .recording import forget_runs, want

LONGEST_NAME = 80
MOST_TEMPLATES = 50


def set_course_rules(viewer: Viewer, course: Course, policy: PolicyIn, mode: Mode | None = None) -> None:
    """Score a course by these rules from now on; every score is worked out anew."""
    row = session.get(CourseScoring, course.id) or CourseScoring(course_id=course.id)
    row.settings, row.modified_by, row.modified_at = policy.model_dump(mode="json"), viewer.account_id, now()
    if mode is not None:
        course.analytics = mode != "none"
        row.mode = mode if mode != "none" else row.mode or "automatic"
    session.add(row)
    session.flush()
    _record(viewer, course.id, "scoring.changed", course.id)
    _work_out_anew(course.id)


def set_assignment_rules(viewer: Viewer, assignment: Assignment, policy: PolicyIn | None) -> None:
    """Score one assignment by rules of its own, or (None) by its course's again."""
    row = session.get(AssignmentScoring, assignment.id)
    if policy is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or AssignmentScoring(assignment_id=assignment.id)
        row.settings, row.modified_by = policy.model_dump(mode="json"), viewer.account_id
        row.modified_at = now()
        session.add(row)
    session.flush()
    _record(viewer, assignment.course_id, "scoring.assignment_changed", assignment.id)
    forget_runs([assignment.id])
    want([assignment], now_please=True)


def copy_rules(assignment: Assignment, made: Assignment) -> None:
    """The copy of an assignment has its rules."""
    row = session.get(AssignmentScoring, assignment.id)
    if row is not None:
        session.add(AssignmentScoring(assignment_id=made.id, settings=row.settings))


def keep_template(viewer: Viewer, name: str, policy: PolicyIn) -> ScoringTemplate:
    """Keep rules under a name; the same name again replaces them."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Give it a name of at most %(n)s characters.", n=LONGEST_NAME), "bad_name", "/name")
    own = select(ScoringTemplate).where(ScoringTemplate.account_id == viewer.account_id)
    rows = list(session.scalars(own))
    row = next((each for each in rows if each.name == name), None)
    if row is None and len(rows) >= MOST_TEMPLATES:
        raise Invalid(_("You keep %(n)s already. Remove one first.", n=MOST_TEMPLATES), "too_many", "/name")
    row = row or ScoringTemplate(account_id=viewer.account_id, name=name)
    row.settings, row.modified_at = policy.model_dump(mode="json"), now()
    session.add(row)
    session.flush()
    return row


def remove_template(viewer: Viewer, template_id: str) -> None:
    """Forget rules that one kept under a name."""
    row = session.get(ScoringTemplate, template_id)
    if row is None or row.account_id != viewer.account_id:
        raise NotFound(_("This does not exist, or is not shared with you."))
    session.delete(row)


def _work_out_anew(course_id: str) -> None:
    rows = session.scalars(
        select(Assignment).where(Assignment.course_id == course_id, Assignment.deleted_at.is_(None))
    ).all()
    forget_runs([row.id for row in rows])
    want(rows, now_please=True)


def _record(viewer: Viewer, course_id: str, action: str, object_id: str) -> None:
    audit.record(
        action,
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=course_id,
        object_id=object_id,
    )
