"""The admin's page: the school's name and help text, and its people."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms, queries
from app.accounts.models import Account
from app.accounts.operations import people, setting_passwords
from app.core.db import session
from app.core.errors import Problem
from app.core.policy import Action
from app.core.web import requires

pages = APIBlueprint("accounts_admin", __name__, enable_openapi=False, url_prefix="/admin")

SHOWN = 100


def person_or_404(account_id: str) -> Account:
    """A person; the rule asks whether they are of the admin's school."""
    return queries.account_or_404(account_id)


def _context() -> dict[str, Any]:
    words = request.args.get("q", "").strip()[:100]
    found = list(session.scalars(queries.people_of_school(g.viewer.school_id, words).limit(SHOWN + 1)))
    return {
        "school": g.account.school,
        "people": found[:SHOWN],
        "more": len(found) > SHOWN,
        "words": words,
        "own_id": g.viewer.account_id,
    }


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def school_page() -> ResponseReturnValue:
    """The school and its people."""
    return render_template("admin/school.html", errors={}, **_context())


@pages.post("/school")
@requires(Action.ADMINISTER_SCHOOL)
def edit_school() -> ResponseReturnValue:
    """Change the school's name and help text."""
    try:
        people.edit_school(
            g.viewer, g.account.school, name=forms.typed("name"), help_text=forms.typed("help_text")
        )
    except Problem as problem:
        return forms.again("admin/school.html", problem, **_context())
    return _done(_("Kept."))


@pages.post("/people/<account_id>/creates-courses")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def creates_courses(account_id: str) -> ResponseReturnValue:
    """Give or take the right to create courses."""
    people.let_create_courses(g.viewer, g.thing, bool(forms.typed("value")))
    return _done(_("Kept."))


@pages.post("/people/<account_id>/admin")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def make_admin(account_id: str) -> ResponseReturnValue:
    """Give or take the right to administer the school."""
    people.make_admin(g.viewer, g.thing, bool(forms.typed("value")))
    return _done(_("Kept. The person signs in anew."))


@pages.post("/people/<account_id>/suspended")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def suspend(account_id: str) -> ResponseReturnValue:
    """Lock a person out, or let them in again."""
    locked = bool(forms.typed("value"))
    people.suspend(g.viewer, g.thing, locked)
    return _done(
        _("%(name)s is locked out at once.", name=g.thing.name)
        if locked
        else _("%(name)s can sign in again.", name=g.thing.name)
    )


@pages.post("/people/<account_id>/slip")
@requires(Action.ADMINISTER_SCHOOL, load=person_or_404)
def new_slip(account_id: str) -> ResponseReturnValue:
    """A one-time code in place of a forgotten password."""
    slip = setting_passwords.new_slip(g.thing, g.viewer.account_id)
    return render_template(
        "accounts/slips.html", slips=[slip], back="/admin", address=f"{request.host}/sign-in"
    )


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence, "solved")
    return redirect("/admin", 303)
