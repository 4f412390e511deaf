"""Calling an LMS's services: with a token that is kept for its registration and scopes, and asked for anew once."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from app.core.addresses import Unreachable
from app.core.db import independent_work, session, upsert
from app.core.ids import now
from app.core.outbound import Answer
from app.core.outgoing import MOST, as_object, send
from app.core.sealing import seal, unseal
from app.lti.models import AccessToken, Registration
from app.lti.protocol.services import FORM, token_in, token_request

from .own_keys import signing_key

EARLY = timedelta(seconds=60)


def call(
    registration: Registration,
    scopes: Sequence[str],
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = MOST,
) -> Answer:
    """One call. A token that is refused is thrown away and asked for once more; raises Unreachable."""
    for attempt in (1, 2):
        token = token_for(registration, scopes)
        sent = {**(headers or {}), "Authorization": f"Bearer {token}"}
        answer = send(method, url, body=body, headers=sent, most=most, hosts=registration.hosts)
        if answer.status != 401 or attempt == 2:
            return answer
        forget(registration, scopes)
    raise Unreachable("lms_refuses_token")  # pragma: no cover  # the loop always returns


def token_for(registration: Registration, scopes: Sequence[str]) -> str:
    """The token that is kept, or a new one. Never that of another registration."""
    kept = session.get(AccessToken, (registration.id, _key(scopes)), populate_existing=True)
    if kept is not None and kept.expires_at > now() + EARLY and (token := unseal(kept.sealed)):
        return token
    return new_token(registration, scopes)


def new_token(registration: Registration, scopes: Sequence[str]) -> str:
    """Ask the LMS for a token, and keep it. Raises Unreachable."""
    form = token_request(
        client_id=registration.client_id,
        audience=registration.token_audience or registration.token_url,
        scopes=scopes,
        key=signing_key(),
        now=time.time(),
    )
    answer = send("POST", registration.token_url, body=form, headers=FORM)
    if answer.status != 200:
        raise Unreachable("no_token", status=answer.status)
    found = token_in(as_object(answer))
    if found is None:
        raise Unreachable("no_token", status=answer.status)
    token, lasts = found
    values = {"sealed": seal(token), "expires_at": now() + timedelta(seconds=lasts)}
    key = {"registration_id": registration.id, "scopes": _key(scopes)}
    with independent_work():
        session.execute(
            upsert(AccessToken)
            .values(**key, **values)
            .on_conflict_do_update(index_elements=["registration_id", "scopes"], set_=values)
        )
    return token


def forget(registration: Registration, scopes: Sequence[str]) -> None:
    """Throw a token away that the LMS does not take any more."""
    with independent_work():
        session.execute(
            delete(AccessToken).where(
                AccessToken.registration_id == registration.id, AccessToken.scopes == _key(scopes)
            )
        )


def _key(scopes: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(sorted(scopes)).encode()).hexdigest()


def json_of(answer: Answer) -> Any:
    """The JSON of an answer that went well; raises Unreachable otherwise."""
    if not 200 <= answer.status < 300:
        raise Unreachable("bad_status", status=answer.status)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise Unreachable("not_json") from error
