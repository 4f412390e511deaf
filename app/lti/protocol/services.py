"""Asking for an access token: OAuth 2.0 client credentials with a signed assertion (1EdTech Security Framework)."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from joserfc.jwk import RSAKey

from .tokens import signed

LASTS_S = 300
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def token_request(*, client_id: str, audience: str, scopes: Iterable[str], key: RSAKey, now: float) -> bytes:
    """The form that asks for a token. Each assertion has an id of its own and lives five minutes."""
    assertion = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": int(now) - 5,
        "exp": int(now) + LASTS_S,
        "jti": str(uuid.uuid4()),
    }
    return urlencode(
        {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": signed(assertion, key),
            "scope": " ".join(sorted(scopes)),
        }
    ).encode()


def token_in(answer: Mapping[str, Any]) -> tuple[str, int] | None:
    """The token of an answer and the seconds it lives; None if there is none."""
    token, lasts = answer.get("access_token"), answer.get("expires_in", 3600)
    if not isinstance(token, str) or not token or len(token) > 8_000 or not token.isprintable():
        return None
    is_number = isinstance(lasts, int | float) and not isinstance(lasts, bool)
    return token, max(min(int(lasts), 86_400), 0) if is_number else 3600
