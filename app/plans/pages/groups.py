"""The groups of a plan: made, redone, printed, sent to the course."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import ValidationError

from app.accounts import forms
from app.core.errors import Invalid, Problem
from app.core.fields import field_problems
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from ..models import Plan
from ..operations import seating as operations
from ..queries import plans, seating
from ..schemas import QuestionShown, WishesIn

pages = APIBlueprint("plan_groups_pages", __name__, enable_openapi=False, url_prefix="/plans/<plan_id>")


@pages.get("/groups")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def show(plan_id: str) -> str:
    """Who sits with whom, and why."""
    return render_template("plans/groups.html", errors={}, **_context(g.thing))


def _context(plan: Plan) -> dict[str, Any]:
    students = seating.students_by_name(plan.course_id)
    names = {row.account_id: row.account.name for row in students}
    apart = sorted(
        (sorted(pair, key=lambda one: names.get(one, "")) for pair in seating.apart_in(plan.course_id)),
        key=lambda pair: [names.get(one, "") for one in pair],
    )
    return {
        "plan": plan,
        "shown": plans.plan_out(plan, g.viewer),
        "course": course_or_404(plan.course_id),
        "assignment": plan.assignment,
        "tab": "groups",
        "students": students,
        "names": names,
        "apart": apart,
        "question_choices": _question_choices,
        "wishes": {"by": "conflict", "size": 3, "keep_sections": True} | plan.wishes,
        "chosen_question": seating.question_of(plan),
        "may_send": g.viewer.role_in(plan.course_id) == "teacher",
    }


def _question_choices(questions: list[QuestionShown]) -> list[tuple[str, str]]:
    return [(question.id, question.stem[:80]) for question in questions]


@pages.post("/groups")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def make(plan_id: str) -> ResponseReturnValue:
    """Make them, or make others."""
    try:
        operations.group_students(g.viewer, g.thing, _wishes())
    except Problem as problem:
        return forms.again("plans/groups.html", problem, **_context(g.thing))
    return _back(plan_id)


def _wishes() -> WishesIn:
    given: dict[str, Any] = {
        name: value for name in ("by", "size", "question_id") if (value := forms.typed(name))
    }
    ticked = {name: bool(forms.typed(name)) for name in ("keep_sections", "again")}
    try:
        return WishesIn.model_validate(given | ticked)
    except ValidationError as error:
        problem = Invalid(_("Please look at the marked fields."), "groups_form")
        problem.errors.extend(field_problems(error))
        raise problem from error


@pages.post("/groups/move")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def move(plan_id: str) -> ResponseReturnValue:
    """Put somebody into another group by hand."""
    number = forms.typed("number")
    to = int(number) if number.isdecimal() and len(number) < 5 else 0
    try:
        apart = operations.move_seat(g.thing, forms.typed("account_id"), to)
    except Problem as problem:
        return forms.again("plans/groups.html", problem, **_context(g.thing))
    if apart:
        flash(
            _("Moved. Two of this group are kept apart in this course; the groups stay as you put them."),
            "info",
        )
    return _back(plan_id)


@pages.post("/absent")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def mark_absent(plan_id: str) -> ResponseReturnValue:
    """The ticked ones are missing; the groups are redone."""
    operations.mark_absent(g.viewer, g.thing, request.form.getlist("absent"))
    flash(_("The groups are redone. Whoever could stay with their group has stayed."), "solved")
    return _back(plan_id)


@pages.post("/apart")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def keep_apart(plan_id: str) -> ResponseReturnValue:
    """Keep two apart, or let them meet again."""
    pair = request.form.getlist("student")
    deed = operations.let_meet if forms.typed("meet") else operations.keep_apart
    if problem := forms.attempt(lambda: deed(g.viewer, g.thing, pair)):
        return forms.again("plans/groups.html", problem, **_context(g.thing))
    flash(_("Kept. Make the groups anew to go by it."), "solved")
    return _back(plan_id)


@pages.post("/group-set")
@requires(Action.MANAGE_ROSTER, load=plans.lesson_or_404, see=Action.PLAN_CLASS)
def send_to_course(plan_id: str) -> ResponseReturnValue:
    """Make them a group set of the course."""
    try:
        made = operations.send_to_course(g.viewer, g.thing, forms.typed("name"))
    except Problem as problem:
        return forms.again("plans/groups.html", problem, **_context(g.thing))
    flash(_("The course has these groups now. An assignment can use them for its threads."), "solved")
    return redirect(f"/courses/{made.course_id}/groups/{made.id}", 303)


@pages.get("/cards")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def cards(plan_id: str) -> str:
    """A card for each seat, to be cut out."""
    return render_template("plans/cards.html", **_context(g.thing))


def _back(plan_id: str) -> ResponseReturnValue:
    return redirect(f"/plans/{plan_id}/groups", 303)
