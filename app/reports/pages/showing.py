"""What may be seen by the whole room: the projector's page, and asking authors for their yes."""

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.annotations.routes.loading import readable_annotation
from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from .. import operations, queries, summary
from ..evidence import version_of

pages = APIBlueprint("reports_showing", __name__, enable_openapi=False)


@pages.get("/assignments/<assignment_id>/report/projector")
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def projector(assignment_id: str) -> str:
    """The topics for the whole room: no names, no words whose author has not said yes."""
    document = g.thing.document
    version = version_of(document)
    return render_template(
        "reports/projector.html",
        assignment=g.thing,
        course=course_or_404(g.thing.course_id),
        topics=queries.report_for(g.thing, g.viewer).topics[:5],
        place=lambda start, end: summary.place_name(document.medium, version, start, end),
    )


@pages.post("/annotations/<annotation_id>/quotation")
@requires(Action.MODERATE, load=readable_annotation, see=Action.READ_ANNOTATION)
def ask(annotation_id: str) -> ResponseReturnValue:
    """Ask an author whether their words may be shown in class."""
    operations.ask_to_show(g.viewer, g.thing)
    flash(_("Asked. The author sees it on their own page and answers there."), "success")
    return redirect(url_for("reports_pages.show", assignment_id=g.thing.assignment_id), 303)


@pages.post("/annotations/<annotation_id>/quotation/answer")
@requires(Action.LET_QUOTE, load=readable_annotation, see=Action.READ_ANNOTATION)
def answer(annotation_id: str) -> ResponseReturnValue:
    """Yes or no to having one's own words shown in class."""
    operations.answer_to_show(g.thing, allowed=request.form.get("allowed") == "yes")
    return redirect(url_for("reports_own.show", assignment_id=g.thing.assignment_id), 303)
