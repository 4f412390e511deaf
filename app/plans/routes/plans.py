"""Plans: draft, read, change, copy, share."""

from apiflask import APIBlueprint
from flask import g

from app.assignments.queries import assignment_or_404
from app.core.db import session
from app.core.policy import Action
from app.core.web import requires
from app.reports.queries import voices_of

from ..models import Plan
from ..operations import drafting, editing, replying, sharing
from ..queries import plans, topics
from ..schemas import NoteIn, PlanIn, PlanList, PlanOut, PlanPatch, Replied, ReplyIn

api = APIBlueprint("plans", __name__, url_prefix="/api/v1", tag="activity plans")


@api.get("/assignments/<assignment_id>/activity-plans")
@api.output(PlanList)
@requires(Action.PLAN_CLASS, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def list_plans(assignment_id: str) -> PlanList:
    """The plans of an assignment, newest first."""
    return PlanList(items=[plans.head(plan) for plan in session.scalars(plans.plans_of(assignment_id))])


@api.post("/assignments/<assignment_id>/activity-plans")
@api.input(PlanIn, arg_name="wanted")
@api.output(PlanOut, status_code=201)
@requires(Action.PLAN_CLASS, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def create(assignment_id: str, wanted: PlanIn) -> PlanOut:
    """Draft a plan from topics of the report, or from a template."""
    return plans.plan_out(drafting.draft_plan(g.viewer, g.thing, wanted), g.viewer)


@api.post("/assignments/<assignment_id>/activity-plans/import")
@api.input(sharing.PlanFile, arg_name="shared")
@api.output(PlanOut, status_code=201)
@requires(Action.PLAN_CLASS, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def take_in(assignment_id: str, shared: sharing.PlanFile) -> PlanOut:
    """Take in a colleague's plan."""
    return plans.plan_out(sharing.import_plan(g.viewer, g.thing, shared), g.viewer)


@api.get("/activity-plans/<plan_id>")
@api.output(PlanOut)
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def show(plan_id: str) -> PlanOut:
    """A plan with everything that its steps point to."""
    return plans.plan_out(g.thing, g.viewer)


@api.patch("/activity-plans/<plan_id>")
@api.input(PlanPatch, arg_name="patch")
@api.output(PlanOut)
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def change(plan_id: str, patch: PlanPatch) -> PlanOut:
    """Change a plan; the ``revision`` that was read must still be the newest."""
    plan: Plan = g.thing
    wanted = {one for step in patch.steps or [] for one in step.voices}
    readable = voices_of(g.viewer, plan.assignment, wanted) if plan.assignment and wanted else {}
    return plans.plan_out(editing.edit_plan(plan, patch, readable), g.viewer)


@api.delete("/activity-plans/<plan_id>")
@api.output({}, status_code=204)
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def remove(plan_id: str) -> str:
    """Take a plan away."""
    drafting.remove_plan(g.thing)
    return ""


@api.post("/activity-plans/<plan_id>/copy")
@api.output(PlanOut, status_code=201)
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def copy(plan_id: str) -> PlanOut:
    """The same plan once more."""
    return plans.plan_out(drafting.copy_plan(g.viewer, g.thing), g.viewer)


@api.post("/activity-plans/<plan_id>/template")
@api.output(PlanOut, status_code=201)
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def keep_as_template(plan_id: str) -> PlanOut:
    """Keep the steps for other lessons, without anything of this class."""
    return plans.plan_out(drafting.keep_as_template(g.viewer, g.thing), g.viewer)


@api.get("/activity-plans/<plan_id>/file")
@api.output(sharing.PlanFile)
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def as_file(plan_id: str) -> sharing.PlanFile:
    """The plan for a colleague: students' words and everything of the class left out."""
    return sharing.as_file(g.thing)


@api.put("/activity-plans/<plan_id>/notes/<step_id>")
@api.input(NoteIn, arg_name="note")
@api.output({}, status_code=204)
@requires(Action.PLAN_CLASS, load=lambda plan_id, **_rest: plans.lesson_or_404(plan_id))
def put_note(plan_id: str, step_id: str, note: NoteIn) -> str:
    """Note something at a step while it runs."""
    editing.note(g.thing, step_id, note.text)
    return ""


@api.post("/assignments/<assignment_id>/topics/<topic_id>/replies")
@api.input(ReplyIn, arg_name="reply")
@api.output(Replied, status_code=201)
@requires(
    Action.PLAN_CLASS,
    load=lambda assignment_id, **_rest: assignment_or_404(assignment_id),
    see=Action.READ_ASSIGNMENT,
)
def reply(assignment_id: str, topic_id: str, reply: ReplyIn) -> Replied:
    """One answer under all questions of a topic."""
    members = topics.members_of(g.thing, g.viewer, topic_id)
    return Replied(replies=replying.reply_to_topic(g.viewer, g.thing, members, reply.body))
