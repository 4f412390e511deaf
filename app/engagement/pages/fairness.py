"""The fairness page: what the scores go with, and a warning in words where a weight drives it."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404
from scoring.engagement.fairness import FEWEST, Relation

from .. import wording
from ..operations.marking import flag_language
from ..queries.fairness import flagged, relations
from ..queries.gradebook import gradebook

pages = APIBlueprint("engagement_fairness", __name__, enable_openapi=False)


@pages.get("/courses/<course_id>/fairness")
@requires(Action.READ_GRADEBOOK, load=course_or_404, see=Action.READ_COURSE)
def show(course_id: str) -> str:
    """What the course's scores go with."""
    book = gradebook(g.thing)
    found = relations(g.thing) if book.rules.mode != "none" else []
    return render_template(
        "engagement/fairness.html",
        course=g.thing,
        rules=book.rules,
        relations=[(each, *in_words(each, book.rules.policy.weight(each.driver or ""))) for each in found],
        pupils=book.pupils,
        flagged=flagged(course_id),
        fewest=FEWEST,
    )


@pages.post("/courses/<course_id>/fairness")
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def flag(course_id: str) -> ResponseReturnValue:
    """Note who is still learning the language of the course."""
    flag_language(g.viewer, g.thing, set(request.form.getlist("learning")))
    flash(_("Kept."), "solved")
    return redirect(f"/courses/{course_id}/fairness", 303)


def in_words(found: Relation, weight: float) -> tuple[str, str, str]:
    """A relation's name, what was found, and the warning if there is one."""
    names: dict[str, Any] = {
        "length": (
            _("Length of the annotations"),
            _("Who writes more at a time scores higher."),
            _("Who writes more at a time scores lower."),
        ),
        "language": (
            _("Still learning the language"),
            _("Who is still learning the language scores higher."),
            _("Who is still learning the language scores lower."),
        ),
        "lateness": (
            _("How late they write"),
            _("Who writes later scores higher."),
            _("Who writes later scores lower."),
        ),
        "group_size": (
            _("Size of the group"),
            _("Who is in a larger group scores higher."),
            _("Who is in a larger group scores lower."),
        ),
    }
    name, higher, lower = names[found.circumstance]
    if found.rho is None:
        return name, _("Not enough to say yet."), ""
    if not found.is_strong:
        return name, _("No clear relation."), ""
    warning = ""
    if found.driver:
        part = wording.components()[found.driver].name
        warning = _(
            "Most of it comes from “%(part)s”, which weighs %(weight)s %%. Give it less, or look at who is concerned.",
            part=part,
            weight=f"{weight:g}",
        )
    return name, higher if found.rho > 0 else lower, warning
