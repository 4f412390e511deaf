"""The library by the API. Reading one document lies with the assignments, which open it to students."""

from apiflask import APIBlueprint
from flask import g
from flask.typing import ResponseReturnValue

from app.core.paging import PageIn, page
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from . import operations
from .intake import corrected, parsed, uploaded
from .models import Document
from .queries import document_or_404, library
from .schemas import DocumentIn, DocumentList, DocumentOut, DocumentPatch

api = APIBlueprint("documents", __name__, url_prefix="/api/v1")
BLUEPRINTS = [api]


@api.get("/courses/<course_id>/documents")
@api.input(PageIn, location="query", arg_name="wanted")
@api.output(DocumentList)
@requires(Action.READ_LIBRARY, load=course_or_404, see=Action.READ_COURSE)
def list_documents(course_id: str, wanted: PageIn) -> DocumentList:
    """The course's library."""
    rows, following = page(library(course_id), Document.id, wanted)
    return DocumentList(items=[DocumentOut.of(row) for row in rows], next=following)


@api.post("/courses/<course_id>/documents")
@api.output(DocumentOut, status_code=201)
@requires(Action.EDIT_DOCUMENT, load=course_or_404, see=Action.READ_COURSE)
def add_document(course_id: str) -> DocumentOut:
    """Add to the library: multipart ``file``, or JSON with ``markdown``, ``text`` or ``url``."""
    return DocumentOut.of(_added())


def _added() -> Document:
    file = uploaded()
    if file:
        return operations.add_file(g.viewer, g.thing, file)
    draft = parsed(DocumentIn)
    if draft.url is not None:
        return operations.add_page(g.viewer, g.thing, draft.url, draft.title)
    plain = draft.markdown is None
    return operations.add_text(
        g.viewer, g.thing, draft.markdown or draft.text or "", draft.title, plain=plain
    )


@api.patch("/documents/<document_id>")
@api.input(DocumentPatch, arg_name="patch")
@api.output(DocumentOut)
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def rename_document(document_id: str, patch: DocumentPatch) -> DocumentOut:
    """Change a document's title."""
    return DocumentOut.of(operations.rename(g.viewer, g.thing, patch.title))


@api.delete("/documents/<document_id>")
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def remove_document(document_id: str) -> ResponseReturnValue:
    """Take a document out of the library."""
    operations.remove(g.viewer, g.thing)
    return "", 204


@api.post("/documents/<document_id>/versions")
@api.output(DocumentOut, status_code=201)
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def add_version(document_id: str) -> DocumentOut:
    """Replace a document by a corrected version; annotations move along. Captions come here too."""
    return DocumentOut.of(operations.add_version(g.viewer, g.thing, corrected()))


@api.post("/documents/<document_id>/stop")
@api.output(DocumentOut)
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def stop_import(document_id: str) -> DocumentOut:
    """Stop reading the newest version."""
    return DocumentOut.of(operations.stop_import(g.viewer, g.thing))


@api.post("/documents/<document_id>/retry")
@api.output(DocumentOut)
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def retry_import(document_id: str) -> DocumentOut:
    """Try again to read the newest version."""
    return DocumentOut.of(operations.retry_import(g.viewer, g.thing))
