"""The HTTP of what was read and watched."""

from apiflask import APIBlueprint
from flask import Response, g

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import as_json, requires

from . import operations, queries
from .schemas import ActivityIn, ActivityOut, ProgressOut, RecordedOut

api = APIBlueprint("activity", __name__, url_prefix="/api/v1", tag="Activity")
BLUEPRINTS = (api,)


@api.post("/assignments/<assignment_id>/activity")
@api.input(ActivityIn, arg_name="batch")
@api.output(ActivityOut)
@requires(Action.TAKE_PART, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def record(assignment_id: str, batch: ActivityIn) -> Response:
    """Record stretches read and watched, as far as the server's clock allows for them."""
    return as_json({"recorded": operations.record_activity(g.viewer, g.thing, batch.intervals)})


@api.get("/assignments/<assignment_id>/activity/mine")
@api.output(RecordedOut)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def recorded_about_me(assignment_id: str) -> Response:
    """What is recorded about me."""
    return as_json(queries.recorded_about(g.viewer, g.thing))


@api.get("/assignments/<assignment_id>/activity")
@api.output(ProgressOut)
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def progress(assignment_id: str) -> Response:
    """How many have opened it, have started, or not yet."""
    return as_json(queries.progress_of(g.thing))
