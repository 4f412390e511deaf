"""After class: what was dealt with, two lines about it, and the re-check."""

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

from ..kinds import KINDS
from ..models import Plan
from ..operations import closing as operations
from ..operations import voting
from ..queries import closing, plans, votes
from ..schemas import RecheckIn, ReflectionIn

pages = APIBlueprint("plan_after_pages", __name__, enable_openapi=False, url_prefix="/plans/<plan_id>")
QUESTIONS = 2
OPTIONS = 4


@pages.get("/after")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def show(plan_id: str) -> str:
    """What came of the plan, and what is left to say about it."""
    return render_template("plans/after.html", errors={}, **_context(g.thing))


def _context(plan: Plan) -> dict[str, Any]:
    shown = plans.plan_out(plan, g.viewer)
    return {
        "plan": plan,
        "shown": shown,
        "course": course_or_404(plan.course_id),
        "assignment": plan.assignment,
        "tab": "after",
        "rows": closing.topic_rows(plan),
        "known": closing.known(plan),
        "polls": votes.polls_out(plan),
        "proposed": _proposed(plan, shown),
        "number": QUESTIONS,
        "options": OPTIONS,
        "typed": request.form,
        "step_name": lambda kind: KINDS[kind].name,
    }


def _proposed(plan: Plan, shown: Any) -> list[dict[str, Any]]:
    """Questions that the plan asked already, each once, as a beginning for the re-check."""
    embedded = {question.id: question for question in shown.questions}
    found: dict[str, dict[str, Any]] = {}
    for step in shown.steps:
        topic = next(iter(step.topics), "")
        if step.question:
            found.setdefault(step.question.stem, step.question.model_dump() | {"topic": topic})
        elif step.question_id in embedded:
            question = embedded[step.question_id]
            right = [n for n, option in enumerate(question.options) if option["id"] in question.right]
            texts = [option["text"] for option in question.options]
            asked = {"stem": question.stem, "options": texts, "right": right, "topic": topic}
            found.setdefault(question.stem, asked)
    return list(found.values())[:QUESTIONS]


@pages.post("/after")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def reflect(plan_id: str) -> ResponseReturnValue:
    """Keep what was dealt with and what was thought about it."""
    try:
        said = {
            key: ReflectionIn(
                dealt=bool(forms.typed(f"dealt-{key}")),
                what_i_did=forms.typed(f"did-{key}"),
                what_i_would_change=forms.typed(f"change-{key}"),
            )
            for key in closing.topic_keys(g.thing)
        }
    except ValidationError as error:
        raise Invalid(_("At most %(n)s characters a line, please.", n=600), "too_long") from error
    operations.reflect(g.viewer, g.thing, said)
    flash(_("Kept. The report shows it beside each topic."), "solved")
    return redirect(f"/plans/{plan_id}/after", 303)


@pages.post("/recheck")
@requires(Action.PLAN_CLASS, load=plans.lesson_or_404)
def send_recheck(plan_id: str) -> ResponseReturnValue:
    """Send two questions to the class."""
    try:
        voting.send_recheck(g.thing, _recheck())
    except Problem as problem:
        return forms.again("plans/after.html", problem, **_context(g.thing))
    flash(_("The class finds the questions on its start page."), "solved")
    return redirect(f"/plans/{plan_id}/after", 303)


def _recheck() -> RecheckIn:
    questions = [_question(place) for place in range(QUESTIONS) if forms.typed(f"stem-{place}").strip()]
    try:
        return RecheckIn.model_validate({"questions": questions, "days": forms.typed("days") or 7})
    except ValidationError as error:
        problem = Invalid(
            _("Each question needs its words, two options at least, and the right one ticked."),
            "recheck_form",
        )
        problem.errors.extend(field_problems(error)[:3])
        raise problem from error


def _question(place: int) -> dict[str, Any]:
    """One question of the form; options that were left empty are left out."""
    options: list[str] = []
    right: list[int] = []
    for number in range(OPTIONS * 2):
        if text := forms.typed(f"option-{place}-{number}").strip():
            if forms.typed(f"right-{place}") == str(number):
                right.append(len(options))
            options.append(text)
    return {
        "stem": forms.typed(f"stem-{place}"),
        "options": options,
        "right": right,
        "topic": forms.typed(f"topic-{place}") or None,
    }
