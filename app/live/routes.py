"""Catching up: what a browser that missed something asks for."""

from apiflask import APIBlueprint
from flask import Response, g
from pydantic import BaseModel, ConfigDict, Field

from app.assignments.queries import assignment_or_404
from app.core.envelopes import Reader, envelope_since, start_anew
from app.core.policy import Action
from app.core.web import as_json, requires

api = APIBlueprint("live", __name__, url_prefix="/api/v1", tag="Live")
BLUEPRINTS = (api,)


class SinceIn(BaseModel):
    """From where on: the `head` of the last envelope (or of the list)."""

    model_config = ConfigDict(extra="ignore")

    since: str = Field(default="", max_length=100)


class ChangeItemOut(BaseModel):
    """One change; `object` is the whole thing, or only its `id` where it can no longer be read."""

    type: str
    seq: int
    object: dict[str, object]


class EnvelopeOut(BaseModel):
    """What changed between two places of one's own chain; with `resync` load everything anew instead."""

    prev: str | None
    head: str
    items: list[ChangeItemOut]
    resync: bool = False


@api.get("/assignments/<assignment_id>/changes")
@api.input(SinceIn, location="query", arg_name="wanted")
@api.output(EnvelopeOut)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def changes(assignment_id: str, wanted: SinceIn) -> Response:
    """What this person has missed since a cursor; without one, only where the chain stands now."""
    reader = Reader.of(g.viewer, g.thing.course_id)
    if not wanted.since:
        return as_json(start_anew(reader, assignment_id, None))
    return as_json(envelope_since(reader, assignment_id, wanted.since))
