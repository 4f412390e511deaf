"""What is asked of a provider: its configuration, its keys, and a token for a code. All through the guard."""

import base64
import json
import time
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import update

from app.core.addresses import Unreachable
from app.core.db import independent_work, session
from app.core.ids import now
from app.core.outbound import Answer
from app.core.outgoing import get_json, send
from app.core.sealing import unseal
from app.sso.models import Provider
from app.sso.problems import SignOnProblem
from app.sso.tokens import Expected, UnknownKey, claims_of

FRESH = timedelta(hours=24)
KEYS_AGAIN = timedelta(seconds=60)
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")


def discover(issuer: str) -> dict[str, Any]:
    """The provider's configuration. Raises Unreachable, or SignOnProblem for one that is not that issuer's."""
    from authlib.oidc.discovery import get_well_known_url  # see `tokens`

    told = get_json(get_well_known_url(issuer, external=True))
    if told.get("issuer") != issuer:
        raise SignOnProblem("issuer_differs")
    found: dict[str, Any] = {"issuer": issuer}
    for name in (*ADDRESSES, *OPTIONAL):
        address = told.get(name)
        if isinstance(address, str) and address.startswith(("https://", "http://")) and len(address) < 2000:
            found[name] = address
        elif name in ADDRESSES:
            raise SignOnProblem("configuration_lacks", name)
    methods = told.get("token_endpoint_auth_methods_supported")
    found["basic"] = not isinstance(methods, list) or "client_secret_basic" in methods
    found["says_issuer"] = told.get("authorization_response_iss_parameter_supported") is True
    return found


def configuration(provider: Provider) -> dict[str, Any]:
    """The configuration as it was found within a day; an older one rather than none."""
    if provider.found and provider.found_at and now() - provider.found_at < FRESH:
        return provider.found
    try:
        found = discover(provider.issuer)
    except Unreachable as error:
        if provider.found:
            return provider.found
        raise SignOnProblem("unreachable", error.code) from error
    keep(provider, found=found, found_at=now())
    return found


def keep(provider: Provider, **values: Any) -> None:
    """Note what was found, in a unit of work of its own, so that a refusal later need not ask again."""
    with independent_work():
        session.execute(update(Provider).where(Provider.id == provider.id).values(**values))
    for name, value in values.items():
        setattr(provider, name, value)


def redeem(provider: Provider, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
    """The tokens for a code."""
    told = configuration(provider)
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    fields |= {"code_verifier": verifier, "client_id": provider.client_id}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    secret = unseal(provider.secret) if provider.secret else None
    if secret and told.get("basic"):
        pair = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    elif secret:
        fields["client_secret"] = secret
    try:
        answer = send("POST", told["token_endpoint"], body=urlencode(fields).encode(), headers=headers)
    except Unreachable as error:
        raise SignOnProblem("unreachable", error.code) from error
    return _tokens(answer)


def _tokens(answer: Answer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise SignOnProblem("token_answer", f"status {answer.status}") from error
    if answer.status != 200 or not isinstance(told, dict) or not isinstance(told.get("id_token"), str):
        code = told.get("error") if isinstance(told, dict) else ""
        raise SignOnProblem("token_answer", f"status {answer.status} {str(code)[:40]}")
    return told


def believed(provider: Provider, tokens: dict[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of the id_token. New keys are fetched at most once a minute."""
    access = tokens.get("access_token")
    expected = Expected(
        provider.issuer,
        provider.client_id,
        nonce,
        int(time.time()),
        access if isinstance(access, str) else "",
    )
    try:
        return claims_of(tokens["id_token"], provider.jwks, expected)
    except UnknownKey:
        if provider.jwks_tried_at and now() - provider.jwks_tried_at < KEYS_AGAIN:
            raise SignOnProblem("token_signature") from None
    _fetch_keys(provider)
    try:
        return claims_of(tokens["id_token"], provider.jwks, expected)
    except UnknownKey:
        raise SignOnProblem("token_signature") from None


def _fetch_keys(provider: Provider) -> None:
    keep(provider, jwks_tried_at=now())
    try:
        jwks = get_json(configuration(provider)["jwks_uri"])
    except Unreachable as error:
        raise SignOnProblem("unreachable", error.code) from error
    keep(provider, jwks=jwks)


def more_about(provider: Provider, tokens: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    """The claims with those of the userinfo endpoint, where name or address are not in the token.

    What it says of another subject is not believed, and none of it replaces what was signed.
    """
    address, access = configuration(provider).get("userinfo_endpoint"), tokens.get("access_token")
    if ("name" in claims and "email" in claims) or not address or not isinstance(access, str):
        return claims
    try:
        told = get_json(address, headers={"Authorization": f"Bearer {access}"})
    except (Unreachable, ValueError):
        return claims
    return told | claims if told.get("sub") == claims["sub"] else claims
