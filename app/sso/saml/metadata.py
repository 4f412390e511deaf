"""What a provider says of itself in its metadata."""

import textwrap
from typing import Any

from app.sso.problems import SignOnProblem

from . import keys
from .markup import METADATA, REDIRECT, SIGNATURE, Element, children, parsed, tag

_MOST_CERTIFICATES = 10


def provider_in(data: bytes) -> dict[str, Any]:
    """Entity id, addresses and certificates of the provider that the metadata are about."""
    descriptor = _descriptor(parsed(data, plain=False))
    role = next(iter(children(descriptor, METADATA, "IDPSSODescriptor")), None)
    issuer = descriptor.get("entityID", "")
    if role is None or not issuer or len(issuer) > 500:
        raise SignOnProblem("metadata_lacks", "IDPSSODescriptor")
    found: dict[str, Any] = {"issuer": issuer, "certificates": _certificates(role)}
    found["sign_on"] = _address(role, "SingleSignOnService")
    if not found["sign_on"]:
        raise SignOnProblem("metadata_lacks", "SingleSignOnService HTTP-Redirect")
    if not found["certificates"]:
        raise SignOnProblem("metadata_lacks", "X509Certificate")
    if leaving := _address(role, "SingleLogoutService"):
        found["end_session_endpoint"] = leaving
        found["logout_answers"] = _address(role, "SingleLogoutService", "ResponseLocation") or leaving
    found["wants_signed"] = role.get("WantAuthnRequestsSigned") in ("true", "1")
    return found


def _descriptor(root: Element) -> Element:
    if root.tag == tag(METADATA, "EntityDescriptor"):
        return root
    found = [one for one in root.iter(tag(METADATA, "EntityDescriptor")) if _is_provider(one)]
    if root.tag != tag(METADATA, "EntitiesDescriptor") or len(found) != 1:
        raise SignOnProblem("metadata_many")
    return found[0]


def _is_provider(descriptor: Element) -> bool:
    return bool(children(descriptor, METADATA, "IDPSSODescriptor"))


def _address(role: Element, service: str, name: str = "Location") -> str:
    for one in children(role, METADATA, service):
        address = one.get(name, "")
        if (
            one.get("Binding") == REDIRECT
            and address.startswith(("https://", "http://"))
            and len(address) < 2000
        ):
            return str(address)
    return ""


def _certificates(role: Element) -> list[str]:
    """Certificates of keys that sign; several while a provider changes from one to the next."""
    found: list[str] = []
    for descriptor in children(role, METADATA, "KeyDescriptor"):
        if descriptor.get("use", "signing") != "signing":
            continue
        for node in descriptor.iter(tag(SIGNATURE, "X509Certificate")):
            pem = _pem("".join((node.text or "").split()))
            if pem not in found and keys.usable(pem):
                found.append(pem)
    return found[:_MOST_CERTIFICATES]


def _pem(bare: str) -> str:
    lines = "\n".join(textwrap.wrap(bare, 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"
