"""To the provider and back: what is remembered on the way, and who comes back."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, update

from app.accounts.models import Account
from app.core.db import independent_work, session
from app.core.ids import now
from app.sso.models import Provider, SignOn
from app.sso.problems import SignOnProblem

from . import asking

LASTS = timedelta(minutes=10)
SCOPE = "openid profile email"


class Away(NamedTuple):
    """Where the browser goes, and the secret that it keeps until it is back."""

    url: str
    browser: str


def leave(provider: Provider, redirect_uri: str, goes_on: str, joins: Account | None) -> Away:
    """Begin a sign-on: a state that works once, a nonce for the token, a verifier for the code (PKCE)."""
    # Takes long to load, and few requests are sign-ons.
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    if provider.state != "active":
        raise SignOnProblem("switched_off")
    told = asking.configuration(provider)
    state, browser, nonce, verifier = (secrets.token_urlsafe(size) for size in (32, 32, 32, 48))
    session.add(
        SignOn(
            state_hash=hashed(state),
            provider_id=provider.id,
            browser_hash=hashed(browser),
            nonce=nonce,
            verifier=verifier,
            goes_on=goes_on[:2000],
            joins_id=joins.id if joins else None,
            expires_at=now() + LASTS,
        )
    )
    more = {"hd": provider.domains.split()[0]} if provider.preset == "google" and provider.domains else {}
    url = prepare_grant_uri(
        told["authorization_endpoint"],
        client_id=provider.client_id,
        response_type="code",
        redirect_uri=redirect_uri,
        scope=SCOPE,
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
        **more,
    )
    return Away(url, browser)


def come_back(state: str, browser: str) -> SignOn:
    """What was remembered under a state. It is used up, whatever becomes of it; only its own browser may."""
    key = hashed(state)
    row = session.get(SignOn, key)
    if row is None:
        raise SignOnProblem("state_unknown")
    if not hmac.compare_digest(row.browser_hash, hashed(browser)):
        raise SignOnProblem("other_browser")  # and stays there for the browser that it belongs to
    with independent_work():
        used = session.execute(
            update(SignOn).where(SignOn.state_hash == key, SignOn.used_at.is_(None)).values(used_at=now())
        )
        if not used.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
            raise SignOnProblem("state_used")
    if row.expires_at < now():
        raise SignOnProblem("state_old")
    return row


def claims(provider: Provider, row: SignOn, code: str, redirect_uri: str) -> dict[str, Any]:
    """What the provider says of who is back, as far as it can be believed."""
    tokens = asking.redeem(provider, code, row.verifier, redirect_uri)
    signed = asking.believed(provider, tokens, row.nonce)
    return asking.more_about(provider, tokens, signed)


def forget_old() -> None:
    """Delete what was remembered of ways that are over."""
    session.execute(delete(SignOn).where(SignOn.expires_at < now() - LASTS))


def hashed(secret: str) -> str:
    """How a secret of the way is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
