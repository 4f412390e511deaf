"""Where a code for the phone is typed, and the page with one button behind it."""

from apiflask import APIBlueprint
from flask import current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts import forms
from app.accounts.identify import set_cookie
from app.accounts.models import Account
from app.accounts.operations import phoning, signing_in
from app.accounts.passwords import plain
from app.core import limits
from app.core.errors import NotFound
from app.core.policy import Action
from app.core.web import own_path, requires

pages = APIBlueprint("accounts_phoning", __name__, enable_openapi=False, url_prefix="/phone")


@pages.get("")
@requires(Action.SEE_PUBLIC_PAGE)
def phone_page() -> ResponseReturnValue:
    """The field for the code."""
    return render_template("accounts/phone.html", errors={})


@pages.post("")
@requires(Action.SEE_PUBLIC_PAGE)
def typed_code() -> ResponseReturnValue:
    """To the page of the code that was typed, or the field again with one sentence."""
    code = plain(forms.typed("code"))
    try:
        _owner(code)
    except NotFound as problem:
        return forms.again("accounts/phone.html", problem)
    return redirect(f"/phone/{code}", 303)


@pages.get("/<code>")
@requires(Action.SEE_PUBLIC_PAGE)
def code_page(code: str) -> ResponseReturnValue:
    """Who would go on here, and one button: a program that looks at links ahead uses nothing up."""
    return render_template("accounts/phone_owner.html", person=_owner(code), code=code)


@pages.post("/<code>")
@requires(Action.SEE_PUBLIC_PAGE)
def go_on(code: str) -> ResponseReturnValue:
    """Sign this phone in and go on with the page; who was signed in here before is not any more."""
    _owner(code)
    account, goes_to = phoning.use(code)
    if g.viewer.is_known and g.sign_in_id:
        signing_in.end(g.account, g.sign_in_id)
    response = current_app.make_response(redirect(own_path(goes_to, "/"), 303))
    return set_cookie(response, signing_in.start(account, str(request.user_agent)))


def _owner(code: str) -> Account:
    """Whose code it is. Wrong ones are counted for the address that tries them: guessing stays hopeless."""
    limits.check(limits.WRONG_CODES_OF_ADDRESS)
    try:
        return phoning.waiting(code)
    except NotFound:
        limits.count(limits.WRONG_CODES_OF_ADDRESS)
        raise
