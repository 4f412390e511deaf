"""Ratings over HTTP."""

from apiflask import APIBlueprint
from flask import g

from app.annotations.routes.loading import readable_annotation
from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import requires

from . import operations, queries
from .schemas import LevelIn, RatingList

api = APIBlueprint("scores", __name__, url_prefix="/api/v1", tag="scores")
BLUEPRINTS = [api]


@api.get("/assignments/<assignment_id>/scores")
@api.output(RatingList)
@requires(Action.READ_SCORES, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def index(assignment_id: str) -> RatingList:
    """The ratings of an assignment: all for staff, your own once they are released."""
    return queries.ratings_for(g.thing, g.viewer)


@api.patch("/annotations/<annotation_id>/score")
@api.input(LevelIn, arg_name="given")
@api.output({}, status_code=204)
@requires(Action.EDIT_SCORES, load=readable_annotation, see=Action.READ_ANNOTATION)
def give(annotation_id: str, given: LevelIn) -> str:
    """Give an annotation a level by hand."""
    operations.give_level(g.viewer, g.thing, given.level)
    return ""
