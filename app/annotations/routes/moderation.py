"""Safe among pupils: flags, hiding, pausing a thread."""

from flask import Response, g

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import as_json, requires

from .. import operations, queries
from ..queries.own import open_flags
from ..schemas import AnnotationOut, FlagIn, FlagsOut, HiddenIn, PausedIn
from .loading import api, readable_annotation


@api.post("/annotations/<annotation_id>/flags")
@api.input(FlagIn, arg_name="flag")
@requires(Action.FLAG_ANNOTATION, load=readable_annotation, see=Action.READ_ANNOTATION)
def flag_annotation(annotation_id: str, flag: FlagIn) -> Response:
    """Tell the staff about an annotation; nobody learns who did."""
    operations.flag_annotation(g.viewer, g.thing, flag.reason)
    return as_json({"annotation_id": annotation_id}, 201)


@api.delete("/annotations/<annotation_id>/flags")
@api.output({}, status_code=204)
@requires(Action.MODERATE, load=readable_annotation, see=Action.READ_ANNOTATION)
def dismiss_flags(annotation_id: str) -> str:
    """Staff have looked, and leave it as it is."""
    operations.dismiss_flags(g.viewer, g.thing)
    return ""


@api.get("/assignments/<assignment_id>/flags")
@api.output(FlagsOut)
@requires(Action.MODERATE, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def list_flags(assignment_id: str) -> Response:
    """The flags that wait for staff, without their reporters."""
    return as_json({"items": open_flags([assignment_id])})


@api.put("/annotations/<annotation_id>/hidden")
@api.input(HiddenIn, arg_name="wanted")
@api.output(AnnotationOut)
@requires(Action.MODERATE, load=readable_annotation, see=Action.READ_ANNOTATION)
def set_hidden(annotation_id: str, wanted: HiddenIn) -> Response:
    """Take an annotation from view with a reason to its author, or put it back."""
    annotation = operations.set_hidden(g.viewer, g.thing, wanted.hidden, wanted.reason)
    return as_json(queries.payload(annotation, annotation.assignment.document_id))


@api.put("/annotations/<annotation_id>/paused")
@api.input(PausedIn, arg_name="wanted")
@api.output(AnnotationOut)
@requires(Action.MODERATE, load=readable_annotation, see=Action.READ_ANNOTATION)
def pause_thread(annotation_id: str, wanted: PausedIn) -> Response:
    """Stop pupils' replies to a thread, or allow them again."""
    annotation = operations.pause_thread(g.viewer, g.thing, wanted.paused)
    return as_json(queries.payload(annotation, annotation.assignment.document_id))
