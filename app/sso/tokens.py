"""Whether an id_token may be believed.

Signature by joserfc, claims by Authlib, and what both leave to the caller: the algorithm is chosen by us and not by
the token, the key comes from the provider's own list, an audience of several needs ``azp``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from .problems import SignOnProblem

# None of them is symmetric: a public key can never serve as a secret.
ALGORITHMS = ["RS256", "PS256", "ES256"]
LONGEST = 100_000
LEEWAY_S = 60
OLDEST_S = 600
_OWN_KEYS = frozenset({"jwk", "jku", "x5u", "x5c", "crit"})


@dataclass(frozen=True)
class Expected:
    """What an id_token has to say to be for us, now. ``now`` is in seconds since 1970."""

    issuer: str
    client_id: str
    nonce: str
    now: int
    access_token: str = ""


class UnknownKey(Exception):
    """No key of the list fits; the provider may have changed its keys since."""


def claims_of(token: str, jwks: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    """The claims of an id_token whose signature, addressee and time are right.

    Raises SignOnProblem, or UnknownKey where a newer list of keys could help.
    """
    if len(token) > LONGEST or token.count(".") != 2:
        raise SignOnProblem("token_malformed")
    found = _signed(token, jwks)
    claims = dict(found.claims)
    _check(claims, found.header, expected)
    return claims


def _signed(token: str, jwks: Mapping[str, Any]) -> jwt.Token:
    usable = _usable(jwks)
    if not usable:
        raise UnknownKey
    try:
        keys = KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise SignOnProblem("keys_unusable", type(error).__name__) from error
    try:
        found = jwt.decode(token, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        if "kid" in str(error).lower() or type(error).__name__ in ("MissingKeyError", "BadSignatureError"):
            raise UnknownKey from error
        raise SignOnProblem("token_signature", type(error).__name__) from error
    if _OWN_KEYS & found.header.keys():
        raise SignOnProblem("token_header")
    return found


def _usable(jwks: Mapping[str, Any]) -> list[Any]:
    """Public keys that sign; a list may hold others (for encryption, or of kinds that we do not know)."""
    listed = jwks.get("keys")
    keys = listed if isinstance(listed, list) else []
    wanted = (key for key in keys if isinstance(key, dict) and key.get("kty") in ("RSA", "EC"))
    plain = ("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y")
    return [
        {name: key[name] for name in plain if name in key} for key in wanted if key.get("use", "sig") == "sig"
    ]


def _check(claims: dict[str, Any], header: Mapping[str, Any], expected: Expected) -> None:
    from authlib.oidc.core import CodeIDToken  # takes long to load, and few requests are sign-ons

    for name in ("iss", "sub", "nonce"):
        if not isinstance(claims.get(name), str) or not claims[name]:
            raise SignOnProblem(f"token_{name}")
    options = {"iss": {"essential": True, "value": expected.issuer}}
    params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
    try:
        CodeIDToken(claims, dict(header), options, params).validate(now=expected.now, leeway=LEEWAY_S)
    except (JoseError, ValueError, TypeError) as error:
        raise SignOnProblem("token_claims", str(error)[:80]) from error
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if expected.client_id not in audience or (len(audience) > 1 and claims.get("azp") != expected.client_id):
        raise SignOnProblem("token_audience")
    if expected.now - claims["iat"] > OLDEST_S:
        raise SignOnProblem("token_old")
