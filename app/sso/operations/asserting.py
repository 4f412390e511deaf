"""To a provider of SAML and back: what is asked, whether the answer is believed, and whom it is about."""

import json
import secrets
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.core.addresses import Unreachable
from app.core.db import independent_work, session
from app.core.ids import now
from app.core.outgoing import send
from app.core.sealing import seal, unseal
from app.sso.models import Provider, SeenAssertion, SignOn
from app.sso.problems import SignOnProblem
from app.sso.saml import is_installed
from app.sso.saml.answers import SKEW, TRANSIENT, Expected, Said, said
from app.sso.saml.messages import address_with, new_id, sign_on_request
from app.sso.saml.metadata import provider_in
from app.sso.saml.packing import decoded
from app.sso.saml.signatures import UnknownKey

from .asking import FRESH, KEYS_AGAIN, keep
from .going import LASTS, Away, hashed

ASKED = ("subject", "name", "given_name", "family_name", "email")


class Addresses(NamedTuple):
    """Ours for one provider. The first is our entity id too, so what is said to one school is for no other."""

    entity_id: str
    answers: str
    logout: str


class Arrived(NamedTuple):
    """What an answer said: the claims as with OpenID Connect, and what the provider calls person and session."""

    claims: dict[str, Any]
    told: dict[str, Any]


def addresses(provider: Provider, origin: str) -> Addresses:
    """Where a provider finds us."""
    own = f"{origin}/sso/{provider.id}/saml"
    return Addresses(own, own, f"{own}/logout")


def check_usable(provider: Provider) -> None:
    """Raises SignOnProblem where nobody can come in by this provider now."""
    if provider.protocol != "saml":
        raise SignOnProblem("switched_off")
    if not is_installed():
        raise SignOnProblem("saml_not_installed")
    if provider.state != "active" or not provider.found:
        raise SignOnProblem("switched_off")


def own_key(provider: Provider) -> str:
    """Our private key for this provider."""
    key = unseal(provider.secret) if provider.secret else None
    if not key:
        raise SignOnProblem("saml_own_key")
    return key


def leave(provider: Provider, origin: str, goes_on: str, joins: Account | None) -> Away:
    """Begin: a request that is answered once, in the browser that keeps the secret."""
    check_usable(provider)
    _refresh(provider)
    state, browser, request_id = secrets.token_urlsafe(32), secrets.token_urlsafe(32), new_id()
    session.add(
        SignOn(
            state_hash=hashed(state),
            provider_id=provider.id,
            browser_hash=hashed(browser),
            nonce=request_id,
            verifier="",
            goes_on=goes_on[:2000],
            joins_id=joins.id if joins else None,
            expires_at=now() + LASTS,
        )
    )
    ours, there = addresses(provider, origin), provider.found["sign_on"]
    message = sign_on_request(request_id, ours.entity_id, there, ours.answers, now())
    signs = provider.signs_requests or bool(provider.found.get("wants_signed"))
    url = address_with(there, "SAMLRequest", message, state, own_key(provider) if signs else "", signs=signs)
    return Away(url, browser)


def begun(provider: Provider, relay_state: str) -> SignOn | None:
    """What was remembered of the way that this answer ends; None where the provider began by itself."""
    row = session.get(SignOn, hashed(relay_state)) if relay_state else None
    if row is None or row.provider_id != provider.id:
        if not provider.may_begin:
            raise SignOnProblem("saml_uninvited")
        return None
    if row.used_at is not None or row.said is not None:
        raise SignOnProblem("state_used")
    if row.expires_at < now():
        raise SignOnProblem("state_old")
    return row


def believed(provider: Provider, row: SignOn | None, field: str, origin: str) -> Arrived:
    """What the answer says, if it is the provider's, for us, in time, and here for the first time."""
    data = decoded(field)
    try:
        found = said(data, _expected(provider, row, origin))
    except UnknownKey:
        _refresh(provider, keys=True)
        try:
            found = said(data, _expected(provider, row, origin))
        except UnknownKey:
            raise SignOnProblem("saml_signature", "key") from None
    _use_up(provider, found)
    return Arrived(_claims(provider, found), {"name_id": found.name_id, "session_index": found.session_index})


def _expected(provider: Provider, row: SignOn | None, origin: str) -> Expected:
    ours = addresses(provider, origin)
    return Expected(
        provider.issuer,
        ours.entity_id,
        ours.answers,
        row.nonce if row else "",
        now(),
        provider.found.get("certificates", []),
        own_key(provider),
    )


def _use_up(provider: Provider, found: Said) -> None:
    """An assertion lets in once; in a unit of work of its own, since what follows may be refused."""
    key = hashed(f"{provider.id} {found.assertion_id}")
    try:
        with independent_work():
            session.add(SeenAssertion(seen_hash=key, expires_at=found.expires + 2 * SKEW))
            session.flush()
    except IntegrityError as error:
        raise SignOnProblem("saml_replayed") from error


def _claims(provider: Provider, found: Said) -> dict[str, Any]:
    """In the words of OpenID Connect. An address counts as checked where the school trusts the provider for it."""
    named = {name: found.first(provider.attributes.get(name, "")) for name in ASKED}
    subject = named.pop("subject")
    if not provider.attributes.get("subject") and found.name_id.get("Format") != TRANSIENT:
        subject = found.name_id.get("value", "")
    if not subject:
        raise SignOnProblem("saml_subject")
    roles = (
        {provider.role_claim: found.attributes.get(provider.role_claim, [])} if provider.role_claim else {}
    )
    told = {name: value for name, value in named.items() if value}
    return {**roles, **told, "sub": subject, "email_verified": provider.trusts_email}


def wait_for_browser(row: SignOn, arrived: Arrived) -> None:
    """The answer comes from the provider's site, without our cookies: its browser comes for it in a moment."""
    row.said = seal(json.dumps(arrived))


def collected(row: SignOn) -> Arrived:
    """What was kept for the browser that is here now."""
    kept = unseal(row.said) if row.said else None
    row.said = None
    if kept is None:
        raise SignOnProblem("state_unknown")
    return Arrived(*json.loads(kept))


def fetched(url: str) -> dict[str, Any]:
    """The provider that the metadata at an address are about. Raises Unreachable or SignOnProblem."""
    answer = send("GET", url, headers={"Accept": "application/samlmetadata+xml, application/xml, text/xml"})
    if answer.status != 200:
        raise Unreachable("bad_status", status=answer.status)
    return provider_in(answer.body)


def _refresh(provider: Provider, *, keys: bool = False) -> None:
    """Metadata anew after a day, or where a signature fits no key; an older state rather than none."""
    tried = provider.jwks_tried_at
    is_due = keys or provider.found_at is None or now() - provider.found_at > FRESH
    if not provider.metadata_url or not is_due or (tried and now() - tried < KEYS_AGAIN):
        return
    keep(provider, jwks_tried_at=now())
    try:
        found = fetched(provider.metadata_url)
    except (Unreachable, SignOnProblem):
        return
    if found["issuer"] == provider.issuer:
        keep(provider, found=found, found_at=now())


def forget_seen() -> None:
    """Assertions that would not be believed any more anyway."""
    session.execute(delete(SeenAssertion).where(SeenAssertion.expires_at < now() - timedelta(minutes=5)))
