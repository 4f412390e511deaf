"""Signing in and out."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask import current_app, flash, g, redirect, render_template, request
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms, queries
from app.accounts.identify import drop_cookie, set_cookie
from app.accounts.models import Account
from app.accounts.operations import signing_in
from app.core import audit, limits
from app.core.db import independent_work, session
from app.core.errors import Problem
from app.core.policy import Action
from app.core.web import back_to, requires

pages = APIBlueprint("accounts_pages", __name__, enable_openapi=False)

CHOOSING = "chooses_password_by"
# Where to go after signing out, for features above that brought somebody in; asked before the form's session ends.
GO_ON_AFTER: list[Callable[[], str | None]] = []


@pages.get("/sign-in")
@requires(Action.SIGN_IN)
def sign_in_page() -> ResponseReturnValue:
    """The form; who is signed in already goes on."""
    if g.viewer.is_known:
        return back_to("/")
    return render_template("accounts/sign_in.html", errors={}, next=request.args.get("next", ""))


@pages.post("/sign-in")
@requires(Action.SIGN_IN)
def sign_in() -> ResponseReturnValue:
    """Sign in by password, or begin to choose one by the code of a slip."""
    name = queries.subject_of(forms.typed("name"))[:254]
    try:
        found = _recognised(name)
    except Problem as problem:
        return forms.again(
            "accounts/sign_in.html", problem, name=forms.typed("name"), next=forms.typed("next")
        )
    if found.code:
        form_session.clear()
        form_session[CHOOSING] = found.code.id
        return redirect("/choose-password", 303)
    return signed_in(found.account)


def _recognised(name: str) -> signing_in.Recognised:
    limits.count(limits.SIGN_INS_OF_ADDRESS)
    limits.check(limits.WRONG_PASSWORDS_HERE, f"{name} {request.remote_addr}")
    limits.check(limits.WRONG_PASSWORDS_ANYWHERE, name)
    try:
        return signing_in.recognise(name, forms.typed("password"))
    except Problem:
        limits.count(limits.WRONG_PASSWORDS_HERE, f"{name} {request.remote_addr}")
        limits.count(limits.WRONG_PASSWORDS_ANYWHERE, name)
        _record_failure(name)
        raise


def _record_failure(name: str) -> None:
    """The refusal undoes the request, so the audit entry is written beside it."""
    identity = session.scalar(queries.by_sign_in_name(name))
    with independent_work(current_app._get_current_object()):  # type: ignore[attr-defined]  # LocalProxy
        audit.record(
            "session.refused",
            school_id=identity.school_id if identity else None,
            actor_id=None,
            object_id=identity.account_id if identity else None,
        )


def signed_in(account: Account, to: str = "/") -> ResponseReturnValue:
    """Start a session with a new token and a new form secret, and go on to where one wanted."""
    form_session.clear()
    response = current_app.make_response(back_to(to))
    return set_cookie(response, signing_in.start(account, str(request.user_agent)))


@pages.post("/sign-out")
@requires(Action.USE_OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    if g.sign_in_id:
        signing_in.end(g.account, g.sign_in_id)
    target = next(filter(None, (ask() for ask in GO_ON_AFTER)), "/sign-in")
    form_session.clear()
    flash(_("You are signed out."), "solved")
    return drop_cookie(current_app.make_response(redirect(target, 303)))
