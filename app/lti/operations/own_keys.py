"""Our keys: the newest one that every platform has had a day to fetch signs; older ones stay known for a month."""

import json
from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import RSAKey
from sqlalchemy import delete, select

from app.core.db import independent_work, session
from app.core.ids import new_id, now
from app.core.sealing import seal, unseal
from app.lti.models import Key
from app.lti.protocol.problems import LtiProblem

SIGNS_AFTER = timedelta(days=1)
RENEWED_AFTER = timedelta(days=60)
KNOWN_AFTERWARDS = timedelta(days=30)
_PUBLIC = ("kty", "n", "e")


def signing_key() -> RSAKey:
    """The key to sign with now. Raises LtiProblem if the secret key of the settings has changed since."""
    keys = _newest_first()
    if not keys:
        with independent_work():
            add_key()
        keys = _newest_first()
    ready = [key for key in keys if key.created_at <= now() - SIGNS_AFTER]
    chosen = ready[0] if ready else keys[-1]
    private = unseal(chosen.sealed)
    if private is None:
        raise LtiProblem("own_key_sealed", "FOREWORD_SECRET_KEY is not the one the keys were sealed with")
    return RSAKey.import_key(json.loads(private))


def published() -> dict[str, Any]:
    """The key set that platforms fetch: public parts of every key that signs, will sign, or has just signed."""
    if not _newest_first():
        signing_key()
    return {"keys": [key.public for key in _newest_first()]}


def add_key() -> Key:
    """A new key; it is published at once and signs a day later."""
    made = RSAKey.generate_key(2048, private=True)
    kid = new_id()
    private, public = made.as_dict(private=True), made.as_dict(private=False)
    row = Key(
        kid=kid,
        sealed=seal(json.dumps(private | {"kid": kid})),
        public={name: public[name] for name in _PUBLIC} | {"kid": kid, "use": "sig", "alg": "RS256"},
    )
    session.add(row)
    session.flush()
    return row


def rotate(moment: datetime) -> None:
    """Add a key when the newest is old enough, and forget those that gave way a month ago."""
    keys = _newest_first()
    if keys and keys[0].created_at <= moment - RENEWED_AFTER:
        add_key().created_at = moment
        keys = _newest_first()
    gone = [
        old.kid
        for old, newer in zip(keys[1:], keys, strict=False)
        if newer.created_at <= moment - KNOWN_AFTERWARDS
    ]
    session.execute(delete(Key).where(Key.kid.in_(gone)))


def _newest_first() -> list[Key]:
    return list(session.scalars(select(Key).order_by(Key.created_at.desc(), Key.kid.desc())))
