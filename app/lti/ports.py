"""What this feature needs from others, as one function each."""

from collections.abc import Callable
from typing import NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _

from app.accounts.models import School
from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Course
from app.engagement import wording
from app.engagement.queries.rules import assignment_rules
from app.engagement.queries.scores import released_points
from app.engagement.queries.standings import kept
from scoring.engagement import Part, Standing


class Grade(NamedTuple):
    """What an LMS gets for one person: points of a maximum, and words."""

    points: float
    maximum: float
    comment: str = ""


def _from_engagement(assignment: Assignment) -> dict[str, Grade]:
    """Released scores of an assignment, as they were last worked out; by account id."""
    rules, standings = assignment_rules(assignment), kept(assignment.id)
    points = released_points(assignment, {who: each.share for who, each in standings.items()}, rules)
    shows_quality = rules.in_force(assignment).content == "quality"
    course = session.get_one(Course, assignment.course_id)
    with force_locale(course.locale or session.get_one(School, course.school_id).locale):
        return {
            who: Grade(given, float(rules.policy.points), reasons(standings[who], shows_quality))
            for who, given in points.items()
            if given is not None
        }


def reasons(standing: Standing, shows_quality: bool) -> str:
    """Why the points are what they are: a line for each part that counts, in the words of the student's own page."""
    if standing.by_hand:
        return _("Your teacher set this by hand.")
    names = wording.components()
    parts = [part for part in standing.parts if part.weight > 0]
    return "\n".join(f"{names[part.component].name}: {_said(part, shows_quality)}" for part in parts)


def _said(part: Part, shows_quality: bool) -> str:
    share = f"{round(100 * part.share)} %"
    return " · ".join([share, wording.state_of(part), *wording.why(part, shows_quality)])


grades_of: Callable[[Assignment], dict[str, Grade]] = _from_engagement
"""The grades of an assignment that may leave this house."""
