"""A student's own side of the report: what became of what they asked and where they were lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.annotations.models import Annotation, Mark
from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import NOBODYS, Viewer
from scoring.places import overlaps

from ..models import Quotation, Report, Topic


@dataclass
class OwnQuestion:
    """A question of one's own: its state, and when it became part of a lesson."""

    annotation: Annotation
    state: Literal["open", "partly", "solved"]
    taught_at: datetime | None
    asked_to_show: bool  # the teacher would like to show it in class and waits for an answer
    may_be_shown: bool | None


@dataclass
class OwnMark:
    """A place where one was lost, and whether somebody has an answer there by now."""

    start: float
    end: float
    answered: bool


def own_questions(assignment: Assignment, viewer: Viewer) -> list[OwnQuestion]:
    """What a person asked in an assignment, in reading order."""
    rows = session.scalars(
        select(Annotation)
        .where(Annotation.assignment_id == assignment.id, Annotation.creator_id == viewer.account_id)
        .where(Annotation.motivation == "questioning", Annotation.deleted_at.is_(None))
        .where(Annotation.parent_id.is_(None), Annotation.audience != NOBODYS)
        .order_by(Annotation.start, Annotation.id)
    ).all()
    ids = [row.id for row in rows]
    taught, answered = _taught(assignment), _answered(ids)
    asked = {
        q.annotation_id: q for q in session.scalars(select(Quotation).where(Quotation.annotation_id.in_(ids)))
    }
    return [
        OwnQuestion(
            row,
            "solved" if row.resolved_at else "partly" if row.id in answered else "open",
            taught.get(row.id),
            row.id in asked and asked[row.id].answered_at is None,
            asked[row.id].allowed if row.id in asked and asked[row.id].answered_at else None,
        )
        for row in rows
    ]


def own_marks(assignment: Assignment, viewer: Viewer) -> list[OwnMark]:
    """Where a person was lost; answered once a question at that place has been."""
    marks = session.execute(
        select(Mark.start, Mark.end)
        .where(Mark.assignment_id == assignment.id, Mark.account_id == viewer.account_id)
        .where(Mark.deleted_at.is_(None), Mark.start.is_not(None), Mark.end.is_not(None))
        .order_by(Mark.start)
    ).all()
    asked = session.execute(
        select(Annotation.id, Annotation.start, Annotation.end, Annotation.resolved_at)
        .where(Annotation.assignment_id == assignment.id, Annotation.motivation == "questioning")
        .where(Annotation.audience == f"course:{assignment.course_id}", Annotation.deleted_at.is_(None))
        .where(Annotation.start.is_not(None), Annotation.end.is_not(None))
    ).all()
    answered = _answered([row.id for row in asked])
    places = [(row.start or 0.0, row.end or 0.0) for row in asked if row.resolved_at or row.id in answered]
    spans = [(start or 0.0, end or 0.0) for start, end in marks]
    return [OwnMark(*span, overlaps(span, places)) for span in spans]


def _answered(ids: list[str]) -> set[str]:
    reply = aliased(Annotation)
    rows = select(reply.parent_id).where(reply.parent_id.in_(ids), reply.deleted_at.is_(None))
    return {key for key in session.scalars(rows) if key}


def _taught(assignment: Assignment) -> dict[str, datetime]:
    """For every annotation of a topic that was dealt with in class, when."""
    report = session.get(Report, assignment.id)
    if report is None:
        return {}
    rows = session.scalars(select(Topic).where(Topic.assignment_id == assignment.id))
    dealt = {row.id: row.outcome.dealt_at for row in rows if row.outcome and row.outcome.dealt_at}
    topics = report.result.get("topics", [])
    return {key: dealt[t["id"]] for t in topics if t["id"] in dealt for key in t["members"]}
