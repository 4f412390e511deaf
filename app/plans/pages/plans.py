"""Drafting, editing, printing and presenting a plan."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from pydantic import ValidationError

from app.accounts import forms
from app.assignments.models import Assignment
from app.assignments.queries import assignment_or_404
from app.core.db import session
from app.core.errors import Invalid, Problem
from app.core.fields import field_problems
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404
from app.reports.operations import want_report
from app.reports.queries import report_for

from ..kinds import KINDS
from ..models import Plan
from ..operations import drafting, replying, sharing
from ..queries import plans, topics
from ..queries.quoting import may_show
from ..schemas import PlanIn

pages = APIBlueprint("plans_pages", __name__, enable_openapi=False)


@pages.get("/assignments/<assignment_id>/plans")
@requires(Action.PLAN_CLASS, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def start(assignment_id: str) -> str:
    """Plan the class: which topics, how long, in which room. The plans that are there already."""
    current = want_report(g.thing)
    return render_template("plans/start.html", errors={}, **_start(g.thing, current))


def _start(assignment: Assignment, current: str = "") -> dict[str, Any]:
    report = report_for(assignment, g.viewer, voices_each=3, current=current)
    asked = request.values.getlist("topic")
    templates = plans.templates_for(g.viewer)
    return {
        "assignment": assignment,
        "course": course_or_404(assignment.course_id),
        "report": report,
        "ticked": asked or [topic.key for topic in report.topics[:3]],
        "plans": list(session.scalars(plans.plans_of(assignment.id))),
        "templates": templates,
        "template_choices": [
            ("", _("A draft that suits the topics")),
            *((one.id, one.title) for one in templates),
        ],
        "typed": request.form,
    }


@pages.post("/assignments/<assignment_id>/plans")
@requires(Action.PLAN_CLASS, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def create(assignment_id: str) -> ResponseReturnValue:
    """Make the draft, and groups with it if they are wanted."""
    try:
        plan = drafting.draft_plan(g.viewer, g.thing, _wanted())
    except Problem as problem:
        return forms.again("plans/start.html", problem, **_start(g.thing))
    return redirect(f"/plans/{plan.id}", 303)


def _wanted() -> PlanIn:
    given = {name: forms.typed(name) for name in ("minutes", "room", "template_id", "group_size")}
    try:
        return PlanIn.model_validate(
            {name: value for name, value in given.items() if value}
            | {"topics": request.form.getlist("topic") or None}
        )
    except ValidationError as error:
        problem = Invalid(_("Please look at the marked fields."), "plan_form")
        problem.errors.extend(field_problems(error))
        raise problem from error


@pages.post("/assignments/<assignment_id>/plans/import")
@requires(Action.PLAN_CLASS, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def take_in(assignment_id: str) -> ResponseReturnValue:
    """A colleague's plan, from a file."""
    sent = request.files.get("file")
    try:
        shared = sharing.read_file(sent.stream.read(sharing.LARGEST + 1) if sent else b"")
    except Problem as problem:
        return forms.again("plans/start.html", problem, **_start(g.thing))
    return redirect(f"/plans/{sharing.import_plan(g.viewer, g.thing, shared).id}", 303)


@pages.get("/plans/<plan_id>")
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def edit(plan_id: str) -> str:
    """The plan, to be changed."""
    return render_template("plans/edit.html", tab="plan", kinds=_kinds(), **_shown(g.thing))


def _shown(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "shown": plans.plan_out(plan, g.viewer),
        "course": course_or_404(plan.course_id),
        "assignment": plan.assignment,
    }


def _kinds() -> dict[str, dict[str, str]]:
    return {
        kind: {name: str(words) for name, words in each._asdict().items()} for kind, each in KINDS.items()
    }


@pages.get("/plans/<plan_id>/print")
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def print_plan(plan_id: str) -> str:
    """The plan and its groups on paper; no reasons, and only words that may be shown."""
    shown = plans.plan_out(g.thing, g.viewer)
    return render_template(
        "plans/print.html",
        kinds=_kinds(),
        may_show=may_show(voice.id for voice in shown.voices),
        **_shown(g.thing) | {"shown": shown},
    )


@pages.get("/plans/<plan_id>/present")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def present(plan_id: str) -> str:
    """The plan on the wall."""
    shown = plans.plan_out(g.thing, g.viewer)
    allowed = may_show(voice.id for voice in shown.voices)
    shown.voices = [voice for voice in shown.voices if voice.id in allowed]
    for group in shown.groups:
        group.reasons = []
    for step in shown.steps:
        step.why, step.why_text = None, ""
    return render_template("plans/present.html", kinds=_kinds(), plan=g.thing, shown=shown)


@pages.get("/plans/<plan_id>/file")
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def save_as_file(plan_id: str) -> Response:
    """The plan as a file for a colleague."""
    data = sharing.as_file(g.thing).model_dump_json(indent=1)
    name = {"Content-Disposition": 'attachment; filename="plan.json"'}
    return Response(data, mimetype="application/json", headers=name)


@pages.post("/plans/<plan_id>/copy")
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def copy(plan_id: str) -> ResponseReturnValue:
    """The same plan once more."""
    return redirect(f"/plans/{drafting.copy_plan(g.viewer, g.thing).id}", 303)


@pages.post("/plans/<plan_id>/template")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def keep_as_template(plan_id: str) -> ResponseReturnValue:
    """Keep the steps for other lessons."""
    drafting.keep_as_template(g.viewer, g.thing)
    flash(_("Kept as a template. You find it where a new plan begins."), "solved")
    return redirect(f"/plans/{plan_id}", 303)


@pages.post("/plans/<plan_id>/remove")
@requires(Action.PLAN_CLASS, load=plans.plan_or_404)
def remove(plan_id: str) -> ResponseReturnValue:
    """Take the plan away."""
    plan: Plan = g.thing
    drafting.remove_plan(plan)
    flash(_("“%(title)s” is removed.", title=plan.title), "solved")
    home = f"/assignments/{plan.assignment_id}/plans" if plan.assignment_id else f"/courses/{plan.course_id}"
    return redirect(home, 303)


@pages.post("/assignments/<assignment_id>/topics/<topic_id>/reply")
@requires(
    Action.PLAN_CLASS,
    load=lambda assignment_id, **_rest: assignment_or_404(assignment_id),
    see=Action.READ_ASSIGNMENT,
)
def reply(assignment_id: str, topic_id: str) -> ResponseReturnValue:
    """One answer under all questions of a topic."""
    body = forms.typed("body").strip()
    if not body or len(body) > replying.LONGEST:
        raise Invalid(_("Write the answer first."), "empty_body", "/body")
    members = topics.members_of(g.thing, g.viewer, topic_id)
    number = replying.reply_to_topic(g.viewer, g.thing, members, body)
    said = ngettext(
        "Your answer stands under %(num)s thread.", "Your answer stands under %(num)s threads.", number
    )
    flash(said, "solved")
    return redirect(f"/assignments/{assignment_id}/report#topic-{topic_id}", 303)
