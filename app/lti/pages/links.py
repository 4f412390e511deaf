"""What a link of the LMS opens: staff choose once, where Deep Linking has not chosen already."""

from apiflask import APIBlueprint
from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.assignments.queries import assignment_or_404, assignments_of
from app.core.db import session
from app.core.errors import Invalid, NotFound
from app.core.policy import Action
from app.core.web import requires
from app.lti.models import ResourceLink
from app.lti.operations import copying
from app.lti.queries import link_or_404

pages = APIBlueprint("lti_links", __name__, enable_openapi=False, url_prefix="/lti/links/<link_id>")


@pages.get("")
@requires(Action.EDIT_ASSIGNMENT, load=link_or_404, see=Action.READ_COURSE)
def choose(link_id: str) -> ResponseReturnValue:
    """What should this link open?"""
    link: ResourceLink = g.thing
    original = _original(link)
    return render_template(
        "lti/link.html",
        link=link,
        course=link.context.course,
        original=original,
        assignments=list(session.scalars(assignments_of(link.course_id))),
    )


def _original(link: ResourceLink) -> object:
    try:
        return assignment_or_404(link.copy_of) if link.copy_of else None
    except NotFound:
        return None


@pages.post("")
@requires(Action.EDIT_ASSIGNMENT, load=link_or_404, see=Action.READ_COURSE)
def chosen(link_id: str) -> ResponseReturnValue:
    """Keep what was chosen, and go there."""
    link: ResourceLink = g.thing
    wanted = request.form.get("opens", "")
    if wanted == "course":
        link.opens, link.assignment_id = "course", None
        return redirect(f"/courses/{link.course_id}", 303)
    assignment = assignment_or_404(wanted)
    if assignment.course_id != link.course_id:
        raise Invalid(_("Choose one of the readings of this course."), "unknown_assignment", "/opens")
    link.opens, link.assignment_id = "assignment", assignment.id
    return redirect(f"/assignments/{assignment.id}", 303)


@pages.post("/take-along")
@requires(Action.EDIT_ASSIGNMENT, load=link_or_404, see=Action.READ_COURSE)
def take_along(link_id: str) -> ResponseReturnValue:
    """Copy the reading that the link of the copied course names."""
    if _original(g.thing) is None:
        raise NotFound(_("There is nothing to take along any more."))
    made = copying.take_along(g.thing, g.account, frozenset(request.form.getlist("part")))
    return redirect(f"/assignments/{made.id}/edit", 303)
