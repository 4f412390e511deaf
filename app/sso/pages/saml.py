"""The way to a provider of SAML and back, and signing out on both sides."""

from apiflask import APIBlueprint
from flask import Response, g, redirect, request
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import limits
from app.core.db import session
from app.core.errors import NotFound
from app.core.headers import from_elsewhere
from app.core.policy import Action
from app.core.web import requires
from app.lti.pages.launching import own_origin
from app.sso.models import Provider
from app.sso.operations import asserting, going, signing_out
from app.sso.problems import SignOnProblem
from app.sso.queries import provider_or_404
from app.sso.saml.own_metadata import own

from .arriving import BROWSER, arrived

pages = APIBlueprint("sso_saml", __name__, enable_openapi=False, url_prefix="/sso")


@pages.get("/<provider_id>/saml")
@requires(Action.SIGN_IN, load=provider_or_404)
def metadata(provider_id: str) -> ResponseReturnValue:
    """Our metadata for this provider; they are public."""
    provider: Provider = g.thing
    if provider.protocol != "saml":
        raise NotFound(_("There is no such way to sign in."))
    ours = asserting.addresses(provider, own_origin())
    found = own(
        ours.entity_id, ours.answers, ours.logout, provider.certificate, signs=provider.signs_requests
    )
    return Response(found, mimetype="application/samlmetadata+xml")


@pages.post("/<provider_id>/saml")
@requires(Action.SIGN_IN, load=provider_or_404)
@from_elsewhere
def answer(provider_id: str) -> ResponseReturnValue:
    """A provider's answer, sent by a form of its site: without our cookies, so the browser comes for it next."""
    limits.count(limits.SIGN_INS_OF_ADDRESS)
    provider: Provider = g.thing
    asserting.check_usable(provider)
    relay_state = request.form.get("RelayState", "")[:2000]
    row = asserting.begun(provider, relay_state)
    g.sso_provider_id = provider_id
    found = asserting.believed(provider, row, request.form.get("SAMLResponse", ""), own_origin())
    if row is None:
        return arrived(provider, relay_state, found.claims, found.told)
    asserting.wait_for_browser(row, found)
    return redirect(f"/sso/arrived?state={relay_state}", 303)


@pages.get("/arrived")
@requires(Action.SIGN_IN)
def collect() -> ResponseReturnValue:
    """The browser that began comes for the answer. No other may."""
    browser = form_session.pop(BROWSER, "")
    row = going.come_back(request.args.get("state", "")[:200], browser)
    provider = session.get_one(Provider, row.provider_id)
    if provider.state != "active":
        raise SignOnProblem("switched_off")
    found = asserting.collected(row)
    return arrived(provider, row.goes_on, found.claims, found.told, row.joins_id)


@pages.get("/<provider_id>/saml/logout")
@requires(Action.SIGN_IN, load=provider_or_404)
def logout(provider_id: str) -> ResponseReturnValue:
    """The provider asks to sign somebody out, or is done with what we asked."""
    limits.count(limits.SIGN_INS_OF_ADDRESS)
    provider: Provider = g.thing
    if "SAMLRequest" not in request.args:
        return redirect("/sign-in", 303)  # they were signed out here before they went there
    asserting.check_usable(provider)
    ours = asserting.addresses(provider, own_origin())
    query = request.query_string.decode("ascii", "replace")
    back = signing_out.leave_for(provider, ours, query, request.args.get("RelayState", ""))
    return redirect(back, 303)
