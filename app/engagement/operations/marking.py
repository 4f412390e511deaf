"""What staff set by hand: credit, excuses, extensions, release; each with its reason and a trace."""

from flask_babel import gettext as _
from sqlalchemy import select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core import audit
from app.core.db import session
from app.core.errors import Invalid
from app.core.ids import now
from app.core.policy import Viewer
from app.courses.models import Course
from app.courses.queries import students
from app.scores.operations import give_level
from app.scores.schemas import LevelIn

from ..models import LanguageFlag, ScoreException, ScoreOverride
from ..queries.rules import assignment_rules
from ..queries.standings import standings
from ..schemas import MarkIn
from .recording import keep

EXCEPTION = frozenset({"excused", "due_at"})
GIVEN = frozenset({"percent", "points"})


def mark(viewer: Viewer, assignment: Assignment, account_id: str, given: MarkIn) -> None:
    """Set something by hand for one student; what is left out stays as it is."""
    named = given.model_fields_set
    if not named & (EXCEPTION | GIVEN):
        raise Invalid(_("Say what to set: percent, points, excused or due_at."), "nothing_set")
    if named & GIVEN:
        _give(viewer, assignment, account_id, given)
    if named & EXCEPTION:
        _except(viewer, assignment, account_id, given)
    session.flush()
    keep(assignment.id, standings(assignment, assignment_rules(assignment), [account_id]))


def _give(viewer: Viewer, assignment: Assignment, account_id: str, given: MarkIn) -> None:
    percent = _percent(assignment, given)
    session.add(
        ScoreOverride(
            assignment_id=assignment.id,
            account_id=account_id,
            component=given.component or "",
            percent=percent,
            note=given.note.strip(),
            given_by=viewer.account_id,
        )
    )
    what = given.component or "whole"
    _record(viewer, assignment, "score.overridden", account_id, what=what, percent=_plain(percent))


def _plain(percent: float | None) -> str:
    return "taken back" if percent is None else f"{percent:g}"


def _percent(assignment: Assignment, given: MarkIn) -> float | None:
    if "percent" in given.model_fields_set or given.points is None:
        return given.percent
    out_of = assignment_rules(assignment).policy.points
    if given.component is not None:
        raise Invalid(
            _("Points are of the whole score; give a part its percent."), "points_of_part", "/points"
        )
    if given.points > out_of:
        raise Invalid(_("There are at most %(n)s points.", n=f"{out_of:g}"), "too_many_points", "/points")
    return given.points / out_of * 100


def _except(viewer: Viewer, assignment: Assignment, account_id: str, given: MarkIn) -> None:
    row = session.get(ScoreException, (assignment.id, account_id))
    row = row or ScoreException(assignment_id=assignment.id, account_id=account_id, excused=False, note="")
    if "excused" in given.model_fields_set:
        row.excused = given.excused
    if "due_at" in given.model_fields_set:
        row.due_at = given.due_at
    if "note" in given.model_fields_set:
        row.note = given.note.strip()
    row.given_by, row.given_at = viewer.account_id, now()
    session.add(row)
    due = row.due_at.isoformat() if row.due_at else None
    _record(viewer, assignment, "score.exception", account_id, excused=row.excused, due_at=due)


def rate(viewer: Viewer, annotation: Annotation, given: LevelIn) -> None:
    """Give one annotation a level by hand, or take it back; its author's score follows at once."""
    give_level(viewer, annotation, given.level, given.note)
    session.flush()
    assignment = session.get_one(Assignment, annotation.assignment_id)
    rules = assignment_rules(assignment)
    if annotation.creator_id is not None and rules.mode != "none":
        keep(assignment.id, standings(assignment, rules, [annotation.creator_id]))


def release(viewer: Viewer, assignment: Assignment, released: bool) -> None:
    """Let students see their scores, and the words on their annotations; or no longer."""
    before = assignment.scores_released_at
    assignment.scores_released_at = (before or now()) if released else None
    _record(viewer, assignment, "scores.released" if released else "scores.withdrawn", None)


def flag_language(viewer: Viewer, course: Course, account_ids: set[str]) -> None:
    """Note who is still learning the language of the course, and nobody else."""
    known = set(session.scalars(students(course.id)))
    rows = session.scalars(select(LanguageFlag).where(LanguageFlag.course_id == course.id)).all()
    for row in rows:
        if row.account_id not in account_ids:
            session.delete(row)
    for who in (account_ids & known) - {row.account_id for row in rows}:
        session.add(LanguageFlag(course_id=course.id, account_id=who, given_by=viewer.account_id))
    audit.record(
        "course.language_flags",
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=course.id,
        object_id=course.id,
        number=len(account_ids & known),
    )


def _record(
    viewer: Viewer, assignment: Assignment, action: str, account_id: str | None, **details: str | bool | None
) -> None:
    audit.record(
        action,
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=assignment.course_id,
        object_id=assignment.id,
        student=account_id,
        **details,
    )
