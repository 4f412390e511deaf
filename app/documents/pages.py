"""The library as pages."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.db import session
from app.core.errors import Invalid, Problem
from app.core.policy import Action, allows
from app.core.storage import File, open_file
from app.core.web import requires
from app.courses.models import Course
from app.courses.queries import course_or_404

from . import kinds, operations
from .content import content_of
from .intake import uploaded
from .models import Document, DocumentVersion
from .problems import note_sentence, sentence
from .queries import document_or_404, library, version_of
from .uploads import pasted
from .uses import counts, places

pages = APIBlueprint("documents_pages", __name__, enable_openapi=False)
BLUEPRINTS = [pages]

ACCEPTED = ",".join(f".{suffix}" for suffix in kinds.BY_SUFFIX)


@pages.app_template_filter("problem_sentence")
def problem_sentence(problem: dict[str, Any] | None) -> str:
    """What is wrong with an import, for templates."""
    return sentence(problem) or ""


@pages.get("/courses/<course_id>/library")
@requires(Action.READ_LIBRARY, load=course_or_404, see=Action.READ_COURSE)
def show_library(course_id: str) -> str:
    """What the course has, and a form to add more."""
    return _library_page(g.thing)


@pages.get("/courses/<course_id>/library/rows")
@requires(Action.READ_LIBRARY, load=course_or_404, see=Action.READ_COURSE)
def show_rows(course_id: str) -> str:
    """The list alone, which the page asks for again while something is being read."""
    return render_template("documents/rows.html", **_listed(g.thing))


@pages.post("/courses/<course_id>/library")
@requires(Action.EDIT_DOCUMENT, load=course_or_404, see=Action.READ_COURSE)
def add_to_library(course_id: str) -> ResponseReturnValue:
    """Add a file, pasted text, or a page of the web: whichever is filled in."""
    try:
        _add(g.thing)
    except Invalid as problem:
        return _library_page(g.thing, _errors(problem)), 422
    return redirect(f"/courses/{course_id}/library", 303)


def _add(course: Course) -> Document:
    form = request.form
    title = form.get("title", "").strip()
    file = uploaded()
    if file:
        return operations.add_file(g.viewer, course, file, title)
    if form.get("way") == "page" or (form.get("url") and not form.get("markdown")):
        return operations.add_page(g.viewer, course, form.get("url", "").strip(), title)
    if form.get("way") == "text" or form.get("markdown"):
        return operations.add_text(g.viewer, course, form.get("markdown", ""), title)
    raise Invalid(_("Choose a file first."), "no_file", "/file")


def _library_page(course: Course, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "documents/library.html",
        errors=errors or {},
        typed=request.form,
        accepted=ACCEPTED,
        **_listed(course),
    )


def _listed(course: Course) -> dict[str, Any]:
    documents = session.scalars(library(course.id).order_by(Document.id.desc())).all()
    return {
        "course": course,
        "documents": documents,
        "assigned": counts([document.id for document in documents]),
        "may_add": allows(g.viewer, Action.EDIT_DOCUMENT, course),
    }


@pages.get("/documents/<document_id>")
@requires(Action.READ_LIBRARY, load=document_or_404)
def show_document(document_id: str) -> str:
    """One document: its state, its versions, what can be done with it."""
    return _document_page(g.thing)


def _document_page(document: Document, errors: dict[str, str] | None = None) -> str:
    version = version_of(document) if document.version else None
    return render_template(
        "documents/document.html",
        document=document,
        course=session.get_one(Course, document.course_id),
        version=version,
        content=content_of(document) if version else {},
        moves=version.moves if version else {},
        notes=[note_sentence(note) for note in version.notes] if version else [],
        assignments=places(document),
        may_edit=allows(g.viewer, Action.EDIT_DOCUMENT, document),
        source=_typed_source(version),
        accepted=ACCEPTED,
        errors=errors or {},
    )


def _typed_source(version: DocumentVersion | None) -> str | None:
    """The Markdown or plain text behind a version, if it is short enough to be corrected in a form."""
    file = session.get(File, version.source_file_id) if version and version.source_file_id else None
    if file is None or file.media_type != kinds.MARKDOWN.media_type or file.size > 200_000:
        return None
    with open_file(file) as stream:
        return stream.read().decode("utf-8", "replace")


def _errors(problem: Problem) -> dict[str, str]:
    return {error.pointer.strip("/"): error.detail for error in problem.errors} or {"": problem.detail}


@pages.post("/documents/<document_id>/versions")
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def correct_document(document_id: str) -> ResponseReturnValue:
    """Replace it by a corrected version."""
    try:
        upload = uploaded()
        if upload is None and "markdown" not in request.form:
            raise Invalid(_("Choose a file first."), "no_file", "/file")
        operations.add_version(g.viewer, g.thing, upload or pasted(request.form["markdown"]))
    except Problem as problem:
        return _document_page(g.thing, _errors(problem)), problem.status
    return redirect(f"/documents/{document_id}", 303)


@pages.post("/documents/<document_id>/rename")
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def rename_document(document_id: str) -> ResponseReturnValue:
    """Give it another title."""
    try:
        operations.rename(g.viewer, g.thing, request.form.get("title", ""))
    except Invalid as problem:
        return _document_page(g.thing, _errors(problem)), 422
    return redirect(f"/documents/{document_id}", 303)


@pages.post("/documents/<document_id>/stop")
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def stop_import(document_id: str) -> ResponseReturnValue:
    """Stop the import."""
    operations.stop_import(g.viewer, g.thing)
    return redirect(f"/courses/{g.thing.course_id}/library", 303)


@pages.post("/documents/<document_id>/retry")
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def retry_import(document_id: str) -> ResponseReturnValue:
    """Try the import again."""
    operations.retry_import(g.viewer, g.thing)
    return redirect(f"/courses/{g.thing.course_id}/library", 303)


@pages.post("/documents/<document_id>/remove")
@requires(Action.EDIT_DOCUMENT, load=document_or_404, see=Action.READ_LIBRARY)
def remove_document(document_id: str) -> ResponseReturnValue:
    """Take it out of the library, unless it is assigned."""
    try:
        operations.remove(g.viewer, g.thing)
    except Problem as problem:
        flash(problem.detail, "danger")
        return redirect(f"/documents/{document_id}", 303)
    flash(_("“%(title)s” was removed.", title=g.thing.title), "solved")
    return redirect(f"/courses/{g.thing.course_id}/library", 303)
