"""Grades for LMSs: kept here first, one row per person and link, and sent from there.

``queue_scores`` notes what has changed; ``send_due`` sends it, one registration at a time. A row always holds the
newest points, so that sending twice, late or out of order never leaves an old grade behind.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Identity
from app.core.db import session
from app.core.ids import now
from app.core.policy import Viewer
from app.courses.models import Enrollment
from app.lti.models import Context, Member, Passback, ResourceLink
from app.lti.ports import Grade, grades_of
from app.lti.protocol.grades import rounded

from .registering import record

NOTICED = 0.005


def queue_scores(link: ResourceLink) -> int:
    """Note the grades of a link's assignment that differ from what was noted last; returns how many."""
    started = now()
    assignment = link.assignment
    if assignment is None or assignment.deleted_at is not None:
        return 0
    learners = _learners(link.context)
    known = {
        row.account_id: row
        for row in session.scalars(select(Passback).where(Passback.resource_link_id == link.id))
    }
    wanted = {who: grade for who, grade in grades_of(assignment).items() if who in learners}
    changed = sum(_note(link, who, grade, known.get(who)) for who, grade in wanted.items())
    link.scored_at = started
    return changed


def _learners(context: Context) -> set[str]:
    """Students whom this LMS knows, test students left out: nobody else ever gets a grade there."""
    return set(
        session.scalars(
            select(Enrollment.account_id)
            .join(Identity, Identity.account_id == Enrollment.account_id)
            .outerjoin(
                Member,
                (Member.account_id == Enrollment.account_id) & (Member.lti_context_id == context.id),
            )
            .where(Enrollment.course_id == context.course_id, Enrollment.role == "student")
            .where(Enrollment.ended_at.is_(None), Identity.provider == context.registration.provider)
            .where(Member.is_test.is_not(True))
        )
    )


def _note(link: ResourceLink, account_id: str, grade: Grade, row: Passback | None) -> bool:
    points = rounded(grade.points, grade.maximum)
    if row is None:
        session.add(
            Passback(
                resource_link_id=link.id,
                account_id=account_id,
                points=points,
                maximum=grade.maximum,
                comment=grade.comment,
            )
        )
        return True
    same = abs(row.points - points) < NOTICED and row.maximum == grade.maximum
    if same and row.comment == grade.comment:
        return False
    row.points, row.maximum, row.comment = points, grade.maximum, grade.comment
    if row.state != "overridden":
        wait(row, now())
    return True


def wait(row: Passback, due_at: datetime) -> None:
    """Have a grade sent again, from the beginning."""
    row.state, row.problem, row.attempts, row.due_at, row.first_tried_at = "waiting", "", 0, due_at, None


def send_again(viewer: Viewer, row: Passback, *, over: bool = False) -> None:
    """Somebody pressed “send again”; ``over`` also replaces a grade that the LMS holds by itself."""
    if row.problem == "column_gone":
        row.link.line_item_url = ""
    wait(row, now())
    row.forced = over
    record(viewer, row.link.context.registration, "grade_sent_over" if over else "grade_sent_again")


def keep_theirs(viewer: Viewer, row: Passback) -> None:
    """The grade of the LMS stands; ours is not sent any more until it changes by hand."""
    row.state, row.problem = "superseded", "theirs_kept"
    record(viewer, row.link.context.registration, "grade_theirs_kept")


def counts(link_id: str) -> Mapping[str, int]:
    """State to number of grades, for a link."""
    found: dict[str, int] = {}
    for state in session.scalars(select(Passback.state).where(Passback.resource_link_id == link_id)):
        found[state] = found.get(state, 0) + 1
    return found


GIVES_UP_AFTER = timedelta(hours=24)
