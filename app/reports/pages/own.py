"""A student's own side of the report."""

from apiflask import APIBlueprint
from flask import g, render_template

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from .. import queries, summary
from ..evidence import version_of

pages = APIBlueprint("reports_own", __name__, enable_openapi=False)


@pages.get("/assignments/<assignment_id>/my-questions")
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def show(assignment_id: str) -> str:
    """What became of what I asked, and of where I was lost."""
    document = g.thing.document
    version = version_of(document)
    marks = queries.own_marks(g.thing, g.viewer)
    return render_template(
        "reports/own.html",
        assignment=g.thing,
        course=course_or_404(g.thing.course_id),
        questions=queries.own_questions(g.thing, g.viewer),
        marks=marks,
        answered=sum(mark.answered for mark in marks),
        place=lambda start, end: summary.place_name(document.medium, version, start, end),
    )
