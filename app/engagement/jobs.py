"""Working scores out in the worker: when somebody looks, when rules change, and around a deadline."""

from datetime import timedelta

from sqlalchemy import or_, select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import Conflict
from app.core.ids import now
from app.core.jobs import job, sweep

from .models import ScoringRun
from .operations.recording import keep, note_run
from .queries.freshness import marks_given, stamps
from .queries.rules import assignment_rules
from .queries.standings import standings

WATCHED = timedelta(minutes=30)
AROUND_DUE = timedelta(hours=36)


@job(retries=2)
def work_out(assignment_id: str) -> None:
    """Work out the scores of an assignment, unless nothing has changed since the last time."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None or assignment.deleted_at is not None:
        return
    current, run = stamps([assignment])[assignment_id], session.get(ScoringRun, assignment_id)
    if run is not None and run.stamp == current:
        return
    rules, marks = assignment_rules(assignment), marks_given(assignment_id)
    found = standings(assignment, rules) if rules.mode != "none" else {}
    note_run(assignment_id, current)  # from here on nobody else writes
    if marks_given(assignment_id) != marks:
        raise Conflict("something was set by hand meanwhile; the next try finds it")
    keep(assignment_id, found)


@sweep(seconds=20)
def keep_scores_fresh() -> None:
    """Work out anew what somebody watches, what is due about now, and what a change of rules has left behind."""
    watched = select(ScoringRun.assignment_id).where(
        or_(ScoringRun.wanted_at > now() - WATCHED, ScoringRun.stamp == "")
    )
    rows = session.scalars(
        select(Assignment).where(
            Assignment.state != "draft",
            Assignment.deleted_at.is_(None),
            or_(
                Assignment.due_at.between(now() - AROUND_DUE, now() + AROUND_DUE),
                Assignment.id.in_(watched),
            ),
        )
    ).all()
    runs = {run.assignment_id: run.stamp for run in session.scalars(select(ScoringRun))}
    for assignment_id, stamp in stamps(rows).items():
        if runs.get(assignment_id) != stamp:
            work_out(assignment_id)
