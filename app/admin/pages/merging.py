"""Two accounts of one person, for an admin: look at both, merge, undo."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.accounts.models import Account
from app.admin import queries
from app.core.db import session
from app.core.errors import Forbidden, Invalid, NotFound, Problem
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import person_of_school
from app.upkeep.models import PersonMerge
from app.upkeep.operations import merging

from .people import person_or_404

pages = APIBlueprint("admin_merging", __name__, enable_openapi=False, url_prefix="/admin")


def merge_or_404(merge_id: str) -> PersonMerge:
    """A merge; the rule asks whether it was in the admin's school."""
    row = session.get(PersonMerge, merge_id)
    if row is None:
        raise NotFound(_("There is no such merge."))
    return row


def _other(wanted: str) -> Account:
    """The other account, by address, sign-in name or id; of the own school only."""
    found = session.get(Account, wanted) or session.scalar(
        person_of_school(g.viewer.school_id, wanted.strip()[:254])
    )
    if found is None or found.school_id != g.viewer.school_id or found.erased_at is not None:
        raise Invalid(_("Nobody here has this address, name or id."), "unknown_person", "/other")
    return found


def _both(kept: Account, wanted: str) -> dict[str, Any]:
    """What the page compares, as far as there is something to compare."""
    try:
        gone = _other(wanted) if wanted else None
    except Invalid:
        gone = None
    if gone is None or gone.id == kept.id:
        return {"kept": kept, "gone": None, "wanted": wanted, "figures": {}}
    figures = {one.id: queries.figures_of(one.id) for one in (kept, gone)}
    return {"kept": kept, "gone": gone, "wanted": wanted, "figures": figures}


@pages.get("/people/<account_id>/merge")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def compare(account_id: str) -> ResponseReturnValue:
    """Who would stay and who would go, side by side."""
    wanted = request.args.get("other", "")
    found = _both(g.thing, wanted)
    errors = {"other": _("Nobody here has this address, name or id.")} if wanted and not found["gone"] else {}
    return render_template("admin/merge.html", errors=errors, **found)


@pages.post("/people/<account_id>/merge")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def merge(account_id: str) -> ResponseReturnValue:
    """Merge the two."""
    wanted = forms.typed("other")
    try:
        merging.merge(g.viewer, g.thing, _other(wanted))
    except Forbidden:
        raise
    except Problem as problem:
        return forms.again("admin/merge.html", problem, **_both(g.thing, wanted))
    flash(_("They are one person now. For 30 days you can undo it on this page."), "solved")
    return redirect(f"/admin/people/{account_id}", 303)


@pages.post("/merges/<merge_id>/undo")
@requires(Action.ADMINISTER_SCHOOL, load=merge_or_404)
def undo(merge_id: str) -> ResponseReturnValue:
    """Make them two again."""
    merging.undo(g.viewer, g.thing)
    flash(_("They are two people again."), "solved")
    return redirect(f"/admin/people/{g.thing.kept_id}", 303)
