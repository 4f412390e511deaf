"""A course's scores: the gradebook for staff, how they stand for a student, and files for a spreadsheet."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Course
from app.courses.queries import course_or_404
from scoring.engagement import has_passed, points

from .. import exports, wording
from ..operations.recording import want
from ..queries.gradebook import Gradebook, gradebook
from ..queries.standings import shown_to

pages = APIBlueprint("engagement_course", __name__, enable_openapi=False)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/courses/<course_id>/scores")
@requires(Action.READ_COURSE_SCORES, load=course_or_404, see=Action.READ_COURSE)
def show(course_id: str) -> str:
    """The gradebook; a student finds the own line in words instead."""
    if g.viewer.is_staff_of(course_id):
        return render_template("engagement/gradebook.html", course=g.thing, **_frame(g.thing))
    book = gradebook(g.thing, [g.viewer.account_id])
    if book.rules.mode != "none":
        want(book.assignments)
    return render_template("engagement/mine.html", course=g.thing, rules=book.rules, **_own(book))


def _frame(course: Course) -> dict[str, Any]:
    book = gradebook(course, [])
    return {"rules": book.rules, "assignments": book.assignments, "modes": wording.modes()}


def _own(book: Gradebook) -> dict[str, Any]:
    """A student's line, as far as it is released."""
    pupil = book.pupils[0]
    lines, entries = [], []
    for row, cell in zip(book.assignments, book.cells[pupil.id], strict=True):
        rules = book.rules_by_assignment[row.id]
        released = shown_to(row, rules, pupil.id)
        lines.append(
            {
                "assignment": row,
                "state": cell.state,
                "released": released,
                "points": points(cell.share, rules.policy) if released else None,
                "out_of": rules.policy.points,
            }
        )
        entries.append(released)
    complete = bool(entries) and all(entries)
    total = book.total(pupil) if complete and book.rules.gives_points else None
    usual = book.rules.policy
    return {"lines": lines, "total": points(total, usual), "passed": has_passed(total, usual)}


@pages.get("/courses/<course_id>/scores.csv")
@requires(Action.READ_GRADEBOOK, load=course_or_404, see=Action.READ_COURSE)
def export_csv(course_id: str) -> ResponseReturnValue:
    """The gradebook as comma-separated values."""
    return _file(exports.as_csv(gradebook(g.thing)), "text/csv; charset=utf-8", "scores.csv")


@pages.get("/courses/<course_id>/scores.xlsx")
@requires(Action.READ_GRADEBOOK, load=course_or_404, see=Action.READ_COURSE)
def export_xlsx(course_id: str) -> ResponseReturnValue:
    """The gradebook as an Excel workbook."""
    return _file(exports.as_xlsx(gradebook(g.thing)), XLSX, "scores.xlsx")


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
