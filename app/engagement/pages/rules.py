"""Setting the rules as pages: of a course and of one assignment, with who would move before anything is kept."""

from dataclasses import replace
from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.assignments.models import Assignment
from app.assignments.queries import assignment_or_404
from app.core.errors import Invalid
from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Course
from app.courses.queries import course_or_404
from scoring.engagement import PRESETS, Policy, preset_of

from .. import forms, wording
from ..forms import FormProblem
from ..operations import rules as verbs
from ..queries.preview import candidates, preview
from ..queries.rules import Rules, assignment_rules, course_rules, policy_of, templates_of

pages = APIBlueprint("engagement_rules", __name__, enable_openapi=False)


@pages.get("/courses/<course_id>/scoring")
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def show_course(course_id: str) -> str:
    """How the course is scored; ``?from=`` starts from a preset or from rules kept under a name."""
    rules = course_rules(g.thing)
    return _page(g.thing, rules, forms.shown(_started(request.args.get("from", ""), rules.policy)))


@pages.post("/courses/<course_id>/scoring")
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def change_course(course_id: str) -> ResponseReturnValue:
    """Show who would move, keep the rules, or keep them under a name: the button that was pressed says which."""
    rules, deed = course_rules(g.thing), request.form.get("do", "keep")
    if deed == "forget":
        verbs.remove_template(g.viewer, request.form.get("template", ""))
        return redirect(f"/courses/{course_id}/scoring", 303)
    try:
        typed = forms.policy_from(request.form)
        if deed == "template":
            verbs.keep_template(g.viewer, request.form.get("name", ""), typed)
    except (FormProblem, Invalid) as problem:
        return _page(g.thing, rules, request.form, errors=_errors(problem)), 422
    mode: Any = request.form.get("mode")
    mode = mode if mode in wording.modes() else rules.mode
    if deed == "preview":
        wanted = replace(rules, mode=mode, policy=typed.policy())
        moves = preview(g.thing, wanted, request.form.get("of"))
        return _page(g.thing, wanted, request.form, moves=moves)
    if deed == "template":
        flash(
            _("Kept under “%(name)s”, for all of your courses.", name=request.form["name"].strip()), "solved"
        )
        return _page(g.thing, rules, request.form)
    verbs.set_course_rules(g.viewer, g.thing, typed, mode)
    flash(_("Kept. The scores are worked out anew; that takes a moment."), "solved")
    return redirect(f"/courses/{course_id}/scoring", 303)


@pages.get("/assignments/<assignment_id>/scoring")
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def show_assignment(assignment_id: str) -> str:
    """How one assignment is scored: by its course's rules, or by its own."""
    rules = assignment_rules(g.thing)
    started = _started(request.args.get("from", ""), rules.policy)
    return _page(course_or_404(g.thing.course_id), rules, forms.shown(started), assignment=g.thing)


@pages.post("/assignments/<assignment_id>/scoring")
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def change_assignment(assignment_id: str) -> ResponseReturnValue:
    """Show who would move, keep rules of its own, or go back to the course's."""
    assignment, course = g.thing, course_or_404(g.thing.course_id)
    rules, deed = assignment_rules(assignment), request.form.get("do", "keep")
    if deed == "as_course":
        verbs.set_assignment_rules(g.viewer, assignment, None)
        flash(_("Scored by the course's rules again."), "solved")
        return redirect(f"/assignments/{assignment_id}/scoring", 303)
    try:
        typed = forms.policy_from(request.form)
    except FormProblem as problem:
        return _page(course, rules, request.form, assignment=assignment, errors=problem.errors), 422
    if deed == "preview":
        wanted = replace(rules, policy=typed.policy())
        moves = preview(course, wanted, assignment.id)
        return _page(course, wanted, request.form, assignment=assignment, moves=moves)
    verbs.set_assignment_rules(g.viewer, assignment, typed)
    flash(_("Kept. The scores are worked out anew; that takes a moment."), "solved")
    return redirect(f"/assignments/{assignment_id}/scoring", 303)


def _started(name: str, current: Policy) -> Policy:
    """The policy to start from; what a starting point does not say (dates, points, release) stays."""
    kept = {row.id: policy_of(row.settings) for row in templates_of(g.viewer.account_id)}
    if name in kept:
        return kept[name]
    if name not in PRESETS:
        return current
    counts = ("weights", "content", "level_one", "wrong_answer", "spread_penalty")
    return replace(current, **{each: getattr(PRESETS[name], each) for each in counts})


def _page(
    course: Course, rules: Rules, typed: Any, *, assignment: Assignment | None = None, **more: Any
) -> str:
    return render_template(
        "engagement/rules.html",
        course=course,
        assignment=assignment,
        rules=rules,
        typed=typed,
        preset=preset_of(rules.policy),
        components=wording.components(),
        presets=wording.presets(),
        modes=wording.modes(),
        templates=templates_of(g.viewer.account_id),
        candidates=candidates(course),
        **({"errors": {}, "moves": None} | more),
    )


def _errors(problem: FormProblem | Invalid) -> dict[str, str]:
    if isinstance(problem, FormProblem):
        return problem.errors
    return {error.pointer.strip("/"): error.detail for error in problem.errors} or {"": problem.detail}
