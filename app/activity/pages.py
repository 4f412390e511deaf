"""“What is recorded about me”, as a page."""

from apiflask import APIBlueprint
from flask import g, render_template

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from . import queries

pages = APIBlueprint("activity_pages", __name__, enable_openapi=False)
BLUEPRINTS = (pages,)


@pages.get("/assignments/<assignment_id>/recorded")
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def recorded(assignment_id: str) -> str:
    """Everything that Foreword keeps of your reading and watching here, and what it is for."""
    return render_template(
        "activity/recorded.html",
        assignment=g.thing,
        course=course_or_404(g.thing.course_id),
        recorded=queries.recorded_about(g.viewer, g.thing),
        timed=g.thing.document.medium in ("video", "audio"),
    )
