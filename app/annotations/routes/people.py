"""Names: who is in an assignment, and for staff who was anonymous."""

from flask import Response, g

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import as_json, requires

from .. import operations, queries
from ..schemas import AuthorsOut, RosterOut
from .loading import api


@api.get("/assignments/<assignment_id>/roster")
@api.output(RosterOut)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def roster(assignment_id: str) -> Response:
    """The people whose names one may see in an assignment."""
    return as_json({"items": queries.roster_of(g.viewer, g.thing)})


@api.get("/assignments/<assignment_id>/authors")
@api.output(AuthorsOut)
@requires(Action.READ_AUTHORS, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def authors(assignment_id: str) -> Response:
    """Who wrote the anonymous annotations; for staff, and each look is recorded."""
    return as_json({"items": operations.look_up_authors(g.viewer, g.thing)})
