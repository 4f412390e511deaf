"""A person's own account: name, language, password, and where they are signed in."""

from typing import Any

from apiflask import APIBlueprint
from babel import Locale
from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms, queries
from app.accounts.operations import people, setting_passwords, signing_in
from app.core import limits
from app.core.db import session
from app.core.errors import Problem
from app.core.i18n import offered
from app.core.policy import Action
from app.core.web import requires

pages = APIBlueprint("accounts_own", __name__, enable_openapi=False, url_prefix="/account")


# In this order: Edge also says Chrome, and Chrome also says Safari.
_BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_DEVICES = {
    "CrOS": "Chromebook",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def browser_name(user_agent: str) -> str:
    """“Firefox, Windows” for what a browser says of itself."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), _("A browser"))
    device = next((name for sign, name in _DEVICES.items() if sign in user_agent), "")
    return f"{browser}, {device}" if device else browser


def _context() -> dict[str, Any]:
    languages = [(code, (Locale.parse(code).display_name or code).capitalize()) for code in offered()]
    return {
        "person": g.account,
        "identity": session.scalar(queries.password_identity(g.account.id)),
        "sign_ins": list(session.scalars(queries.sign_ins(g.account.id))),
        "here": g.sign_in_id,
        "languages": [("", _("As my browser asks")), *languages],
    }


@pages.get("")
@requires(Action.USE_OWN_ACCOUNT)
def account_page() -> ResponseReturnValue:
    """Everything of one's own account on one page."""
    return render_template("accounts/account.html", errors={}, **_context())


@pages.post("")
@requires(Action.USE_OWN_ACCOUNT)
def change_account() -> ResponseReturnValue:
    """Change name and language."""
    locale = forms.typed("locale") if forms.typed("locale") in offered() else ""
    try:
        people.change_own(g.account, name=forms.typed("name"), locale=locale)
    except Problem as problem:
        return forms.again("accounts/account.html", problem, **_context())
    flash(_("Kept."), "solved")
    return redirect("/account", 303)


@pages.post("/password")
@requires(Action.USE_OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    """Change the password; other browsers are signed out."""
    try:
        limits.check(limits.WRONG_PASSWORDS_ANYWHERE, g.account.id)
        setting_passwords.change(g.account, forms.typed("old"), forms.typed("password"), keep=g.sign_in_id)
    except Problem as problem:
        if problem.code == "wrong_password":
            limits.count(limits.WRONG_PASSWORDS_ANYWHERE, g.account.id)
        return forms.again("accounts/account.html", problem, **_context())
    flash(_("Your password is changed. Other browsers are signed out."), "solved")
    return redirect("/account", 303)


@pages.post("/sessions/<sign_in_id>/end")
@requires(Action.USE_OWN_ACCOUNT)
def end_session(sign_in_id: str) -> ResponseReturnValue:
    """Sign another browser out."""
    signing_in.end(g.account, sign_in_id)
    flash(_("That browser is signed out."), "solved")
    return redirect("/account", 303)


@pages.post("/sessions/end-others")
@requires(Action.USE_OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    """Sign every other browser out."""
    signing_in.end_all(g.account, g.account.id, keep=g.sign_in_id)
    flash(_("Every other browser is signed out."), "solved")
    return redirect("/account", 303)
