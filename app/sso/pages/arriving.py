"""Somebody is back from a provider that can be believed: let them in, or join the two accounts."""

from typing import Any

from flask import current_app, flash, g, redirect, request
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.identify import set_cookie
from app.accounts.operations import signing_in
from app.sso.models import Provider
from app.sso.operations import knowing, signing_out
from app.sso.problems import SignOnProblem

BROWSER, CAME_BY = "sign_on_browser", "came_by"


def arrived(
    provider: Provider,
    goes_on: str,
    claims: dict[str, Any],
    told: dict[str, Any] | None = None,
    joins_id: str | None = None,
) -> ResponseReturnValue:
    """Go on as whom the provider names. ``told`` is what signing out there will need."""
    if joins_id:
        return _joined(provider, joins_id, claims)
    account = knowing.known_or_new(provider, claims)
    form_session.clear()
    form_session[CAME_BY] = provider.id
    token = signing_in.start(account, str(request.user_agent))
    if told:
        signing_out.remember(provider, account, token, told)
    return set_cookie(current_app.make_response(redirect(_own_path(goes_on), 303)), token)


def _joined(provider: Provider, joins_id: str, claims: dict[str, Any]) -> ResponseReturnValue:
    if not g.viewer.is_known or g.viewer.account_id != joins_id:
        raise SignOnProblem("signed_out_meanwhile")
    knowing.join(provider, g.account, claims)
    flash(_("From now on %(name)s leads to this account, too.", name=provider.name), "solved")
    return redirect("/account", 303)


def _own_path(wanted: str) -> str:
    """A path of ours, or the start page: never another host, however it is written."""
    plain = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if plain and wanted.isprintable() else "/"
