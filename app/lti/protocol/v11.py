"""LTI 1.1: a form signed with a shared secret (OAuth 1.0a), and the proof with which 1.3 speaks of it.

Sources: LTI 1.1.2 Implementation Guide; LTI 1.3 Migration Guide (``oauth_consumer_key_sign``).
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from oauthlib.oauth1.rfc5849 import signature

from . import names
from .messages import Context, Launch, Person
from .problems import LtiProblem

SKEW_S = 300
_CHECKS = {"HMAC-SHA1": signature.verify_hmac_sha1, "HMAC-SHA256": signature.verify_hmac_sha256}


def check(url: str, pairs: Sequence[tuple[str, str]], secret: str, now: float) -> None:
    """Is the form signed with the secret, just now? Raises LtiProblem. The nonce is the caller's to use up."""
    form = dict(pairs)
    if len(form) != len(pairs):
        raise LtiProblem("token_malformed", "a parameter stands twice")
    verify = _CHECKS.get(form.get("oauth_signature_method", ""))
    if verify is None:
        raise LtiProblem("token_algorithm", form.get("oauth_signature_method", "")[:20])
    stamp = form.get("oauth_timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13 and abs(int(stamp) - now) <= SKEW_S):
        raise LtiProblem("token_expired")
    if not form.get("oauth_nonce"):
        raise LtiProblem("token_nonce")
    request = SimpleNamespace(
        uri=url,
        http_method="POST",
        params=[pair for pair in pairs if pair[0] != "oauth_signature"],
        signature=form.get("oauth_signature", ""),
    )
    if not verify(request, secret, ""):
        raise LtiProblem("token_signature")


def launch(form: Mapping[str, str]) -> Launch:
    """A checked form as the same launch that 1.3 brings."""
    if form.get("lti_message_type") != "basic-lti-launch-request":
        raise LtiProblem("message_type", form.get("lti_message_type", "")[:60])
    if form.get("lti_version") not in ("LTI-1p0", "LTI-1p1"):
        raise LtiProblem("message_version", form.get("lti_version", "")[:20])
    if not form.get("resource_link_id"):
        raise LtiProblem("message_incomplete", "resource_link_id")
    parts = (form.get("lis_person_name_given", ""), form.get("lis_person_name_family", ""))
    name = form.get("lis_person_name_full") or " ".join(part for part in parts if part)
    return Launch(
        kind=names.RESOURCE_LINK,
        deployment_id=DEPLOYMENT,
        target="",
        person=Person(
            subject=form.get("user_id", "")[:255],
            name=" ".join(name.split())[:200],
            email=form.get("lis_person_contact_email_primary", "")[:254],
        ),
        roles=tuple(role.strip() for role in form.get("roles", "").split(",") if role.strip()),
        context=Context(
            form.get("context_id", "")[:255],
            form.get("context_title", "")[:200],
            form.get("context_label", "")[:200],
        ),
        resource_link=form["resource_link_id"][:255],
        resource_title=form.get("resource_link_title", "")[:200],
        custom={
            name.removeprefix("custom_"): value for name, value in form.items() if name.startswith("custom_")
        },
        document_target=form.get("launch_presentation_document_target", "").lower(),
        return_url=form.get("launch_presentation_return_url", ""),
        platform=form.get("tool_consumer_info_product_family_code", "").lower()[:60],
        outcome_url=form.get("lis_outcome_service_url", "")[:2_000],
        outcome_id=form.get("lis_result_sourcedid", "")[:4_000],
    )


DEPLOYMENT = "lti-1.1"
ISSUER = "lti-1.1"


def proves(secret: str, said: Mapping[str, object], base: str) -> bool:
    """Does a 1.3 launch really speak for the 1.1 connection that it names?

    The sign is an HMAC-SHA256 with the shared secret over key, deployment, issuer, client, expiry and nonce.
    """
    given, key = said.get("oauth_consumer_key_sign"), said.get("oauth_consumer_key")
    if not isinstance(given, str) or not isinstance(key, str):
        return False
    made = hmac.new(secret.encode(), f"{key}&{base}".encode(), hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(made).decode(), given)
