"""Beginning a launch and ending it in the same browser, once.

The state names a row that knows the registration, the nonce and the browser. It is used up by one UPDATE before
anything else is looked at, in a unit of work of its own: whatever is refused afterwards stays used.
"""

import secrets
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update

from app.accounts.queries import token_hash
from app.core.db import independent_work, session
from app.core.ids import now
from app.lti.models import Login, Registration
from app.lti.protocol.login import Login as Asked
from app.lti.protocol.login import authentication_url
from app.lti.protocol.problems import LtiProblem

LASTS = timedelta(minutes=10)


class Begun(NamedTuple):
    """Where the browser goes next, and what it has to bring back."""

    url: str
    state: str
    browser_secret: str


def registration_for(asked: Asked) -> Registration:
    """The registration of an issuer and client; by the issuer alone where it has just one."""
    wanted = select(Registration).where(Registration.issuer == asked.iss, Registration.version == "1.3")
    if asked.client_id:
        wanted = wanted.where(Registration.client_id == asked.client_id)
    found = list(session.scalars(wanted.limit(2)))
    if not found:
        raise LtiProblem("platform_unknown")
    if len(found) > 1:
        raise LtiProblem("platform_ambiguous")
    if found[0].state != "active":
        raise LtiProblem(f"registration_{found[0].state}")
    return found[0]


def begin(asked: Asked, registration: Registration, redirect_uri: str) -> Begun:
    """Remember that a launch has begun here; returns the platform's address to ask."""
    state, nonce, browser_secret = (secrets.token_urlsafe(32) for _part in range(3))
    session.add(
        Login(
            state_hash=token_hash(state),
            registration_id=registration.id,
            nonce=nonce,
            browser_hash=token_hash(browser_secret),
            parameters={"again": asked.parameters(), "storage": asked.lti_storage_target},
            expires_at=now() + LASTS,
        )
    )
    url = authentication_url(
        registration.auth_url,
        asked,
        client_id=registration.client_id,
        redirect_uri=redirect_uri,
        state=state,
        nonce=nonce,
    )
    return Begun(url, state, browser_secret)


def begun(state: str) -> Login:
    """The launch that this state began; raises LtiProblem if there is none, or it is over."""
    row = session.get(Login, token_hash(state)) if state else None
    if row is None:
        raise LtiProblem("state_unknown")
    if row.used_at is not None:
        raise LtiProblem("state_used")
    if row.expires_at <= now():
        raise LtiProblem("state_expired")
    return row


def use_up(state: str, browser_secret: str) -> Login:
    """End the launch in the browser that began it. Of two that try, one gets LtiProblem."""
    row = begun(state)
    if not secrets.compare_digest(token_hash(browser_secret), row.browser_hash):
        raise LtiProblem("other_browser")
    with independent_work():
        done = session.execute(
            update(Login)
            .where(Login.state_hash == row.state_hash, Login.used_at.is_(None), Login.expires_at > now())
            .values(used_at=now(), parameters={})
        )
        if done.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
            raise LtiProblem("state_used")
    return row


def forget_old() -> None:
    """Delete launches that can no longer end."""
    session.execute(delete(Login).where(Login.expires_at < now() - LASTS))
