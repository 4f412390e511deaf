"""The groups of a plan."""

from apiflask import APIBlueprint
from flask import g

from app.core.policy import Action
from app.core.web import requires

from ..operations import seating
from ..queries.plans import lesson_or_404, plan_out
from ..schemas import AbsentIn, ApartIn, GroupSetIn, GroupSetOut, PlanOut, WishesIn

api = APIBlueprint("plan_groups", __name__, url_prefix="/api/v1", tag="activity plans")


@api.put("/activity-plans/<plan_id>/groups")
@api.input(WishesIn, arg_name="wishes")
@api.output(PlanOut)
@requires(Action.PLAN_CLASS, load=lesson_or_404)
def make(plan_id: str, wishes: WishesIn) -> PlanOut:
    """Make groups of everybody who is there."""
    seating.group_students(g.viewer, g.thing, wishes)
    return plan_out(g.thing, g.viewer)


@api.put("/activity-plans/<plan_id>/absent")
@api.input(AbsentIn, arg_name="absent")
@api.output(PlanOut)
@requires(Action.PLAN_CLASS, load=lesson_or_404)
def mark_absent(plan_id: str, absent: AbsentIn) -> PlanOut:
    """Say who is missing; only groups that became too small are changed."""
    seating.mark_absent(g.viewer, g.thing, absent.account_ids)
    return plan_out(g.thing, g.viewer)


@api.put("/activity-plans/<plan_id>/apart")
@api.input(ApartIn, arg_name="pair")
@api.output({}, status_code=204)
@requires(Action.PLAN_CLASS, load=lesson_or_404)
def keep_apart(plan_id: str, pair: ApartIn) -> str:
    """Never seat these two together in this course."""
    seating.keep_apart(g.viewer, g.thing, pair.account_ids)
    return ""


@api.delete("/activity-plans/<plan_id>/apart/<account_id>/<other_id>")
@api.output({}, status_code=204)
@requires(Action.PLAN_CLASS, load=lambda plan_id, **_rest: lesson_or_404(plan_id))
def let_meet(plan_id: str, account_id: str, other_id: str) -> str:
    """These two may sit together again."""
    seating.let_meet(g.viewer, g.thing, [account_id, other_id])
    return ""


@api.post("/activity-plans/<plan_id>/group-set")
@api.input(GroupSetIn, arg_name="wanted")
@api.output(GroupSetOut, status_code=201)
@requires(Action.MANAGE_ROSTER, load=lesson_or_404, see=Action.PLAN_CLASS)
def send_to_course(plan_id: str, wanted: GroupSetIn) -> GroupSetOut:
    """The groups as a group set of the course."""
    made = seating.send_to_course(g.viewer, g.thing, wanted.name)
    return GroupSetOut(id=made.id, course_id=made.course_id, name=made.name)
