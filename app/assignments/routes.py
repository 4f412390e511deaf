"""Assignments by the API, and reading the documents that they open."""

from apiflask import APIBlueprint
from flask import Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.paging import PageIn, page
from app.core.policy import Action, allows
from app.core.web import requires
from app.courses.models import Course
from app.courses.queries import course_or_404
from app.documents.content import content_of
from app.documents.schemas import DocumentOut

from . import operations
from .models import Assignment
from .queries import assignment_or_404, assignments_of, material_or_404, may_see
from .schemas import AssignmentIn, AssignmentList, AssignmentOut, AssignmentPatch, CopyIn

api = APIBlueprint("assignments", __name__, url_prefix="/api/v1")
BLUEPRINTS = [api]


@api.get("/courses/<course_id>/assignments")
@api.input(PageIn, location="query", arg_name="wanted")
@api.output(AssignmentList)
@requires(Action.READ_COURSE, load=course_or_404)
def list_assignments(course_id: str, wanted: PageIn) -> AssignmentList:
    """The course's assignments; learners see those that are open to them."""
    rows, following = page(assignments_of(course_id), Assignment.id, wanted)
    items = [AssignmentOut.of(row, g.viewer) for row in rows if may_see(g.viewer, row)]
    return AssignmentList(items=items, next=following)


@api.post("/courses/<course_id>/assignments")
@api.input(AssignmentIn, arg_name="draft")
@api.output(AssignmentOut, status_code=201)
@requires(Action.EDIT_ASSIGNMENT, load=course_or_404, see=Action.READ_COURSE)
def create_assignment(course_id: str, draft: AssignmentIn) -> AssignmentOut:
    """Assign a document."""
    return AssignmentOut.of(operations.assign(g.viewer, g.thing, draft), g.viewer)


@api.get("/assignments/<assignment_id>")
@api.output(AssignmentOut)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def read_assignment(assignment_id: str) -> AssignmentOut:
    """One assignment."""
    return AssignmentOut.of(g.thing, g.viewer)


@api.patch("/assignments/<assignment_id>")
@api.input(AssignmentPatch, arg_name="patch")
@api.output(AssignmentOut)
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def edit_assignment(assignment_id: str, patch: AssignmentPatch) -> AssignmentOut:
    """Change an assignment; what is left out stays."""
    return AssignmentOut.of(operations.edit(g.viewer, g.thing, patch), g.viewer)


@api.delete("/assignments/<assignment_id>")
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def remove_assignment(assignment_id: str) -> ResponseReturnValue:
    """Take an assignment away."""
    operations.remove(g.viewer, g.thing)
    return "", 204


@api.post("/assignments/<assignment_id>/copy")
@api.input(CopyIn, arg_name="wanted")
@api.output(AssignmentOut, status_code=201)
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def copy_assignment(assignment_id: str, wanted: CopyIn) -> AssignmentOut:
    """Copy to a course of which one is staff, as a draft without students' work."""
    made = operations.copy_to(g.viewer, g.thing, course_to_copy_to(wanted.course_id or g.thing.course_id))
    return AssignmentOut.of(made, g.viewer)


def course_to_copy_to(course_id: str) -> Course:
    """A course in which the viewer may assign; any other is as good as absent."""
    course = course_or_404(course_id)
    if not allows(g.viewer, Action.EDIT_ASSIGNMENT, course):
        raise NotFound(_("This course does not exist, or is not shared with you."))
    return course


@api.get("/documents/<document_id>")
@api.output(DocumentOut)
@requires(Action.READ_DOCUMENT, load=material_or_404)
def read_document(document_id: str) -> DocumentOut:
    """One document, for staff and for those who have it assigned."""
    return DocumentOut.of(g.thing.document)


@api.get("/documents/<document_id>/content")
@requires(Action.READ_DOCUMENT, load=material_or_404)
def read_content(document_id: str) -> Response:
    """What is to be read or watched, with the links that its medium needs."""
    document = g.thing.document
    response = Response(current_app.json.dumps(content_of(document)), mimetype="application/json")
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.add_etag()
    response.make_conditional(request)
    return response
