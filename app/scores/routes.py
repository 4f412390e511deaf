"""Ratings over HTTP."""

from apiflask import APIBlueprint
from flask import g

from app.annotations.routes.loading import readable_annotation
from app.core.policy import Action
from app.core.web import requires

from . import operations, queries
from .schemas import AppealIn, LevelIn, SignsIn, SignsOut

api = APIBlueprint("scores", __name__, url_prefix="/api/v1", tag="scores")
BLUEPRINTS = [api]


@api.patch("/annotations/<annotation_id>/score")
@api.input(LevelIn, arg_name="given")
@api.output({}, status_code=204)
@requires(Action.EDIT_SCORES, load=readable_annotation, see=Action.READ_ANNOTATION)
def give(annotation_id: str, given: LevelIn) -> str:
    """Give an annotation a level by hand, with a note to its author."""
    operations.give_level(g.viewer, g.thing, given.level, given.note)
    return ""


@api.post("/annotations/<annotation_id>/appeals")
@api.input(AppealIn, arg_name="asked")
@api.output({}, status_code=204)
@requires(Action.APPEAL_RATING, load=readable_annotation, see=Action.READ_ANNOTATION)
def appeal(annotation_id: str, asked: AppealIn) -> str:
    """Ask your teacher to look at a rating again; once for the same words."""
    operations.appeal(g.thing, asked.sentence)
    return ""


@api.get("/annotations/<annotation_id>/signs")
@api.output(SignsOut)
@requires(Action.READ_SIGNS, load=readable_annotation, see=Action.READ_ANNOTATION)
def signs(annotation_id: str) -> SignsOut:
    """Signs of how an annotation came about, if staff asked to see them for its author."""
    return queries.signs_of(g.thing)


@api.put("/annotations/<annotation_id>/signs")
@api.input(SignsIn, arg_name="wanted")
@api.output(SignsOut)
@requires(Action.SHOW_SIGNS, load=readable_annotation, see=Action.READ_ANNOTATION)
def show_signs(annotation_id: str, wanted: SignsIn) -> SignsOut:
    """Show signs inside the annotations of this one's author, or no longer. The author sees them too."""
    operations.show_signs(g.viewer, g.thing, shown=wanted.shown)
    return queries.signs_of(g.thing)
