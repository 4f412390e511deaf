"""One assignment's scores: the class for staff, “how I stand” for a student; release, and marks by hand."""

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
from app.courses.queries import course_or_404
from scoring.engagement import has_passed, hints, points

from .. import forms, wording
from ..evidence import dues_of
from ..forms import FormProblem
from ..operations import marking, recording
from ..queries.classes import class_of
from ..queries.rules import assignment_rules
from ..queries.scores import progress_without_points
from ..queries.standings import shown_to, standings
from ..routes import of_student

pages = APIBlueprint("engagement_assignment", __name__, enable_openapi=False)


@pages.get("/assignments/<assignment_id>/scores")
@requires(Action.READ_SCORES, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def show(assignment_id: str) -> str:
    """How the class stands, or how you stand."""
    if g.viewer.is_staff_of(g.thing.course_id):
        return _class_page(g.thing)
    return render_template("engagement/standing.html", **_standing(g.thing, g.viewer.account_id))


def _class_page(assignment: Assignment) -> str:
    rules = assignment_rules(assignment)
    stale = recording.want([assignment]) if rules.mode != "none" else set()
    return render_template(
        "engagement/class.html",
        assignment=assignment,
        course=course_or_404(assignment.course_id),
        rules=rules,
        fresh=not stale,
        components=wording.components(),
        **class_of(assignment, rules),
    )


def _standing(assignment: Assignment, account_id: str) -> dict[str, Any]:
    rules = assignment_rules(assignment)
    released = shown_to(assignment, rules, account_id)
    found = None
    if rules.mode != "none":
        found = (
            standings(assignment, rules, [account_id]).get(account_id)
            if released
            else progress_without_points(assignment, account_id, rules)
        )
    policy = rules.in_force(assignment)
    share = found.share if found and released else None
    return {
        "assignment": assignment,
        "course": course_or_404(assignment.course_id),
        "rules": rules,
        "policy": policy,
        "released": released,
        "standing": found,
        "due_at": dues_of(assignment, [account_id]).get(account_id),
        "points": points(share, rules.policy),
        "passed": has_passed(share, rules.policy),
        "components": wording.components(),
        "state_of": wording.state_of,
        "why": lambda part: wording.why(part, released and policy.content == "quality"),
        "advice": [wording.advice(hint) for hint in hints(found, policy)] if found else [],
    }


@pages.post("/assignments/<assignment_id>/scores/release")
@requires(Action.EDIT_SCORES, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def release(assignment_id: str) -> ResponseReturnValue:
    """Let the class see its scores, or take them back."""
    released = request.form.get("released") == "1"
    marking.release(g.viewer, g.thing, released)
    flash(_("Released: every student sees the own score.") if released else _("Taken back."), "solved")
    return redirect(f"/assignments/{assignment_id}/scores", 303)


@pages.post("/assignments/<assignment_id>/scores/<account_id>")
@requires(Action.EDIT_SCORES, load=of_student, see=Action.READ_ASSIGNMENT)
def mark(assignment_id: str, account_id: str) -> ResponseReturnValue:
    """Set something by hand for one student."""
    course = course_or_404(g.thing.course_id)
    try:
        marking.mark(g.viewer, g.thing, account_id, forms.mark_from(request.form, course))
    except FormProblem as problem:
        raise Invalid(" ".join(problem.errors.values()), "not_right_yet") from problem
    flash(_("Kept."), "solved")
    return redirect(f"/courses/{course.id}/students/{account_id}#a-{assignment_id}", 303)
