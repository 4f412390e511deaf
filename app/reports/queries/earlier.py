"""What an earlier class, or an earlier year, made of the same document, and earlier assignments of the same subject."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import STAFF, Action, Viewer, allows
from app.courses.models import Course
from app.documents.models import Document, DocumentVersion
from scoring.places import Span, overlaps

from ..evidence import version_of
from ..models import Report, Topic
from ..schemas import EarlierOut, OutcomeOut

RUNS = 5  # earlier runs that are looked at, the newest first
SHOWN = 2  # for each topic


def earlier_topics(
    viewer: Viewer, assignment: Assignment, topics: list[dict[str, Any]], alike: dict[str, list[str]]
) -> dict[str, list[EarlierOut]]:
    """By topic id: topics of earlier runs that lie at the same passages, the newest run first, and then topics of
    earlier assignments of the course that are about the same (``alike``), the closest first.
    """
    found: dict[str, list[EarlierOut]] = defaultdict(list)
    for run, course, report in _runs(viewer, assignment):
        rows = {row.id: row for row in session.scalars(select(Topic).where(Topic.assignment_id == run.id))}
        before = [topic for topic in report.result.get("topics", []) if topic["id"] in rows]
        for topic in topics:
            same = _at(_spans(topic), before)
            if same is not None and len(found[topic["id"]]) < SHOWN:
                found[topic["id"]].append(_out(run, course, report, same, rows[same["id"]]))
    known = _alike(viewer, assignment, {key for topic in topics for key in alike.get(topic["id"], [])})
    for topic in topics:
        shown = {one.key for one in found[topic["id"]]}
        new = [key for key in alike.get(topic["id"], []) if key not in shown]
        found[topic["id"]] += [known[key] for key in new if key in known]
    return found


def _alike(viewer: Viewer, assignment: Assignment, wanted: set[str]) -> dict[str, EarlierOut]:
    """Topics of earlier assignments by their ids, while their own reports hold them."""
    if not wanted:
        return {}
    rows = session.execute(
        select(Topic, Assignment, Course, Report)
        .join(Assignment, Assignment.id == Topic.assignment_id)
        .join(Course, Course.id == Assignment.course_id)
        .join(Report, Report.assignment_id == Assignment.id)
        .where(Topic.id.in_(wanted), Topic.merged_into.is_(None), Report.made_at.is_not(None))
        .where(Assignment.course_id == assignment.course_id, Assignment.deleted_at.is_(None))
    ).all()
    found = {}
    for row, run, course, report in rows:
        topic = next((one for one in report.result.get("topics", []) if one["id"] == row.id), None)
        if topic is not None and allows(viewer, Action.READ_REPORT, run):
            found[row.id] = _out(run, course, report, topic, row).model_copy(update={"same": "subject"})
    return found


def _runs(viewer: Viewer, assignment: Assignment) -> list[Any]:
    """Older assignments of the very same words in courses whose staff the viewer is, with their reports."""
    mine = [key for key, membership in viewer.memberships.items() if membership.role in STAFF]
    same = version_of(assignment.document).sha256
    if not mine or not same:
        return []
    return list(
        session.execute(
            select(Assignment, Course, Report)
            .join(Course, Course.id == Assignment.course_id)
            .join(Report, Report.assignment_id == Assignment.id)
            .join(Document, Document.id == Assignment.document_id)
            .join(
                DocumentVersion,
                (DocumentVersion.document_id == Document.id) & (DocumentVersion.number == Document.version),
            )
            .where(Assignment.id < assignment.id, Assignment.deleted_at.is_(None))
            .where(Assignment.course_id.in_(mine), DocumentVersion.sha256 == same)
            .where(Report.made_at.is_not(None))
            .order_by(Assignment.id.desc())
            .limit(RUNS)
        ).all()
    )


def _spans(topic: dict[str, Any]) -> list[Span]:
    return [(start, end) for start, end in topic["passages"]]


def _at(spans: list[Span], before: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The topic that shares the most passages with these, if one shares any."""
    shared = [(sum(overlaps(span, spans) for span in _spans(topic)), topic) for topic in before]
    best = max(shared, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] else None


def _out(run: Assignment, course: Course, report: Report, topic: dict[str, Any], row: Topic) -> EarlierOut:
    assert report.made_at is not None
    return EarlierOut(
        same="passage",
        key=row.id,
        assignment_id=run.id,
        title=run.title,
        course=course.title,
        made_at=report.made_at,
        label=row.label or topic["label"],
        students=topic["students"],
        share=topic["share"],
        outcome=outcome_out(row),
    )


def outcome_out(row: Topic) -> OutcomeOut | None:
    """What became of a topic, if anybody has said so."""
    return OutcomeOut.model_validate(row.outcome, from_attributes=True) if row.outcome else None
