"""The reading page: the document with the class's annotations beside it."""

from typing import Any

from apiflask import APIBlueprint
from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.activity.operations import record_opening
from app.assignments.models import Assignment
from app.assignments.queries import assignment_or_404
from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Course
from app.documents.models import DocumentVersion
from app.documents.problems import sentence

from . import queries

pages = APIBlueprint("reader", __name__, enable_openapi=False)
BLUEPRINTS = [pages]


@pages.get("/assignments/<assignment_id>")
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def read(assignment_id: str) -> ResponseReturnValue:
    """Read (or watch) an assignment's document together."""
    assignment: Assignment = g.thing
    course = session.get(Course, assignment.course_id)
    if course is None:
        raise NotFound(_("This does not exist, or is not shared with you."))
    version = queries.newest_version(assignment.document)
    if g.viewer.role_in(course.id) == "student":
        record_opening(g.viewer, assignment)
    return render_template(
        "reader/read.html",
        assignment=assignment,
        course=course,
        document=assignment.document,
        version=version,
        problem=sentence(assignment.document.problem) if assignment.document.problem else None,
        page=_page(assignment, course, version) if version else None,
    )


def _page(assignment: Assignment, course: Course, version: DocumentVersion) -> dict[str, Any]:
    """What the browser's part starts with; everything else it asks the API for."""
    role = g.viewer.role_in(course.id)
    previewing = request.args.get("as") == "student" and g.viewer.is_staff_of(course.id)
    membership = g.viewer.memberships[course.id]
    _opens, due = assignment.dates_for(membership.section_id)
    return {
        "assignment": {
            "id": assignment.id,
            "title": assignment.title,
            "instructions": assignment.instructions,
            "state": assignment.state,
            "due_at": due.isoformat() if due else None,
            "expected_annotations": assignment.expected_annotations,
            "expected_questions": assignment.expected_questions,
            "anonymity": assignment.anonymity,
            "grouped": assignment.group_set_id is not None,
        },
        "course": {
            "id": course.id,
            "title": course.title,
            "timezone": course.timezone,
            "analytics": course.analytics,
            "help": course.help_text,
        },
        "document": {
            "id": assignment.document_id,
            "version": version.number,
            "medium": assignment.document.medium,
            "title": assignment.document.title,
            "length": version.length,
            "locale": assignment.document.locale,
        },
        "viewer": {
            "id": g.viewer.account_id,
            "name": g.viewer.name,
            "role": "student" if previewing else role,
            "staff": g.viewer.is_staff_of(course.id) and not previewing,
            "previewing": previewing,
            "paused": membership.paused,
            "group": queries.own_group(assignment, g.viewer.account_id),
        },
        "teachers": queries.teachers(course),
    }
