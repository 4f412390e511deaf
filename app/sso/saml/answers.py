"""Whether a provider's answer may be believed, and what it says of whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.sso.problems import SignOnProblem

from . import decrypting
from .markup import PROTOCOL, SAML, SUCCESS, Element, children, moment, only, parsed, tag, text
from .signatures import check_places, signature_of, verified

SKEW = timedelta(seconds=60)
OLDEST = timedelta(hours=24)
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_KNOWN_CONDITIONS = {tag(SAML, name) for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}


@dataclass(frozen=True)
class Expected:
    """What an answer has to say to be for us, now. ``request_id`` is empty where the provider began."""

    issuer: str
    audience: str
    address: str
    request_id: str
    now: datetime
    certificates: Sequence[str]
    own_key: str


@dataclass(frozen=True)
class Said:
    """What the provider says: who it is (``name_id``), and what it knows of them by the attributes' names."""

    assertion_id: str
    expires: datetime
    name_id: dict[str, str]
    session_index: str
    attributes: dict[str, list[str]] = field(default_factory=dict)

    def first(self, names: str) -> str:
        """The first value of the first attribute of those named that has one."""
        return next((value for name in names.split() for value in self.attributes.get(name, []) if value), "")


def said(data: bytes, expected: Expected) -> Said:
    """What an answer says. Raises SignOnProblem, or UnknownKey where newer metadata could help."""
    root = parsed(data)
    if root.tag != tag(PROTOCOL, "Response"):
        raise SignOnProblem("saml_malformed", "no response")
    _check_status(root)
    check_places(root)
    is_signed = signature_of(root) is not None
    trusted = verified(root, expected.certificates) if is_signed else root
    _check_envelope(trusted, expected)
    return _read(_assertion(trusted, is_signed, expected), expected)


def _check_status(root: Element) -> None:
    """A refusal is mostly not signed; it lets nobody in, so it may be told as it is."""
    code = only(only(root, PROTOCOL, "Status", "saml_malformed"), PROTOCOL, "StatusCode", "saml_malformed")
    if code.get("Value") != SUCCESS:
        inner = [one.get("Value", "") for one in code.iter(tag(PROTOCOL, "StatusCode"))][-1]
        raise SignOnProblem("refused_there", inner.rpartition(":")[2][:40])


def _check_envelope(root: Element, expected: Expected) -> None:
    issuers = children(root, SAML, "Issuer")
    if len(issuers) > 1 or (issuers and text(issuers[0]) != expected.issuer):
        raise SignOnProblem("saml_issuer")
    if root.get("Version") != "2.0":
        raise SignOnProblem("saml_malformed", "version")
    if root.get("Destination", expected.address) != expected.address:
        raise SignOnProblem("saml_destination")
    if root.get("InResponseTo", "") != expected.request_id:
        raise SignOnProblem("saml_request")


def _assertion(root: Element, is_signed: bool, expected: Expected) -> Element:
    """The one assertion of the message, covered by a signature of its own or by the message's."""
    plain, sealed = (list(root.iter(tag(SAML, name))) for name in ("Assertion", "EncryptedAssertion"))
    if len(plain) + len(sealed) != 1 or (plain or sealed)[0].getparent() is not root:
        raise SignOnProblem("saml_assertions")
    found = plain[0] if plain else decrypting.assertion_in(sealed[0], expected.own_key, is_signed=is_signed)
    check_nested(found)
    if signature_of(found) is not None:
        return verified(found, expected.certificates)
    if not is_signed:
        raise SignOnProblem("saml_unsigned")
    return found


def check_nested(assertion: Element) -> None:
    """No second assertion within, also not in one that was encrypted."""
    if len(list(assertion.iter(tag(SAML, "Assertion"), tag(SAML, "EncryptedAssertion")))) != 1:
        raise SignOnProblem("saml_assertions")


def _read(assertion: Element, expected: Expected) -> Said:
    identifier = assertion.get("ID", "")
    if not identifier or assertion.get("Version") != "2.0":
        raise SignOnProblem("saml_malformed", "assertion")
    if text(only(assertion, SAML, "Issuer", "saml_issuer")) != expected.issuer:
        raise SignOnProblem("saml_issuer")
    issued = moment(assertion.get("IssueInstant"), "saml_time")
    if issued is None or issued > expected.now + SKEW or issued < expected.now - OLDEST:
        raise SignOnProblem("saml_time", "issued")
    _check_conditions(assertion, expected)
    subject = only(assertion, SAML, "Subject", "saml_subject")
    expires = _confirmed_until(subject, expected)
    return Said(
        identifier, expires, _name_id(subject), _session_index(assertion, expected), _attributes(assertion)
    )


def _check_conditions(assertion: Element, expected: Expected) -> None:
    conditions = only(assertion, SAML, "Conditions", "saml_audience")
    if any(child.tag not in _KNOWN_CONDITIONS for child in conditions):
        raise SignOnProblem("saml_condition")
    _check_times(conditions, expected)
    restrictions = children(conditions, SAML, "AudienceRestriction")
    for restriction in restrictions:
        if expected.audience not in map(text, children(restriction, SAML, "Audience")):
            raise SignOnProblem("saml_audience")
    if not restrictions:
        raise SignOnProblem("saml_audience", "none")


def _check_times(node: Element, expected: Expected) -> None:
    begins, ends = (moment(node.get(name), "saml_time") for name in ("NotBefore", "NotOnOrAfter"))
    if begins and begins > expected.now + SKEW:
        raise SignOnProblem("saml_time", "not yet")
    if ends and ends <= expected.now - SKEW:
        raise SignOnProblem("saml_time", "over")


def _confirmed_until(subject: Element, expected: Expected) -> datetime:
    """Until when the bearer of the assertion is believed; raises what is wrong with the last confirmation."""
    problem = SignOnProblem("saml_confirmation")
    for confirmation in children(subject, SAML, "SubjectConfirmation"):
        if confirmation.get("Method") != _BEARER:
            continue
        try:
            return _confirmed(
                only(confirmation, SAML, "SubjectConfirmationData", "saml_confirmation"), expected
            )
        except SignOnProblem as found:
            problem = found
    raise problem


def _confirmed(data: Element, expected: Expected) -> datetime:
    ends = moment(data.get("NotOnOrAfter"), "saml_time")
    if data.get("Recipient") != expected.address or ends is None:
        raise SignOnProblem("saml_confirmation", "recipient")
    if data.get("InResponseTo", "") != expected.request_id:
        raise SignOnProblem("saml_request")
    _check_times(data, expected)
    return ends


def _name_id(subject: Element) -> dict[str, str]:
    found = children(subject, SAML, "NameID")
    if len(found) > 1 or children(subject, SAML, "EncryptedID"):
        raise SignOnProblem("saml_subject")
    if not found:
        return {}
    names = ("Format", "NameQualifier", "SPNameQualifier")
    kept = {name: found[0].get(name, "")[:1000] for name in names if found[0].get(name)}
    return {"value": text(found[0])[:1000], **kept}


def _session_index(assertion: Element, expected: Expected) -> str:
    statements = children(assertion, SAML, "AuthnStatement")
    if not statements:
        raise SignOnProblem("saml_statement")
    for statement in statements:
        ends = moment(statement.get("SessionNotOnOrAfter"), "saml_time")
        if ends and ends <= expected.now - SKEW:
            raise SignOnProblem("saml_time", "session")
    return str(statements[0].get("SessionIndex", ""))[:1000]


def _attributes(assertion: Element) -> dict[str, list[str]]:
    """Values by name; by the friendly name only where no attribute is really called so."""
    by_name: dict[str, list[str]] = {}
    friendly: dict[str, list[str]] = {}
    for statement in children(assertion, SAML, "AttributeStatement"):
        for attribute in children(statement, SAML, "Attribute"):
            values = [value for one in children(attribute, SAML, "AttributeValue") if (value := _value(one))]
            by_name.setdefault(attribute.get("Name", ""), []).extend(values)
            friendly.setdefault(attribute.get("FriendlyName", ""), []).extend(values)
    return friendly | by_name


def _value(node: Element) -> str:
    """A value's words; some identifiers stand in a NameID within."""
    inner = children(node, SAML, "NameID")
    return text(inner[0] if len(inner) == 1 and len(node) == 1 else node)[:2000]
