"""What other rules would make of a class that has worked already: who gains, who loses."""

from sqlalchemy import select

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now
from app.courses.models import Course
from scoring.engagement import Standing, points

from ..evidence import works
from ..models import EngagementScore
from ..schemas import MoveOut, PreviewOut
from .gradebook import assignments_of
from .rules import Rules, rules_of
from .standings import overrides_of, scored


def preview(course: Course, after: Rules, assignment_id: str | None = None) -> PreviewOut:
    """Compare the rules in force with others on one assignment: the one that was due last, unless one is named."""
    assignment = _chosen(course, assignment_id)
    if assignment is None:
        return PreviewOut(assignment_id=None, title="", students=0, gain=[], lose=[])
    before = rules_of(course, [assignment])[assignment.id]
    policies = [rules.in_force(assignment) for rules in (before, after)]
    found = works(assignment, rated=any(policy.content == "quality" for policy in policies))
    given = overrides_of(assignment.id)
    old, new = scored(found, before, policies[0], given), scored(found, after, policies[1], given)
    moves = _moves(old, before, new, after)
    return PreviewOut(
        assignment_id=assignment.id,
        title=assignment.title,
        students=len(found),
        gain=[move for move in moves if (move.after or 0) > (move.before or 0)],
        lose=[move for move in moves if (move.after or 0) < (move.before or 0)],
    )


def candidates(course: Course) -> list[Assignment]:
    """Assignments in which somebody has worked, the one that was due last first."""
    worked = set(
        session.scalars(
            select(EngagementScore.assignment_id)
            .join(Assignment, Assignment.id == EngagementScore.assignment_id)
            .where(Assignment.course_id == course.id, EngagementScore.share.is_not(None))
            .distinct()
        )
    )
    rows = [row for row in reversed(assignments_of(course))]
    over = [row for row in rows if row.due_at and row.due_at < now()]
    ordered = [*over, *(row for row in rows if row not in over)]
    return sorted(ordered, key=lambda row: row.id not in worked)


def _chosen(course: Course, assignment_id: str | None) -> Assignment | None:
    rows = candidates(course)
    return next((row for row in rows if row.id == assignment_id), rows[0] if rows else None)


def _moves(old: dict[str, Standing], before: Rules, new: dict[str, Standing], after: Rules) -> list[MoveOut]:
    names = {
        key: name
        for key, name in session.execute(select(Account.id, Account.name).where(Account.id.in_(old)))
    }
    found = []
    for who, name in sorted(names.items(), key=lambda pair: (pair[1] or "").casefold()):
        was, will = _shown(old[who], before), _shown(new[who], after)
        # Compared in per cent of what can be reached, so that another number of points moves nobody by itself.
        if _percent(was, before) != _percent(will, after):
            found.append(MoveOut(account_id=who, name=name or "", before=was, after=will))
    return found


def _shown(standing: Standing, rules: Rules) -> float | None:
    return points(standing.share, rules.policy) if rules.gives_points else None


def _percent(shown: float | None, rules: Rules) -> float | None:
    return None if shown is None else round(shown / rules.policy.points, 4)
