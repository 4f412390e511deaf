"""To the provider and back, and signing out there, too."""

import logging
import secrets
from urllib.parse import urlencode

from apiflask import APIBlueprint
from flask import Response, g, redirect, render_template, request
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import update

from app.core import limits
from app.core.db import independent_work, session
from app.core.errors import NotFound
from app.core.ids import now
from app.core.policy import Action
from app.core.web import requires
from app.lti.pages.launching import own_origin
from app.sso.models import Provider
from app.sso.operations import asking, asserting, going, signing_out
from app.sso.problems import SignOnProblem, said
from app.sso.queries import provider_or_404

from .arriving import BROWSER, CAME_BY, arrived

pages = APIBlueprint("sso", __name__, enable_openapi=False, url_prefix="/sso")

log = logging.getLogger(__name__)
TOLD_TO_ADMINS = ("token", "keys", "issuer", "configuration", "unreachable", "saml")


def redirect_uri() -> str:
    """The one address to which providers send people back."""
    return f"{own_origin()}/sso/callback"


@pages.get("/<provider_id>")
@requires(Action.SIGN_IN, load=provider_or_404)
def leave(provider_id: str) -> ResponseReturnValue:
    """Send the browser to the provider."""
    limits.count(limits.SIGN_INS_OF_ADDRESS)
    g.sso_provider_id = provider_id
    joins = g.account if g.viewer.is_known and "join" in request.args else None
    goes_on = request.args.get("next", "")
    if g.thing.protocol == "saml":
        away = asserting.leave(g.thing, own_origin(), goes_on, joins)
    else:
        away = going.leave(g.thing, redirect_uri(), goes_on, joins)
    form_session[BROWSER] = away.browser
    return redirect(away.url, 303)


@pages.get("/callback")
@requires(Action.SIGN_IN)
def callback() -> ResponseReturnValue:
    """Somebody is back. Nothing is believed before the state is known to be this browser's."""
    browser = form_session.pop(BROWSER, "")
    row = going.come_back(request.args.get("state", "")[:200], browser)
    provider = session.get_one(Provider, row.provider_id)
    g.sso_provider_id = provider.id
    if provider.state != "active" or provider.protocol != "oidc":
        raise SignOnProblem("switched_off")
    code = _code(provider)
    claims = going.claims(provider, row, code, redirect_uri())
    return arrived(provider, row.goes_on, claims, joins_id=row.joins_id)


def _code(provider: Provider) -> str:
    """The code, if this is an answer of that provider (RFC 9207) and no refusal."""
    told = asking.configuration(provider)
    issuer = request.args.get("iss")
    if (issuer is not None or told.get("says_issuer")) and issuer != provider.issuer:
        raise SignOnProblem("answer_of_another")
    if "error" in request.args:
        raise SignOnProblem("refused_there", request.args["error"][:40])
    code = request.args.get("code", "")
    if not code or len(code) > 4000:
        raise SignOnProblem("answer_without_code")
    return code


def after_sign_out() -> str | None:
    """Who came by a provider that can sign people out is offered that, too."""
    provider_id = form_session.get(CAME_BY)
    provider = session.get(Provider, provider_id) if provider_id else None
    if provider is None or not provider.found.get("end_session_endpoint"):
        return None
    if provider.protocol == "oidc":
        return f"/sso/{provider.id}/left"
    stay = signing_out.stay_of(g.get("sign_in_id"))
    return f"/sso/{provider.id}/left?stay={stay.id}" if stay else None


@pages.get("/<provider_id>/left")
@requires(Action.SIGN_IN, load=provider_or_404)
def left(provider_id: str) -> ResponseReturnValue:
    """Signed out here; on a computer that others use, one signs out there, too."""
    address = _address_to_leave(g.thing)
    if not address:
        raise NotFound(_("There is nothing more to sign out of."))
    return render_template("sso/left.html", name=g.thing.name, address=address)


def _address_to_leave(provider: Provider) -> str | None:
    if provider.protocol == "saml":
        ours = asserting.addresses(provider, own_origin())
        return signing_out.address_to_leave(provider, ours, request.args.get("stay", "")[:36])
    address = provider.found.get("end_session_endpoint")
    if not address:
        return None
    fields = {"client_id": provider.client_id, "post_logout_redirect_uri": f"{own_origin()}/sign-in"}
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(fields)}"


def refused(problem: SignOnProblem) -> Response:
    """Say it in words; the log gets code and number, no names and no tokens."""
    number = secrets.token_hex(4)
    log.warning("sign-on %s refused: %s (%s)", number, problem.code, problem.detail)
    provider_id = g.get("sso_provider_id")
    if provider_id and problem.code.startswith(TOLD_TO_ADMINS):
        with independent_work():
            session.execute(
                update(Provider)
                .where(Provider.id == provider_id)
                .values(problem=problem.code, problem_at=now())
            )
    status, sentence = said(problem.code)
    page = render_template("sso/refused.html", sentence=sentence, code=problem.code, number=number)
    return Response(page, status, mimetype="text/html")
