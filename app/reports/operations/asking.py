"""Asking for a report."""

from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now

from ..evidence import stamp
from ..jobs import make_report
from ..models import Report

NOTED_EVERY_S = 60


def want_report(assignment: Assignment) -> str:
    """Note that somebody looks, and have the report made if the evidence has changed; returns its stamp."""
    current = stamp(assignment)
    report = session.get(Report, assignment.id)
    if report is None:
        session.add(Report(assignment_id=assignment.id))
        make_report(assignment.id)
        return current
    if (now() - report.wanted_at).total_seconds() > NOTED_EVERY_S:
        report.wanted_at = now()
    if report.evidence_hash != current:
        make_report(assignment.id)
    return current
