"""Annotations: list, post, read, change, remove, endorse."""

from flask import Response, g

from app.assignments.queries import assignment_or_404
from app.core import paging
from app.core.envelopes import head_of
from app.core.policy import Action
from app.core.web import as_json, requires

from .. import operations, queries
from ..models import Annotation
from ..schemas import AnnotationEditIn, AnnotationIn, AnnotationListOut, AnnotationOut, AnnotationPageIn
from .loading import api, readable_annotation


@api.get("/assignments/<assignment_id>/annotations")
@api.input(AnnotationPageIn, location="query", arg_name="wanted")
@api.output(AnnotationListOut)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def list_annotations(assignment_id: str, wanted: AnnotationPageIn) -> Response:
    """An assignment's annotations in the order in which they were made; `head` is where to catch up from."""
    head = head_of(g.viewer, g.thing.course_id, assignment_id)
    found = paging.window(queries.visible(g.viewer, g.thing), Annotation.id, wanted)
    items, following = paging.cut(queries.payloads(found), wanted)
    return as_json({"items": items, "next": following, "head": head})


@api.post("/assignments/<assignment_id>/annotations")
@api.input(AnnotationIn, arg_name="draft")
@api.output(AnnotationOut, status_code=201)
@requires(Action.ANNOTATE, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def post_annotation(assignment_id: str, draft: AnnotationIn) -> Response:
    """Annotate an assignment's document, or reply to an annotation."""
    annotation = operations.create_annotation(g.viewer, g.thing, draft)
    return as_json(queries.payload(annotation, g.thing.document_id), 201)


@api.get("/annotations/<annotation_id>")
@api.output(AnnotationOut)
@requires(Action.READ_ANNOTATION, load=readable_annotation)
def read_annotation(annotation_id: str) -> Response:
    """One annotation."""
    return _answer(g.thing)


@api.patch("/annotations/<annotation_id>")
@api.input(AnnotationEditIn, arg_name="change")
@api.output(AnnotationOut)
@requires(Action.RESOLVE_ANNOTATION, load=readable_annotation, see=Action.READ_ANNOTATION)
def edit_annotation(annotation_id: str, change: AnnotationEditIn) -> Response:
    """Change one's own words, or say that a thread is solved."""
    return _answer(operations.edit_annotation(g.viewer, g.thing, change))


@api.delete("/annotations/<annotation_id>")
@api.output({}, status_code=204)
@requires(Action.DELETE_ANNOTATION, load=readable_annotation, see=Action.READ_ANNOTATION)
def delete_annotation(annotation_id: str) -> str:
    """Remove an annotation; with replies its place stays."""
    operations.delete_annotation(g.viewer, g.thing)
    return ""


def _votable(annotation_id: str, kind: str) -> Annotation:
    return readable_annotation(annotation_id)


@api.put("/annotations/<annotation_id>/endorsements/<any(helpful, me_too):kind>")
@api.output(AnnotationOut)
@requires(Action.ENDORSE_ANNOTATION, load=_votable, see=Action.READ_ANNOTATION)
def endorse(annotation_id: str, kind: str) -> Response:
    """Say `helpful` or `me_too` to somebody else's annotation."""
    return _answer(operations.endorse(g.viewer, g.thing, kind))


@api.delete("/annotations/<annotation_id>/endorsements/<any(helpful, me_too):kind>")
@api.output(AnnotationOut)
@requires(Action.ENDORSE_ANNOTATION, load=_votable, see=Action.READ_ANNOTATION)
def withdraw_endorsement(annotation_id: str, kind: str) -> Response:
    """Take a vote back."""
    return _answer(operations.withdraw_endorsement(g.viewer, g.thing, kind))


def _answer(annotation: Annotation) -> Response:
    return as_json(queries.payload(annotation, annotation.assignment.document_id))
