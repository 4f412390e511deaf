"""A platform's keys, kept with its registration: fetched when they are old or a new name appears.

They are never shared between registrations, so none can plant a key for another. A fetch that fails leaves the
old keys standing; an unknown name asks at most once a minute, so that nobody can make us ask all day.
"""

import logging
from datetime import timedelta
from typing import Any

from joserfc.jwk import RSAKey
from sqlalchemy import update

from app.core.addresses import Unreachable
from app.core.db import independent_work, session
from app.core.ids import now
from app.core.outgoing import get_json
from app.lti.models import Registration
from app.lti.protocol.problems import LtiProblem
from app.lti.protocol.tokens import key_in

log = logging.getLogger(__name__)
FRESH = timedelta(hours=6)
ASKED_AGAIN_AFTER = timedelta(minutes=1)


def key_of(registration: Registration, kid: str) -> RSAKey:
    """The platform's key of that name; raises LtiProblem if it has none or cannot be asked."""
    fetched = registration.jwks_fetched_at
    if fetched is None or fetched < now() - FRESH:
        refresh(registration)
    key = key_in(registration.jwks, kid)
    if key is None and _may_ask(registration):
        refresh(registration)
        key = key_in(registration.jwks, kid)
    if key is None:
        raise LtiProblem("key_unknown" if registration.jwks else "keys_unreachable")
    return key


def _may_ask(registration: Registration) -> bool:
    tried = registration.jwks_tried_at
    return tried is None or tried < now() - ASKED_AGAIN_AFTER


def refresh(registration: Registration) -> Unreachable | None:
    """Fetch the keys anew, unless that was tried a moment ago; returns what stood in the way."""
    if not _may_ask(registration):
        return None
    problem, found = None, {}
    try:
        found = get_json(registration.jwks_url)
    except Unreachable as unreachable:
        problem = unreachable
        log.warning("keys of LMS %s cannot be fetched: %s", registration.id, problem.code)
    keep(registration, found)
    return problem


def keep(registration: Registration, jwks: dict[str, Any]) -> None:
    """Note that the keys were asked for, and which ones came."""
    kept: dict[str, Any] = {"jwks_tried_at": now()}
    if isinstance(jwks.get("keys"), list):
        kept |= {"jwks": jwks, "jwks_fetched_at": now()}
    with independent_work():
        session.execute(update(Registration).where(Registration.id == registration.id).values(**kept))
    session.refresh(registration)
