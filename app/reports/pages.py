"""The confusion report as a page: one screen first, everything else one click deeper."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import ValidationError

from app.assignments.queries import assignment_or_404
from app.core.errors import Invalid
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from . import operations, queries, summary
from .evidence import version_of
from .schemas import TopicEditIn

pages = APIBlueprint("reports_pages", __name__, enable_openapi=False)
BLUEPRINTS = [pages]


@pages.get("/assignments/<assignment_id>/report")
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def show(assignment_id: str) -> str:
    """Where the class is lost, before class."""
    operations.want_report(g.thing)
    return render_template("reports/report.html", tab="report", **_common())


@pages.get("/assignments/<assignment_id>/report/unanswered")
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def unanswered(assignment_id: str) -> str:
    """Every question that nobody has answered yet."""
    voices = queries.unanswered(g.thing, g.viewer)
    return render_template("reports/unanswered.html", tab="unanswered", voices=voices, **_common())


@pages.post("/assignments/<assignment_id>/report/topics")
@requires(Action.EDIT_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def edit(assignment_id: str) -> ResponseReturnValue:
    """Rename a topic, or make the ticked ones into one."""
    try:
        change = TopicEditIn(
            kind=request.form.get("kind", ""),  # type: ignore[arg-type]  # the model checks it
            topics=request.form.getlist("topics"),
            label=request.form.get("label", ""),
        )
    except ValidationError as error:
        raise Invalid(_("Tick the topics first, then choose what to do with them."), "no_topics") from error
    operations.edit_topics(g.viewer, g.thing, change)
    flash(_("The report is changed."), "success")
    return redirect(url_for("reports_pages.show", assignment_id=assignment_id), 303)


def _common() -> dict[str, Any]:
    """What both tabs show: the report, the class in numbers, and the map over the document."""
    report = queries.report_for(g.thing, g.viewer)
    version = version_of(g.thing.document)
    return {
        "assignment": g.thing,
        "course": course_or_404(g.thing.course_id),
        "report": report,
        "numbers": summary.numbers(g.thing),
        "bins": summary.heat_bins(g.thing, version, report.heat),
        "place": lambda start, end: summary.place_name(g.thing.document.medium, version, start, end),
        "may_edit": g.viewer.is_staff_of(g.thing.course_id),
        "unanswered_count": len(queries.unanswered(g.thing, g.viewer)),
    }
