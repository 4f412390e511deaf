"""Changing a plan: its steps, its title, notes while it runs."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update

from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.ids import now
from app.reports.schemas import Voice

from ..models import Plan
from ..queries.topics import votable
from ..schemas import PlanPatch, StepIn

MOST_NOTES = 20_000  # characters in all notes of a plan


def edit_plan(plan: Plan, patch: PlanPatch, readable: dict[str, Voice]) -> Plan:
    """Change what is given. ``readable`` are the annotations that may stand in a step, by id."""
    _take(plan, patch.revision)
    given = patch.model_dump(exclude_unset=True, exclude={"revision", "steps"})
    for name, value in given.items():
        if value is not None:
            setattr(plan, name, value)
    if patch.steps is not None:
        plan.steps = [_checked(plan, step, readable) for step in patch.steps]
        kept = {step.id for step in patch.steps}
        plan.notes = {key: text for key, text in plan.notes.items() if key in kept}
    plan.modified_at = now()
    return plan


def _take(plan: Plan, revision: int) -> None:
    """Make the next revision ours: of two windows that send at once, one is refused."""
    mine = update(Plan).where(Plan.id == plan.id, Plan.revision == revision).returning(Plan.id)
    if session.execute(mine.values(revision=revision + 1)).first() is None:
        raise Conflict(
            _(
                "This plan was changed in another window. Reload it; what you typed here is still in the fields."
            ),
            "plan_changed",
        )
    session.refresh(plan)


def _checked(plan: Plan, step: StepIn, readable: dict[str, Voice]) -> dict[str, Any]:
    questions = {question.id for question in votable(plan.assignment)} if plan.assignment else set()
    if step.question_id and step.question_id not in questions:
        raise Invalid(_("This question is not in the assignment any more."), "no_question", "/steps")
    before: dict[str, Any] = next((one for one in plan.steps if one["id"] == step.id), {})
    kept = step.model_dump()
    # The reason is the draft's, not the browser's, and it goes with the kind.
    kept["why"] = before.get("why") if before.get("kind") == step.kind else None
    # Words that were removed meanwhile leave the plan with the next change.
    kept["voices"] = [one for one in step.voices if one in readable]
    return kept


def note(plan: Plan, step_id: str, text: str) -> Plan:
    """Keep what was noted at a step."""
    if step_id not in {step["id"] for step in plan.steps}:
        raise Conflict(_("This step is no longer in the plan."), "no_step")
    notes = {key: kept for key, kept in plan.notes.items() if key != step_id} | (
        {step_id: text} if text else {}
    )
    if sum(map(len, notes.values())) > MOST_NOTES:
        raise Invalid(_("These notes are too long to be kept with the plan."), "notes_long", "/text")
    plan.notes = notes
    return plan


def begin(plan: Plan) -> None:
    """Note that the plan is run; the first time counts."""
    plan.run_at = plan.run_at or now()
