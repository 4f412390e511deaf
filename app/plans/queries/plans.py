"""Reading plans."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import Viewer
from app.reports.queries import voices_of

from ..models import Plan
from ..schemas import PlanHead, PlanOut, StepOut
from ..wording import why_step
from . import topics
from .seating import absent_members, groups_out


def plan_or_404(plan_id: str) -> Plan:
    """The plan, unless it or its assignment was removed."""
    plan = session.get(Plan, plan_id, options=[joinedload(Plan.assignment)])
    if plan is None or plan.deleted_at is not None or _is_orphan(plan):
        raise NotFound(_("This plan does not exist, or is not shared with you."))
    return plan


def lesson_or_404(plan_id: str) -> Plan:
    """A plan of an assignment; a template has no class, no groups and no votes."""
    plan = plan_or_404(plan_id)
    if plan.assignment is None:
        raise NotFound(_("This plan does not exist, or is not shared with you."))
    return plan


def _is_orphan(plan: Plan) -> bool:
    return plan.assignment is not None and plan.assignment.deleted_at is not None


def plans_of(assignment_id: str) -> Select[Plan]:
    """The plans of an assignment, newest first."""
    return (
        select(Plan)
        .where(Plan.assignment_id == assignment_id, Plan.deleted_at.is_(None))
        .order_by(Plan.id.desc())
    )


def templates_for(viewer: Viewer) -> list[Plan]:
    """The templates of the courses in which the viewer is staff, by title."""
    taught = [course_id for course_id in viewer.memberships if viewer.is_staff_of(course_id)]
    rows = select(Plan).where(Plan.course_id.in_(taught), Plan.assignment_id.is_(None))
    return list(session.scalars(rows.where(Plan.deleted_at.is_(None)).order_by(Plan.title, Plan.id)))


def head(plan: Plan) -> PlanHead:
    """A plan in a list."""
    return PlanHead(**_head(plan))


def _head(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "assignment_id": plan.assignment_id,
        "title": plan.title,
        "minutes": plan.minutes,
        "modified": plan.modified_at,
        "run": plan.run_at,
    }


def plan_out(plan: Plan, viewer: Viewer) -> PlanOut:
    """A plan with everything that its steps point to, as far as the viewer may read it."""
    assignment = plan.assignment
    found = topics.topics_of(assignment, viewer) if assignment else []
    questions = topics.votable(assignment) if assignment else []
    counts = topics.answers_by_option(questions)
    return PlanOut(
        **_head(plan),
        course_id=plan.course_id,
        room=plan.room,  # type: ignore[arg-type]  # the table's constraint holds it
        revision=plan.revision,
        code=plan.code,
        steps=[StepOut(**_defaults(step), why_text=why_step(step.get("why"))) for step in plan.steps],
        notes=plan.notes,
        topics=topics.topics_shown(plan, found),
        voices=_voices(plan, assignment, viewer),
        questions=[topics.shown(question, counts[question.id]) for question in questions],
        groups=groups_out(plan, found) if assignment else [],
        absent=absent_members(plan) if assignment else [],
    )


def _defaults(step: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {"question_id": None, "question": None, "why": None}
    return empty | step


def _voices(plan: Plan, assignment: Assignment | None, viewer: Viewer) -> list[Any]:
    ids = {one for step in plan.steps for one in step.get("voices", [])}
    return list(voices_of(viewer, assignment, ids).values()) if assignment and ids else []
