"""The page that an LMS shows in its own window to choose readings from."""

from apiflask import APIBlueprint
from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.assignments.models import Assignment
from app.assignments.queries import assignments_of
from app.core.db import session
from app.core.errors import Invalid, NotFound
from app.core.hosts import origin_of
from app.core.ids import now
from app.core.policy import Action
from app.core.web import requires
from app.documents import operations as library
from app.documents.intake import uploaded
from app.documents.models import Document
from app.documents.queries import library as documents_of
from app.lti.models import Picking
from app.lti.operations import own_keys, picking
from app.lti.protocol.problems import LtiProblem

from .launching import own_origin

pages = APIBlueprint("lti_picking", __name__, enable_openapi=False, url_prefix="/lti/pick/<picking_id>")


def picking_or_404(picking_id: str) -> Picking:
    """What this person is choosing now, and nobody else."""
    row = session.get(Picking, picking_id)
    if row is None or row.account_id != g.viewer.account_id or row.expires_at <= now():
        raise NotFound(_("Choosing took too long. Open the picker in the LMS again."))
    return row


@pages.get("")
@requires(Action.EDIT_ASSIGNMENT, load=picking_or_404)
def pick_page(picking_id: str) -> ResponseReturnValue:
    """What can be chosen: what is assigned, and what waits in the library."""
    return _page(g.thing, {})


def _page(row: Picking, errors: dict[str, str]) -> str:
    assigned = list(session.scalars(assignments_of(row.course_id).order_by(Assignment.id.desc())))
    used = {each.document_id for each in assigned}
    documents = session.scalars(documents_of(row.course_id).order_by(Document.id.desc()))
    return render_template(
        "lti/pick.html",
        picking=row,
        takes=picking.takes_of(row),
        course=row.context.course,
        assignments=assigned,
        documents=[each for each in documents if each.id not in used],
        errors=errors,
    )


@pages.post("")
@requires(Action.EDIT_ASSIGNMENT, load=picking_or_404)
def picked(picking_id: str) -> ResponseReturnValue:
    """Answer the LMS with what was chosen."""
    row: Picking = g.thing
    own_keys.signing_key()  # made beside this unit of work if there is none yet, so before it writes
    chosen = _chosen(row) if "cancel" not in request.form else []
    if not chosen and "cancel" not in request.form:
        return _page(row, {"": _("Choose at least one reading.")}), 422
    takes, form = picking.takes_of(row), request.form
    token = picking.answer(
        row,
        chosen,
        own_origin(),
        graded=bool(form.get("graded")),
        new_tab=bool(form.get("new_tab")),
        message="" if chosen else _("Nothing was chosen."),
    )
    g.posts_to = origin_of(takes.return_url)
    return render_template("lti/picked.html", return_url=takes.return_url, token=token)


def _chosen(row: Picking) -> list[Assignment]:
    """Assignments of this course, and documents of its library that become assignments."""
    existing, new = (request.form.getlist(name)[:50] for name in ("assignment", "document"))
    if len(existing) + len(new) > 1 and not picking.takes_of(row).several:
        raise LtiProblem("one_only")
    found = session.scalars(
        select(Assignment).where(
            Assignment.id.in_(existing),
            Assignment.course_id == row.course_id,
            Assignment.deleted_at.is_(None),
        )
    )
    return [*found, *picking.assign(g.viewer, row, new)]


@pages.post("/add")
@requires(Action.EDIT_ASSIGNMENT, load=picking_or_404)
def add(picking_id: str) -> ResponseReturnValue:
    """Put something new into the library without leaving the LMS's window."""
    row: Picking = g.thing
    title, url = request.form.get("title", "").strip(), request.form.get("url", "").strip()
    file = uploaded()
    try:
        if file:
            library.add_file(g.viewer, row.context.course, file, title)
        elif url:
            library.add_page(g.viewer, row.context.course, url, title)
        else:
            raise Invalid(_("Choose a file, or type an address."), "no_file", "/file")
    except Invalid as problem:
        return _page(row, {error.pointer.strip("/"): error.detail for error in problem.errors}), 422
    return redirect(f"/lti/pick/{picking_id}", 303)
