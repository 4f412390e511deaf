"""The report's own screens: topics, unanswered questions, a table to save, and how it was made."""

import csv
import io
from typing import Any

from apiflask import APIBlueprint
from flask import Response, g, render_template
from flask_babel import gettext as _

from app.assignments.forms import local
from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from .. import operations, queries, summary
from ..evidence import version_of
from ..figures import topic_figures
from ..schemas import PartIn
from ..wording import MEASURED

VOICES_EACH = 12  # of a topic's annotations that come with the page; the rest are one click away

pages = APIBlueprint("reports_pages", __name__, enable_openapi=False)


@pages.get("/assignments/<assignment_id>/report")
@pages.input(PartIn, location="query", arg_name="part")
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def show(assignment_id: str, part: PartIn) -> str:
    """Where the class is lost, before class."""
    current = operations.want_report(g.thing)
    return render_template("reports/report.html", tab="report", **_common(part, current))


@pages.get("/assignments/<assignment_id>/report/unanswered")
@pages.input(PartIn, location="query", arg_name="part")
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def unanswered(assignment_id: str, part: PartIn) -> str:
    """Every question that nobody has answered yet."""
    voices = queries.unanswered(g.thing, g.viewer, queries.people_in(g.thing, part))
    return render_template("reports/unanswered.html", tab="unanswered", voices=voices, **_common(part))


@pages.get("/assignments/<assignment_id>/report/table.csv")
@pages.input(PartIn, location="query", arg_name="part")
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def table(assignment_id: str, part: PartIn) -> Response:
    """The topics as a table for a spreadsheet."""
    common = _common(part)
    out = io.StringIO()
    csv.writer(out).writerows(_rows(common["report"].topics, common["place"]))
    name = {"Content-Disposition": 'attachment; filename="report.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=name)


@pages.get("/assignments/<assignment_id>/report/how")
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def how(assignment_id: str) -> str:
    """How a report is made, and how well that was measured to work."""
    return render_template(
        "reports/how.html", tab="how", figures=topic_figures(), measured=MEASURED, **_common(PartIn())
    )


def _rows(topics: list[Any], place: Any) -> list[list[Any]]:
    signs = ("questions", "me_too", "marks", "wrong_answers", "sure_but_wrong", "rereads")
    head = [
        *(_("Topic"), _("Students"), _("Share"), _("Still open"), _("Where")),
        *(
            _("Questions"),
            _("Me too"),
            _("Lost here"),
            _("Answered wrongly"),
            _("Sure but wrong"),
            _("Came back"),
        ),
    ]
    rows = [
        [
            _plain(topic.label),
            topic.students,
            topic.share,
            topic.open_share,
            "; ".join(place(start, end) for start, end in topic.passages),
            *(topic.signals.get(sign, 0) for sign in signs),
        ]
        for topic in topics
    ]
    return [head, *rows]


def _plain(text: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _common(part: PartIn, current: str = "") -> dict[str, Any]:
    """What the tabs share: the report, the class in numbers, and the map over the document."""
    assignment, course = g.thing, course_or_404(g.thing.course_id)
    among = queries.people_in(assignment, part)
    report = queries.report_for(
        assignment,
        g.viewer,
        among,
        with_staff=part.with_staff,
        voices_each=VOICES_EACH,
        whole=part.topic,
        current=current,
    )
    version = version_of(assignment.document)
    return {
        "assignment": assignment,
        "course": course,
        "report": report,
        "part": part,
        "sections": queries.sections_of(assignment),
        "groups": queries.groups_in(assignment),
        "numbers": summary.numbers(assignment, among),
        "bins": summary.heat_bins(assignment, version, report.heat),
        "place": lambda start, end: summary.place_name(assignment.document.medium, version, start, end),
        "may_edit": g.viewer.is_staff_of(assignment.course_id),
        "unanswered_count": queries.count_unanswered(assignment, g.viewer, among),
        "before_class": local(summary.before_class(assignment), course),
    }
