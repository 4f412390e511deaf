"""Choosing a password: after the code of a slip, or by a mailed link."""

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms, queries
from app.accounts.jobs import mail_password_link
from app.accounts.models import OneTimeCode
from app.accounts.operations import setting_passwords
from app.core import limits
from app.core.db import session
from app.core.errors import NotFound, Problem
from app.core.policy import Action
from app.core.web import requires

from .signing_in import CHOOSING, signed_in

pages = APIBlueprint("accounts_passwords", __name__, enable_openapi=False)


def _slip() -> OneTimeCode | None:
    """The slip whose code was typed in this browser just now."""
    code_id = form_session.get(CHOOSING)
    return session.scalar(queries.open_slip(code_id)) if code_id else None


@pages.get("/choose-password")
@requires(Action.SIGN_IN)
def choose_page() -> ResponseReturnValue:
    """Somebody has come in with a slip."""
    code = _slip()
    return _form(code, {}) if code else redirect("/sign-in", 303)


@pages.post("/choose-password")
@requires(Action.SIGN_IN)
def choose() -> ResponseReturnValue:
    """The pupil's own password replaces the code of the slip."""
    code = _slip()
    return _set_password(code) if code else redirect("/sign-in", 303)


@pages.get("/forgot-password")
@requires(Action.SIGN_IN)
def forgot_page() -> ResponseReturnValue:
    """Ask for a link by mail."""
    return render_template("accounts/forgot_password.html", errors={}, name="")


@pages.post("/forgot-password")
@requires(Action.SIGN_IN)
def forgot() -> ResponseReturnValue:
    """The answer is the same for everybody, so that nobody learns who has an account."""
    name = queries.subject_of(forms.typed("email"))[:254]
    try:
        limits.count(limits.RESETS_OF_ADDRESS)
        limits.count(limits.RESETS_OF_NAME, name)
    except Problem as problem:
        return forms.again("accounts/forgot_password.html", problem, name=name)
    for identity in session.scalars(queries.by_sign_in_name(name)):
        mail_password_link(identity.account_id)
    flash(_("If we know this address, a mail with a link is on its way. It works for two hours."))
    return redirect("/sign-in", 303)


def link_or_404(token: str) -> OneTimeCode:
    """The mailed link, if it still works."""
    limits.check(limits.WRONG_CODES_OF_ADDRESS)
    code = session.scalar(queries.by_link(token))
    if code is None:
        limits.count(limits.WRONG_CODES_OF_ADDRESS)
        raise NotFound(_("This link was used, or is too old. Ask for a new one."), "link_expired")
    return code


@pages.get("/reset-password/<token>")
@requires(Action.SIGN_IN)
def reset_page(token: str) -> ResponseReturnValue:
    """Somebody has opened the mailed link; opening changes nothing, since mail scanners open links too."""
    return _form(link_or_404(token), {})


@pages.post("/reset-password/<token>")
@requires(Action.SIGN_IN)
def reset(token: str) -> ResponseReturnValue:
    """Set the password and sign in."""
    return _set_password(link_or_404(token))


def _form(code: OneTimeCode, errors: dict[str, str]) -> ResponseReturnValue:
    account = queries.account_or_404(code.account_id)
    identity = setting_passwords.password_identity(account)
    page = render_template(
        "accounts/choose_password.html",
        errors=errors,
        person=account,
        sign_in_name=identity.subject,
        action=request.path,
    )
    return page, 422 if errors else 200


def _set_password(code: OneTimeCode) -> ResponseReturnValue:
    try:
        account = setting_passwords.redeem(code, forms.typed("password"))
    except Problem as problem:
        return _form(code, forms.sentences(problem))
    response = signed_in(account)
    flash(_("Your password is set. From now on sign in with it."), "solved")
    return response
