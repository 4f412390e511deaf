"""XML as SAML allows it: small, plain, with nothing in it that one reader sees and another does not."""

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from app.sso.problems import SignOnProblem

LARGEST = 300_000
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
NAMES = {"saml": SAML, "samlp": PROTOCOL, "md": METADATA, "ds": SIGNATURE, "xenc": ENCRYPTION}

Element = Any


def parsed(data: bytes, *, plain: bool = True) -> Element:
    """The root of a document. No DTD, no entities, nothing from the network; ``plain``: no comments either.

    A comment splits a text in two, and readers differ in what they take then; so a message has none.
    """
    if len(data) > LARGEST:
        raise SignOnProblem("saml_too_large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SignOnProblem("saml_malformed") from error
    tree = root.getroottree()
    about: Any = tree.docinfo
    if about.doctype or about.internalDTD is not None:
        raise SignOnProblem("saml_markup", "DTD")
    if plain and any(not isinstance(node.tag, str) for node in tree.iter()):
        raise SignOnProblem("saml_markup", "comment")
    return root


def tag(namespace: str, name: str) -> str:
    """How lxml writes a name."""
    return f"{{{namespace}}}{name}"


def children(node: Element, namespace: str, name: str) -> list[Element]:
    """Children of that name, and only children."""
    return list(node.iterchildren(tag(namespace, name)))


def only(node: Element, namespace: str, name: str, code: str) -> Element:
    """The one child of that name; several or none are a problem."""
    found = children(node, namespace, name)
    if len(found) != 1:
        raise SignOnProblem(code, name)
    return found[0]


def text(node: Element) -> str:
    """A node's words; what has elements in it has none."""
    return "" if len(node) else (node.text or "").strip()


def moment(value: str | None, code: str) -> datetime | None:
    """An xs:dateTime in UTC."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise SignOnProblem(code, "no time") from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def written(moment: datetime) -> str:
    """A time as SAML writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
