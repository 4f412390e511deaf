"""Dynamic Registration 1.0: an LMS registers us by itself, from a one-time link."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from app.core.hosts import host_of

from . import names
from .problems import LtiProblem

_PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
_TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
_URLS = {
    "auth_url": "authorization_endpoint",
    "token_url": "token_endpoint",
    "jwks_url": "jwks_uri",
    "registration_url": "registration_endpoint",
}
# Hosted products share one issuer among schools, so their configuration lies on the school's own host.
_SHARED_ISSUERS = {
    "https://canvas.instructure.com": (".instructure.com",),
    "https://canvas.beta.instructure.com": (".instructure.com",),
    "https://canvas.test.instructure.com": (".instructure.com",),
    "https://blackboard.com": (".blackboard.com",),
}


def configuration(found: Mapping[str, Any], url: str) -> dict[str, str]:
    """The addresses of an LMS from its OpenID configuration, fetched from ``url``.

    The issuer has to be at home where its configuration is; else anybody could register as somebody's LMS.
    """
    issuer = found.get("issuer")
    if not isinstance(issuer, str) or not _is_at_home(issuer, url):
        raise LtiProblem("registration_issuer")
    values = {"issuer": issuer}
    for ours, theirs in _URLS.items():
        value = found.get(theirs)
        if not isinstance(value, str) or not host_of(value):
            raise LtiProblem("registration_incomplete", theirs)
        values[ours] = value
    if not _same_place(values["registration_url"], url):
        raise LtiProblem("registration_issuer", "registration_endpoint")
    algorithms = found.get("id_token_signing_alg_values_supported")
    if isinstance(algorithms, list) and "RS256" not in algorithms:
        raise LtiProblem("registration_incomplete", "RS256")
    told = found.get(_PLATFORM)
    product = told.get("product_family_code") if isinstance(told, dict) else ""
    audience = found.get("authorization_server")
    return values | {
        "platform": str(product or "").lower()[:60],
        "token_audience": audience[:500] if isinstance(audience, str) else "",
    }


def _is_at_home(issuer: str, url: str) -> bool:
    host = urlsplit(url).hostname or ""
    shared = _SHARED_ISSUERS.get(issuer.rstrip("/"), ())
    return _same_place(issuer, url) or any(host.endswith(ending) for ending in shared)


def _same_place(one: str, other: str) -> bool:
    return bool(host_of(one)) and host_of(one) == host_of(other)


def further_scopes(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Rights that not every LMS knows, and that we ask for only where it does: its groups, its notices."""
    scopes = found.get("scopes_supported")
    known = scopes if isinstance(scopes, list) else []
    return tuple(scope for scope in (names.GROUPS_READ, names.NOTICE_HANDLERS) if scope in known)


def request(
    origin: str, *, name: str, description: str, hides_names: bool = False, scopes: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What we tell the LMS about us: addresses, messages, and no more rights and claims than are used.

    ``scopes`` are those beyond what every LMS knows.
    """
    claims = ["iss", "sub"] if hides_names else ["iss", "sub", "name", "given_name", "family_name", "email"]
    launch = f"{origin}/lti/launch"
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": f"{origin}/lti/login",
        "redirect_uris": [launch],
        "client_name": name,
        "jwks_uri": f"{origin}/lti/jwks",
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join((*names.SCOPES, *scopes)),
        _TOOL: {
            "domain": urlsplit(origin).netloc,
            "description": description,
            "target_link_uri": launch,
            "claims": claims,
            "custom_parameters": {
                "context_history": "$Context.id.history",
                "resource_link_history": "$ResourceLink.id.history",
                "groups": "$Moodle.Person.userGroupIds",
            },
            "messages": [
                {"type": names.RESOURCE_LINK, "target_link_uri": launch, "label": name},
                {
                    "type": names.DEEP_LINK,
                    "target_link_uri": f"{origin}/lti/deep-link",
                    "label": name,
                    "placements": ["link_selection", "assignment_selection"],
                },
                {"type": names.SUBMISSION_REVIEW, "target_link_uri": launch, "label": name},
            ],
        },
    }


def made(answer: Mapping[str, Any]) -> tuple[str, str]:
    """The client id that the LMS gave us, and the deployment if it named one."""
    client_id = answer.get("client_id")
    if not isinstance(client_id, str) or not 0 < len(client_id) <= 255:
        raise LtiProblem("registration_refused", "client_id")
    tool = answer.get(_TOOL)
    deployment = tool.get("deployment_id") if isinstance(tool, dict) else None
    return client_id, str(deployment)[:255] if isinstance(deployment, str | int) else ""
