"""JSON Web Tokens: whether one of a platform may be believed, and signing what we say ourselves.

What is refused, and why: only RS256, decided before any key is chosen (no ``none``, no HMAC with a public key);
a ``kid`` must be named and lead to exactly one signing RSA key of that registration; headers that bring their own
key (``jwk``, ``jku``, ``x5u``) or criticals are refused; a name that stands twice in header or claims is refused,
since two readers may take different ones.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from .problems import LtiProblem

ALGORITHM = "RS256"
LONGEST = 100_000
LEEWAY_S = 60
OLDEST_S = 600
SMALLEST_KEY = 2048
_OWN_KEYS = frozenset({"jwk", "jku", "x5u", "crit", "b64"})
_REGISTRY = jws.JWSRegistry(algorithms=[ALGORITHM], strict_check_header=False)
_REGISTRY.max_header_length = 4_000

Claims = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """What a platform's token has to say to be for us, now. ``now`` is in seconds since 1970."""

    issuer: str
    client_id: str
    now: float


def header_of(token: str) -> Claims:
    """The header, checked as far as no key is needed. Raises LtiProblem."""
    if len(token) > LONGEST:
        raise LtiProblem("token_malformed", "too long")
    parts = token.split(".")
    if len(parts) != 3:
        raise LtiProblem("token_malformed", f"{len(parts)} parts")
    header = _object(_decoded(parts[0]))
    if header.get("alg") != ALGORITHM:
        raise LtiProblem("token_algorithm", str(header.get("alg"))[:40])
    if _OWN_KEYS & header.keys():
        raise LtiProblem("token_header", ", ".join(sorted(_OWN_KEYS & header.keys())))
    if not isinstance(header.get("kid"), str) or not header["kid"]:
        raise LtiProblem("token_without_kid")
    return header


def key_in(jwks: Mapping[str, Any], kid: str) -> RSAKey | None:
    """The one key of that name, if it is there; raises LtiProblem for one that must not be used."""
    keys = jwks.get("keys")
    listed = keys if isinstance(keys, list) else []
    found = [key for key in listed if isinstance(key, dict) and key.get("kid") == kid]
    if not found:
        return None
    if len(found) > 1:
        raise LtiProblem("key_unusable", "two keys have this kid")
    key = found[0]
    if key.get("kty") != "RSA" or key.get("use", "sig") != "sig" or key.get("alg", ALGORITHM) != ALGORITHM:
        raise LtiProblem("key_unusable", "not an RSA key for RS256 signatures")
    return _imported({"kty": "RSA", "n": key.get("n"), "e": key.get("e")})


def usable_keys(jwks: Mapping[str, Any]) -> list[str]:
    """Names of the keys that may check a signature."""
    keys = jwks.get("keys")
    kids = [key.get("kid") for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []
    return [kid for kid in kids if isinstance(kid, str) and _is_usable(jwks, kid)]


def _is_usable(jwks: Mapping[str, Any], kid: str) -> bool:
    try:
        return key_in(jwks, kid) is not None
    except LtiProblem:
        return False


def _imported(public: Mapping[str, Any]) -> RSAKey:
    try:
        key = RSAKey.import_key({name: str(value) for name, value in public.items()})
        size = key.public_key.key_size
    except (JoseError, ValueError, TypeError) as error:
        raise LtiProblem("key_unusable", "cannot be read") from error
    if size < SMALLEST_KEY:
        raise LtiProblem("key_unusable", f"{size} bits")
    return key


def verified(token: str, key: RSAKey, expected: Expected) -> Claims:
    """The claims of a token whose signature, addressee and time are right. Raises LtiProblem.

    That it comes for the first time is still to be seen: a launch by ``check_nonce``, a notice by its own id.
    """
    claims = signed_claims(token, key)
    _check_addressee(claims, expected)
    _check_time(claims, expected.now)
    return claims


def check_nonce(claims: Claims, nonce: str) -> None:
    """Does the token answer the launch that this nonce was made for? Raises LtiProblem if not."""
    if not isinstance(claims.get("nonce"), str) or claims["nonce"] != nonce:
        raise LtiProblem("token_nonce")


def addressed(token: str) -> tuple[str, str]:
    """Issuer and client that a token names. To find the key by; nothing of it may be believed yet."""
    header_of(token)
    claims = _object(_decoded(token.split(".")[1]))
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    issuer, client_id = claims.get("iss"), claims.get("azp", several[0] if len(several) == 1 else None)
    if not _is_name(issuer) or not _is_name(client_id):
        raise LtiProblem("token_audience", "iss or aud missing")
    return str(issuer), str(client_id)


def _is_name(value: object) -> bool:
    """Text that a database can look for."""
    return isinstance(value, str) and 0 < len(value) <= 500 and value.isprintable()


def signed_claims(token: str, key: RSAKey) -> Claims:
    """The claims, if the signature is the key's; nothing else is checked."""
    header_of(token)
    try:
        found = jws.deserialize_compact(token, key, algorithms=[ALGORITHM], registry=_REGISTRY)
    except (JoseError, ValueError) as error:
        raise LtiProblem("token_signature", type(error).__name__) from error
    return _object(found.payload)


def _check_addressee(claims: Claims, expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise LtiProblem("token_issuer")
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    if not all(isinstance(one, str) for one in several) or expected.client_id not in several:
        raise LtiProblem("token_audience")
    if "azp" in claims and claims["azp"] != expected.client_id:
        raise LtiProblem("token_audience", "azp")
    if len(several) > 1 and "azp" not in claims:
        raise LtiProblem("token_audience", "several aud, no azp")


def _check_time(claims: Claims, now: float) -> None:
    expires, issued, begins = (_number(claims.get(name)) for name in ("exp", "iat", "nbf"))
    if expires is None or issued is None:
        raise LtiProblem("token_time", "exp or iat missing")
    if expires + LEEWAY_S <= now:
        raise LtiProblem("token_expired")
    if issued - LEEWAY_S > now:
        raise LtiProblem("token_time", "iat lies ahead")
    if issued + OLDEST_S + LEEWAY_S <= now:
        raise LtiProblem("token_expired", "iat is old")
    if begins is not None and begins - LEEWAY_S > now:
        raise LtiProblem("token_time", "nbf lies ahead")


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
    return float(value) if is_number else None  # type: ignore[arg-type]  # a number, as was just asked


def signed(claims: Mapping[str, Any], key: RSAKey) -> str:
    """Our own words, signed with our key, whose ``kid`` is in the header."""
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": key.kid}
    payload = json.dumps(claims, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM], registry=_REGISTRY)


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise LtiProblem("token_malformed", "not base64url") from error


def _object(text: bytes | None) -> Claims:
    try:
        found = json.loads(text or b"", object_pairs_hook=_once_each, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise LtiProblem("token_malformed", "not plain JSON") from error
    if not isinstance(found, dict):
        raise LtiProblem("token_malformed", "not an object")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> Claims:
    if len({name for name, _value in pairs}) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _refused(name: str) -> None:
    raise ValueError(name)
