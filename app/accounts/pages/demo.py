"""Signing in as a person of the demo course: a page with one button, on this machine only."""

from apiflask import APIBlueprint
from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import demo_links, queries
from app.accounts.models import Account
from app.core.errors import NotFound
from app.core.policy import Action
from app.core.web import requires

from .signing_in import signed_in

pages = APIBlueprint("accounts_demo", __name__, enable_openapi=False, url_prefix="/demo")


def demo_person_or_404(token: str) -> Account:
    """The demo person of a link."""
    account_id = demo_links.account_id_of(token, request)
    if account_id is None:
        raise NotFound(_("This demo link is not known. Links change at each start: take the newest ones."))
    return queries.account_or_404(account_id)


@pages.get("/<token>")
@requires(Action.SIGN_IN, load=demo_person_or_404)
def demo_page(token: str) -> ResponseReturnValue:
    """One button."""
    return render_template("accounts/demo.html", person=g.thing)


@pages.post("/<token>")
@requires(Action.SIGN_IN, load=demo_person_or_404)
def demo_sign_in(token: str) -> ResponseReturnValue:
    """Sign in as the demo person."""
    return signed_in(g.thing)
