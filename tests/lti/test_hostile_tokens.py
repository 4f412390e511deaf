"""Forged and misdirected tokens: each launch is right but for one thing, and nobody is let in.

The rows of the library survey (replays, old nonces, algorithms, keys, addressees, times) and more. Each attack is a
launch that is right but for one thing.
"""

import base64
import hashlib
import hmac
import json
import time

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from .attacks import STRANGER_KEY, refused
from .lms import KEY, unsigned


def with_header(claims: dict, header: dict, key=KEY) -> str:
    registry = jws.JWSRegistry(algorithms=["RS256", "ES256", "HS256"], strict_check_header=False)
    registry.max_header_length = 4000
    return jws.serialize_compact(
        header, json.dumps(claims).encode(), key, algorithms=["RS256", "ES256", "HS256"], registry=registry
    )


def twice(claims: dict) -> str:
    payload = json.dumps(claims)[:-1] + f', "sub": "lee-1", "nonce": {json.dumps(claims["nonce"])}}}'
    return jws.serialize_compact({"alg": "RS256", "kid": KEY.kid}, payload.encode(), KEY)


def hmac_with_public_key(claims: dict) -> str:
    """The classic: the public key, which everybody has, used as the secret of an HMAC."""
    parts = [json.dumps({"alg": "HS256", "kid": KEY.kid}), json.dumps(claims)]
    signed = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    mac = hmac.new(KEY.as_pem(private=False), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def tampered(claims: dict) -> str:
    head, _body, signature = with_header(claims, {"alg": "RS256", "kid": KEY.kid}).split(".")
    other = with_header(claims | {"sub": "lee-1"}, {"alg": "RS256", "kid": KEY.kid}).split(".")[1]
    return ".".join([head, other, signature])


FORGED = {
    "alg none": (unsigned, "token_algorithm"),
    "HS256 with the public key": (hmac_with_public_key, "token_algorithm"),
    "ES256": (
        lambda c: with_header(c, {"alg": "ES256", "kid": KEY.kid}, ECKey.generate_key("P-256")),
        "token_algorithm",
    ),
    "no kid": (lambda c: with_header(c, {"alg": "RS256"}), "token_without_kid"),
    "unknown kid": (lambda c: with_header(c, {"alg": "RS256", "kid": "no-such"}), "key_unknown"),
    "another key under a known kid": (
        lambda c: with_header(c, {"alg": "RS256", "kid": KEY.kid}, STRANGER_KEY),
        "token_signature",
    ),
    "brings its own key": (
        lambda c: with_header(
            c, {"alg": "RS256", "kid": KEY.kid, "jwk": STRANGER_KEY.as_dict(private=False)}, STRANGER_KEY
        ),
        "token_header",
    ),
    "names its own key set": (
        lambda c: with_header(c, {"alg": "RS256", "kid": KEY.kid, "jku": "https://evil.example/jwks"}),
        "token_header",
    ),
    "x5u": (
        lambda c: with_header(c, {"alg": "RS256", "kid": KEY.kid, "x5u": "https://e.example"}),
        "token_header",
    ),
    "a claim stands twice": (twice, "token_malformed"),
    "tampered": (tampered, "token_signature"),
    "not a token": (lambda _c: "abc", "token_malformed"),
    "empty": (lambda _c: "", "token_malformed"),
    "not base64": (lambda _c: "ä.b.c", "token_malformed"),
    "a megabyte": (
        lambda c: with_header(c | {"x": "y" * 95_000}, {"alg": "RS256", "kid": KEY.kid}),
        "token_malformed",
    ),
    "a list": (
        lambda _c: jws.serialize_compact({"alg": "RS256", "kid": KEY.kid}, b"[]", KEY),
        "token_malformed",
    ),
    "deep": (
        lambda _c: jws.serialize_compact({"alg": "RS256", "kid": KEY.kid}, b'{"a":' + b"[" * 40_000, KEY),
        "token_malformed",
    ),
}


@pytest.mark.lti(row=4)
def test_a_forged_token_opens_nothing(ana, lms):
    for name, (forge, code) in FORGED.items():
        asked = ana.asked()
        token = forge(lms.claims(asked["nonce"]))
        refused(ana.post({"state": asked["state"], "id_token": token}), code, name)


NOW = time.time
WRONG = {
    "another issuer": ({"iss": "https://evil.example"}, "token_issuer"),
    "issuer with a slash": ({"iss": "SLASH"}, "token_issuer"),
    "no issuer": ({"iss": None}, "token_issuer"),
    "for somebody else": ({"aud": "client-9"}, "token_audience"),
    "for nobody": ({"aud": []}, "token_audience"),
    "no audience": ({"aud": None}, "token_audience"),
    "several without azp": ({"aud": ["client-1", "other"]}, "token_audience"),
    "several, azp another": ({"aud": ["client-1", "other"], "azp": "other"}, "token_audience"),
    "one, azp another": ({"azp": "other"}, "token_audience"),
    "audience of numbers": ({"aud": ["client-1", 7]}, "token_audience"),
    "no exp": ({"exp": None}, "token_time"),
    "no iat": ({"iat": None}, "token_time"),
    "exp is a word": ({"exp": "tomorrow"}, "token_time"),
    "exp is true": ({"exp": True}, "token_time"),
    "expired": ({"exp": -70}, "token_expired"),
    "iat a day old": ({"iat": -86_400}, "token_expired"),
    "iat ahead": ({"iat": 90}, "token_time"),
    "not before soon": ({"nbf": 300}, "token_time"),
    "another nonce": ({"nonce": "other"}, "token_nonce"),
    "no nonce": ({"nonce": None}, "token_nonce"),
    "another version": ({"version": "1.1.0"}, "message_version"),
    "no version": ({"version": None}, "message_version"),
    "another message": ({"message_type": "LtiStartAssessment"}, "message_type"),
    "no message": ({"message_type": None}, "message_type"),
    "no deployment": ({"deployment_id": None}, "message_incomplete"),
    "no target": ({"target_link_uri": None}, "message_incomplete"),
    "no link": ({"resource_link": {}}, "message_incomplete"),
    "subject is a number": ({"sub": 7}, "message_incomplete"),
    "foreign target": ({"target_link_uri": "https://evil.example/lti/launch"}, "foreign_target"),
    "own host, another path": ({"target_link_uri": "http://localhost/admin"}, "foreign_target"),
}
SECONDS = {"exp", "iat", "nbf"}


@pytest.mark.lti(row=5)
@pytest.mark.lti(row=6)
@pytest.mark.lti(row=9)
def test_a_token_that_is_not_meant_for_this_launch_opens_nothing(ana, lms):
    for name, (given, code) in WRONG.items():
        changes = {
            key: int(NOW()) + value if key in SECONDS and type(value) is int else value
            for key, value in given.items()
        }
        if changes.get("iss") == "SLASH":
            changes["iss"] = f"{lms.address}/"
        refused(ana.launch(**changes), code, name)


@pytest.mark.lti(row=5)
def test_legal_audiences_are_let_in(lee):
    both = {"aud": ["other", "client-1"], "azp": "client-1"}
    for changes in ({"aud": ["client-1"]}, both, {"azp": "client-1"}):
        assert lee.as_teacher(**changes).status_code == 303, changes


@pytest.mark.lti(row=6)
def test_a_clock_may_be_a_minute_off(lee):
    for claim, seconds in (("exp", -30), ("iat", 45), ("iat", -500)):
        assert lee.as_teacher(**{claim: int(NOW()) + seconds}).status_code == 303, (claim, seconds)
