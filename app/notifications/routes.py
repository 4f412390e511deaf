"""The HTTP of the inbox."""

from apiflask import APIBlueprint
from flask import Response, g

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import as_json, requires

from . import operations, queries
from .schemas import InboxIn, InboxOut, ReadIn, RemindedOut

api = APIBlueprint("notifications", __name__, url_prefix="/api/v1", tag="Me")
BLUEPRINTS = (api,)


@api.get("/me/inbox")
@api.input(InboxIn, location="query", arg_name="wanted")
@api.output(InboxOut)
@requires(Action.USE_OWN_ACCOUNT)
def inbox(wanted: InboxIn) -> Response:
    """My notifications, newest first."""
    return as_json({"items": queries.inbox_of(g.viewer, wanted.limit, unread=wanted.unread)})


@api.post("/me/inbox/read")
@api.input(ReadIn, arg_name="which")
@api.output({}, status_code=204)
@requires(Action.USE_OWN_ACCOUNT)
def mark_read(which: ReadIn) -> str:
    """I have read these."""
    operations.mark_read(g.viewer, which.ids)
    return ""


@api.post("/assignments/<assignment_id>/remind")
@api.output(RemindedOut)
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def remind(assignment_id: str) -> Response:
    """Remind those who have not opened the assignment."""
    return as_json({"reminded": operations.remind(g.thing)})
