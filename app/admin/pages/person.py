"""One person, for an admin: how they sign in, where they are, and export and erasure."""

import json
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.accounts.models import Account
from app.accounts.queries import sign_ins
from app.admin import operations, queries
from app.core.db import session
from app.core.errors import Problem
from app.core.policy import Action
from app.core.web import requires

from .people import person_or_404

pages = APIBlueprint("admin_person", __name__, enable_openapi=False, url_prefix="/admin/people")


def _context(account: Account) -> dict[str, Any]:
    return {
        "person": account,
        "own_id": g.viewer.account_id,
        "identities": sorted(account.identities, key=lambda one: (one.provider, one.id)),
        "enrollments": list(session.scalars(queries.enrollments(account.id))),
        "sign_ins": list(session.scalars(sign_ins(account.id))),
        "merges": queries.merges_of(account.id),
        "last_seen": queries.last_seen(account.id),
    }


@pages.get("/<account_id>")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def show(account_id: str) -> ResponseReturnValue:
    """Everything an admin needs to help one person."""
    return render_template("admin/person.html", errors={}, **_context(g.thing))


@pages.post("/<account_id>/sign-out")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def sign_out(account_id: str) -> ResponseReturnValue:
    """Sign every browser of the person out."""
    operations.end_sign_ins(g.viewer, g.thing)
    flash(_("Signed out everywhere."), "solved")
    return redirect(f"/admin/people/{account_id}", 303)


@pages.post("/<account_id>/export")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def export(account_id: str) -> ResponseReturnValue:
    """Everything about the person as a JSON file."""
    found = operations.export(g.viewer, g.thing)
    name = {"Content-Disposition": f'attachment; filename="person-{account_id}.json"'}
    return Response(
        json.dumps(found, ensure_ascii=False, indent=1), mimetype="application/json", headers=name
    )


@pages.post("/<account_id>/erase")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def erase(account_id: str) -> ResponseReturnValue:
    """Forget the person, once the name is typed."""
    ledger: Path = current_app.config["SETTINGS"].instance / "erased_people.txt"
    try:
        operations.erase(g.viewer, g.thing, forms.typed("name"), ledger)
    except Problem as problem:
        return forms.again("admin/person.html", problem, **_context(g.thing))
    flash(_("The person is erased. Threads stay readable; their words say “removed”."), "solved")
    return redirect("/admin", 303)
