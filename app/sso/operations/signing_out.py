"""Signing out on both sides, with SAML: what the provider calls a browser here, and whom it means."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from app.accounts import queries as accounts
from app.accounts.models import Account, SignIn
from app.core import audit
from app.core.db import session
from app.core.ids import now
from app.core.sealing import seal, unseal
from app.sso.models import Provider, Stay
from app.sso.problems import SignOnProblem
from app.sso.saml.messages import address_with, leaving_answer, leaving_asked, leaving_request, signed_field

from .asserting import Addresses, own_key
from .going import hashed


def remember(provider: Provider, account: Account, token: str, told: dict[str, Any]) -> None:
    """As whom the provider knows the browser that has just signed in."""
    name = told["name_id"].get("value", "")
    if not name or not provider.found.get("end_session_endpoint"):
        return
    sign_in = select(SignIn.id).where(SignIn.token_hash == accounts.token_hash(token))
    session.flush()
    session.add(
        Stay(
            provider_id=provider.id,
            account_id=account.id,
            sign_in_id=session.scalars(sign_in).one(),
            name_hash=hashed(name),
            session_hash=hashed(told["session_index"]),
            told=seal(json.dumps(told)),
        )
    )


def stay_of(sign_in_id: str | None) -> Stay | None:
    """What was remembered of a browser."""
    return session.scalar(select(Stay).where(Stay.sign_in_id == sign_in_id)) if sign_in_id else None


def address_to_leave(provider: Provider, ours: Addresses, stay_id: str) -> str | None:
    """Where a browser goes to sign out at the provider, too; None where it cannot."""
    there, stay = provider.found.get("end_session_endpoint"), session.get(Stay, stay_id)
    if not there or stay is None or stay.provider_id != provider.id or not (kept := unseal(stay.told)):
        return None
    told = json.loads(kept)
    message = leaving_request(ours.entity_id, there, told["name_id"], told["session_index"], now())
    return address_with(there, "SAMLRequest", message, "", own_key(provider))


def leave_for(provider: Provider, ours: Addresses, query: str, relay_state: str) -> str:
    """The provider says that somebody signs out: end that here; where the browser goes with our answer."""
    certificates: Sequence[str] = provider.found.get("certificates", [])
    there = provider.found.get("logout_answers")
    if not there:
        raise SignOnProblem("saml_logout")
    root = signed_field(query, "SAMLRequest", certificates)
    asked = leaving_asked(root, provider.issuer, ours.logout, now())
    meant = select(Stay).where(Stay.provider_id == provider.id, Stay.name_hash == hashed(asked.name_id))
    if asked.sessions:
        named = [hashed(one) for one in (*asked.sessions, "")]  # some named no session when they signed in
        meant = meant.where(Stay.session_hash.in_(named))
    for stay in session.scalars(meant).all():
        _end(provider, stay)
    answer = leaving_answer(ours.entity_id, there, asked.identifier, now())
    return address_with(there, "SAMLResponse", answer, relay_state[:1000], own_key(provider))


def _end(provider: Provider, stay: Stay) -> None:
    ending = update(SignIn).where(SignIn.id == stay.sign_in_id, SignIn.ended_at.is_(None))
    session.execute(ending.values(ended_at=now()))
    audit.record(
        "session.ended", school_id=provider.school_id, actor_id=stay.account_id, object_id=stay.sign_in_id
    )
    session.delete(stay)


def forget_ended() -> None:
    """What was remembered of browsers that are signed out."""
    lasting = select(SignIn.id).where(SignIn.ended_at.is_(None), SignIn.expires_at > now())
    session.execute(delete(Stay).where(Stay.sign_in_id.not_in(lasting)))
