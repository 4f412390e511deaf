"""Making reports in the worker: when somebody looks, and by itself while class draws near."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now
from app.core.jobs import job, sweep

from .evidence import Line, evidence, stamp
from .models import Report

BEFORE_CLASS = timedelta(hours=36)
WATCHED = timedelta(minutes=30)


@job(retries=2)
def make_report(assignment_id: str) -> None:
    """Make the report of an assignment anew, unless nothing has changed since the last one."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None or assignment.deleted_at is not None:
        return
    current = stamp(assignment)
    report = session.get(Report, assignment_id)
    if report is not None and report.evidence_hash == current:
        return
    result = _summarised(evidence(assignment))
    if report is None:
        report = Report(assignment_id=assignment_id)
        session.add(report)
    report.result, report.evidence_hash, report.made_at = result, current, now()


def _summarised(lines: Iterable[Line]) -> dict[str, Any]:
    from scoring.evidence import Evidence, add_line  # the worker alone loads the models
    from scoring.report import report

    gathered = Evidence()
    for line in lines:
        add_line(gathered, line)
    return report(gathered)


@sweep(seconds=10)
def keep_reports_fresh() -> None:
    """Remake the reports that somebody watches, and those of assignments that are due soon."""
    soon = select(Assignment.id).where(
        Assignment.state != "draft",
        Assignment.deleted_at.is_(None),
        or_(
            Assignment.due_at.between(now() - timedelta(hours=6), now() + BEFORE_CLASS),
            Assignment.id.in_(select(Report.assignment_id).where(Report.wanted_at > now() - WATCHED)),
        ),
    )
    for assignment_id in session.scalars(soon).all():
        make_report.function(assignment_id)
