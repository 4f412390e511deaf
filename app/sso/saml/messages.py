"""What we send by the browser's address, and what comes back by it: requests, and signing out."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from lxml import etree

from app.sso.problems import SignOnProblem

from . import answers
from .markup import (
    POST,
    PROTOCOL,
    SAML,
    SUCCESS,
    Element,
    children,
    moment,
    only,
    parsed,
    tag,
    text,
    written,
)
from .packing import decoded, deflated, inflated
from .signatures import UnknownKey
from .signed_addresses import check_query, signed_query

_SPACES = {"samlp": PROTOCOL, "saml": SAML}


@dataclass(frozen=True)
class LeavingRequest:
    """A provider says that somebody signs out: whom it means, in which of its sessions."""

    identifier: str
    name_id: str
    sessions: frozenset[str]


def new_id() -> str:
    """An id that nobody guesses; xs:ID begins with no digit."""
    return f"_{secrets.token_hex(24)}"


def _message(name: str, identifier: str, issuer: str, destination: str, now: datetime) -> Element:
    root = etree.Element(tag(PROTOCOL, name), nsmap=_SPACES)
    said = {"ID": identifier, "Version": "2.0", "IssueInstant": written(now), "Destination": destination}
    for key, value in said.items():
        root.set(key, value)
    etree.SubElement(root, tag(SAML, "Issuer")).text = issuer
    return root


def sign_on_request(identifier: str, issuer: str, destination: str, answers_to: str, now: datetime) -> bytes:
    """“Who is this? Answer there.”"""
    root = _message("AuthnRequest", identifier, issuer, destination, now)
    root.set("AssertionConsumerServiceURL", answers_to)
    root.set("ProtocolBinding", POST)
    etree.SubElement(root, tag(PROTOCOL, "NameIDPolicy"), AllowCreate="true")
    return bytes(etree.tostring(root))


def leaving_request(
    issuer: str, destination: str, name_id: Mapping[str, str], session_index: str, now: datetime
) -> bytes:
    """“They sign out.”"""
    root = _message("LogoutRequest", new_id(), issuer, destination, now)
    node = etree.SubElement(root, tag(SAML, "NameID"))
    node.text = name_id["value"]
    for name in ("Format", "NameQualifier", "SPNameQualifier"):
        if name_id.get(name):
            node.set(name, name_id[name])
    if session_index:
        etree.SubElement(root, tag(PROTOCOL, "SessionIndex")).text = session_index
    return bytes(etree.tostring(root))


def leaving_answer(issuer: str, destination: str, request_id: str, now: datetime) -> bytes:
    """“They are signed out here.”"""
    root = _message("LogoutResponse", new_id(), issuer, destination, now)
    root.set("InResponseTo", request_id)
    status = etree.SubElement(root, tag(PROTOCOL, "Status"))
    etree.SubElement(status, tag(PROTOCOL, "StatusCode"), Value=SUCCESS)
    return bytes(etree.tostring(root))


def address_with(
    address: str, field: str, message: bytes, relay_state: str, key_pem: str, *, signs: bool = True
) -> str:
    """The address that carries a message, signed where it has to be."""
    from urllib.parse import urlencode

    pairs = [(field, deflated(message)), *([("RelayState", relay_state)] if relay_state else [])]
    query = signed_query(pairs, key_pem) if signs else urlencode(pairs)
    return f"{address}{'&' if '?' in address else '?'}{query}"


def signed_field(query: str, field: str, certificates: Sequence[str]) -> Element:
    """The message in an address's query, whose signature is that of the provider, over the bytes as they came."""
    raw: dict[str, str] = {}
    for part in query.split("&"):
        name, _equals, value = part.partition("=")
        if name in raw:
            raise SignOnProblem("saml_signature", "twice")
        raw[name] = value
    if not {"SigAlg", "Signature"} <= raw.keys():
        raise SignOnProblem("saml_unsigned")
    signed = "&".join(f"{name}={raw[name]}" for name in (field, "RelayState", "SigAlg") if name in raw)
    try:
        check_query(signed, unquote_plus(raw["SigAlg"]), decoded(_plain(raw["Signature"])), certificates)
    except UnknownKey as error:
        raise SignOnProblem("saml_signature", "key") from error
    return parsed(inflated(_plain(raw[field])))


def _plain(value: str) -> str:
    return unquote_plus(value.replace("+", "%2B"))


def leaving_asked(root: Element, issuer: str, address: str, now: datetime) -> LeavingRequest:
    """What a provider's LogoutRequest asks, if it is for us and not too old."""
    if root.tag != tag(PROTOCOL, "LogoutRequest") or root.get("Version") != "2.0" or not root.get("ID"):
        raise SignOnProblem("saml_malformed", "no logout request")
    if text(only(root, SAML, "Issuer", "saml_issuer")) != issuer:
        raise SignOnProblem("saml_issuer")
    if root.get("Destination") != address:
        raise SignOnProblem("saml_destination")
    issued, ends = (moment(root.get(name), "saml_time") for name in ("IssueInstant", "NotOnOrAfter"))
    if issued is None or abs(issued - now) > answers.SKEW * 5 or (ends and ends <= now - answers.SKEW):
        raise SignOnProblem("saml_time")
    sessions = frozenset(map(text, children(root, PROTOCOL, "SessionIndex"))) - {""}
    return LeavingRequest(root.get("ID"), text(only(root, SAML, "NameID", "saml_subject")), sessions)
