"""Which topics of earlier assignments of the course are about the same as a report's own; worked out in the worker."""

from typing import Any

from sqlalchemy import Select, select

from app.assignments.models import Assignment
from app.core.db import session

from .models import Report

LOOKED_AT = 12  # earlier assignments of the course, the newest first
KEPT = 2  # for each topic

Alike = dict[str, list[str]]


def note_alike(assignment: Assignment) -> None:
    """Note such topics beside the report of an assignment: by topic their ids, the closest first, one of an assignment.

    Ids alone: a report keeps no words of another one, so that what is erased there is not found here.
    """
    report = session.get(Report, assignment.id)
    if report is not None and report.made_at is not None:
        found = _alike(report.result.get("topics", []), _earlier(assignment))
        if found != report.alike:
            report.alike = found


def later_assignments(assignment: Assignment) -> list[str]:
    """Those whose reports look at this one's."""
    later = _reported(assignment, Report.assignment_id).where(Assignment.id > assignment.id)
    return [run for (run,) in session.execute(later.order_by(Assignment.id).limit(LOOKED_AT))]


def middles(result: dict[str, Any]) -> list[tuple[str, str]]:
    """All that other reports see of this one, in whatever order its topics stand."""
    return sorted((topic["id"], topic.get("middle", "")) for topic in result.get("topics", []))


def _alike(topics: list[dict[str, Any]], earlier: list[tuple[str, str, str]]) -> Alike:
    from scoring.likeness import alike  # the worker alone loads the models

    before = [middle for _run, _topic, middle in earlier]
    found: Alike = {}
    for topic in topics:
        closest: dict[str, str] = {}
        for place in alike(topic.get("middle", ""), before):
            run, key, _middle = earlier[place]
            closest.setdefault(run, key)
        if closest:
            found[topic["id"]] = list(closest.values())[:KEPT]
    return found


def _earlier(assignment: Assignment) -> list[tuple[str, str, str]]:
    """The topics of earlier assignments' newest reports: assignment, topic and middle."""
    before = _reported(assignment, Report.assignment_id, Report.result).where(Assignment.id < assignment.id)
    rows = session.execute(before.order_by(Assignment.id.desc()).limit(LOOKED_AT))
    return [(run, *topic) for run, result in rows for topic in middles(result)]


def _reported(assignment: Assignment, *wanted: Any) -> Select[Any]:
    """Columns of the reports of the same course."""
    return (
        select(*wanted)
        .join(Assignment, Assignment.id == Report.assignment_id)
        .where(Assignment.course_id == assignment.course_id)
        .where(Assignment.deleted_at.is_(None), Report.made_at.is_not(None))
    )
