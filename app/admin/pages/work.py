"""Work in the background: what waits, what failed and why, and trying it again.

The rows of each feature are the truth about it; the queue only makes it quick. So this reads rows, of the own
school alone, and the queue's length, which is the installation's.
"""

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from app.admin import queries
from app.core.db import session
from app.core.errors import NotFound
from app.core.ids import now
from app.core.policy import Action
from app.core.web import requires
from app.documents import operations as library
from app.documents.models import Document
from app.documents.problems import sentence
from app.documents.queries import document_or_404
from app.lti.models import Context, Registration
from app.upkeep.operations import examining

pages = APIBlueprint("admin_work", __name__, enable_openapi=False, url_prefix="/admin/work")

SHOWN = 50


def roster_or_404(context_id: str) -> Registration:
    """The connection whose course has this class list; it belongs to a school."""
    context = session.get(Context, context_id)
    if context is None:
        raise NotFound(_("There is no such class list."))
    return context.registration


def _some(wanted: Select[Document] | Select[Context]) -> tuple[list[object], bool]:
    found: list[object] = list(session.scalars(wanted.limit(SHOWN + 1)))
    return found[:SHOWN], len(found) > SHOWN


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def show() -> ResponseReturnValue:
    """What waits and what failed."""
    school_id = g.viewer.school_id
    imports, more_imports = _some(queries.imports(school_id))
    rosters, more_rosters = _some(queries.rosters(school_id))
    return render_template(
        "admin/work.html",
        imports=imports,
        rosters=rosters,
        more=more_imports or more_rosters,
        grades=queries.grade_counts(school_id),
        queue=examining.queue(),
        sentence=sentence,
    )


@pages.post("/documents/<document_id>/retry")
@requires(Action.ADMINISTER_SCHOOL, load=document_or_404)
def retry_document(document_id: str) -> ResponseReturnValue:
    """Read a document again."""
    library.retry_import(g.viewer, g.thing)
    return _done()


@pages.post("/rosters/<context_id>/retry")
@requires(Action.ADMINISTER_SCHOOL, load=roster_or_404)
def retry_roster(context_id: str) -> ResponseReturnValue:
    """Fetch a class list again."""
    session.get_one(Context, context_id).roster_wanted_at = now()
    return _done()


def _done() -> ResponseReturnValue:
    flash(_("It is tried again now; reload this page in a minute."), "solved")
    return redirect("/admin/work", 303)
