"""A SAML provider of our own, signing by xmlsec: what a school's would say, and whatever else a test wants."""

import base64
import copy
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import xmlsec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from app.sso.saml.keys import Pair, bare, new_pair

SAML, PROTOCOL = "urn:oasis:names:tc:SAML:2.0:assertion", "urn:oasis:names:tc:SAML:2.0:protocol"
DS = "http://www.w3.org/2000/09/xmldsig#"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
PAIR, NEXT, STRANGER = (new_pair(name) for name in ("one", "next", "stranger"))


def stamp(**later: float) -> str:
    return (datetime.now(UTC) + timedelta(**later)).strftime("%Y-%m-%dT%H:%M:%SZ")


def tag(space: str, name: str) -> str:
    return f"{{{space}}}{name}"


def add(parent: Any, space: str, name: str, words: str | None = None, **values: str | None) -> Any:
    node = etree.SubElement(parent, tag(space, name))
    node.text = words
    for key, value in values.items():
        if value is not None:
            node.set(key, value)
    return node


@dataclass
class Identities:
    """``says`` are values of the next answer: None leaves something out. ``signs`` says which parts are signed."""

    issuer: str = "https://idp.school.example/saml"
    pairs: list[Pair] = field(default_factory=lambda: [PAIR])
    sign_with: Pair = PAIR
    signs: tuple[str, ...] = ("Assertion",)
    method: Any = xmlsec.Transform.RSA_SHA256
    digest: Any = xmlsec.Transform.SHA256
    encrypts_for: str = ""
    person: str = "7f2a"
    attributes: dict[str, list[str]] = field(default_factory=lambda: {"displayName": ["Mia Rossi"]})
    says: dict[str, str | None] = field(default_factory=dict)
    has: dict[str, Any] = field(default_factory=dict)
    before_signing: Callable[[Any], Any] = lambda root: root
    after_signing: Callable[[Any], Any] = lambda root: root
    count: int = 0

    def metadata(self, leaving: bool = True) -> str:
        keys = "".join(
            f'<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{bare(pair.certificate)}'
            "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            for pair in self.pairs
        )
        redirect = 'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"'
        out = f'<md:SingleLogoutService {redirect} Location="{self.issuer}/leave"/>' if leaving else ""
        return (
            '<?xml version="1.0"?><!-- made by hand --><md:EntityDescriptor '
            f'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="{DS}" entityID="{self.issuer}">'
            f'<md:IDPSSODescriptor protocolSupportEnumeration="{PROTOCOL}">{keys}{out}'
            f'<md:SingleSignOnService {redirect} Location="{self.issuer}/sign-on"/>'
            "</md:IDPSSODescriptor></md:EntityDescriptor>"
        )

    def said(self, name: str, default: str | None) -> str | None:
        return self.says.get(name, default)

    def response(self, ours: str, request_id: str | None) -> Any:
        """An answer for us, before anything is signed."""
        self.count += 1
        root = etree.Element(tag(PROTOCOL, "Response"), nsmap={"samlp": PROTOCOL, "saml": SAML})
        about = {
            "ID": f"_r{self.count}{self.person}",
            "Version": self.said("version", "2.0"),
            "IssueInstant": stamp(),
            "Destination": self.said("destination", ours),
            "InResponseTo": self.said("in_response_to", request_id),
        }
        for key, value in about.items():
            if value is not None:
                root.set(key, value)
        add(root, SAML, "Issuer", self.said("response_issuer", self.issuer))
        add(add(root, PROTOCOL, "Status"), PROTOCOL, "StatusCode", Value=self.said("status", SUCCESS))
        self.assertion(root, ours, request_id)
        return self.before_signing(root)

    def assertion(self, root: Any, ours: str, request_id: str | None) -> Any:
        name = self.said("assertion_id", f"_a{self.count}{self.person}{stamp()}")
        made = add(root, SAML, "Assertion", ID=name, Version="2.0", IssueInstant=self.said("issued", stamp()))
        add(made, SAML, "Issuer", self.said("issuer", self.issuer))
        subject = add(made, SAML, "Subject")
        add(subject, SAML, "NameID", self.person, Format=self.said("format", PERSISTENT))
        confirmation = add(subject, SAML, "SubjectConfirmation", Method=self.said("method", BEARER))
        add(
            confirmation,
            SAML,
            "SubjectConfirmationData",
            Recipient=self.said("recipient", ours),
            NotOnOrAfter=self.said("confirmed_until", stamp(minutes=5)),
            NotBefore=self.said("confirmed_from", None),
            InResponseTo=self.said("confirmed_request", request_id),
        )
        if self.has.get("conditions", True):
            conditions = add(
                made,
                SAML,
                "Conditions",
                NotBefore=self.said("valid_from", stamp(minutes=-1)),
                NotOnOrAfter=self.said("valid_until", stamp(minutes=5)),
            )
            if self.has.get("audience", True):
                restriction = add(conditions, SAML, "AudienceRestriction")
                add(restriction, SAML, "Audience", self.said("audience", ours))
        if self.has.get("statement", True):
            add(
                made,
                SAML,
                "AuthnStatement",
                AuthnInstant=stamp(),
                SessionIndex="s1",
                SessionNotOnOrAfter=self.said("session_until", None),
            )
        statement = add(made, SAML, "AttributeStatement")
        for name, values in self.attributes.items():
            attribute = add(statement, SAML, "Attribute", Name=name)
            for value in values:
                add(attribute, SAML, "AttributeValue", value)
        return made

    def signed(self, root: Any) -> Any:
        """The answer with its signatures, and encrypted where it is to be."""
        if "Assertion" in self.signs:
            self.sign(root.find(tag(SAML, "Assertion")))
        if self.encrypts_for:
            encrypt(root, self.encrypts_for)
        if "Response" in self.signs:
            self.sign(root)
        return self.after_signing(root)

    def sign(self, node: Any, method: Any = None, transforms: tuple[Any, ...] = ()) -> None:
        sealed = xmlsec.template.create(node, xmlsec.Transform.EXCL_C14N, method or self.method, ns="ds")
        node.insert(1, sealed)
        reference = xmlsec.template.add_reference(sealed, self.digest, uri=f"#{node.get('ID')}")
        for one in (xmlsec.Transform.ENVELOPED, *transforms, xmlsec.Transform.EXCL_C14N):
            xmlsec.template.add_transform(reference, one)
        xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(sealed))
        xmlsec.tree.add_ids(node.getroottree().getroot(), ["ID"])
        signing = xmlsec.SignatureContext()
        signing.key = xmlsec.Key.from_memory(self.sign_with.key, xmlsec.KeyFormat.PEM)
        signing.key.load_cert_from_memory(self.sign_with.certificate, xmlsec.KeyFormat.CERT_PEM)
        signing.sign(sealed)

    def answer(self, ours: str, request_id: str | None) -> str:
        """What the form holds that the provider's page sends."""
        made = self.signed(self.response(ours, request_id))
        data = made if isinstance(made, bytes) else etree.tostring(made)
        return base64.b64encode(data).decode()

    def leaving(self, ours: str, **changes: str) -> str:
        """The query by which the provider says that somebody signs out."""
        root = etree.Element(tag(PROTOCOL, "LogoutRequest"), nsmap={"samlp": PROTOCOL, "saml": SAML})
        values = {"ID": "_l1", "Version": "2.0", "IssueInstant": stamp(), "Destination": ours}
        for key, value in (values | changes).items():
            root.set(key, value)
        add(root, SAML, "Issuer", self.issuer)
        add(root, SAML, "NameID", self.person, Format=PERSISTENT)
        add(root, PROTOCOL, "SessionIndex", "s1")
        return self.query("SAMLRequest", etree.tostring(root))

    def query(self, name: str, message: bytes) -> str:
        packed = zlib.compress(message)[2:-4]
        pairs = {name: base64.b64encode(packed).decode(), "RelayState": "back & forth"}
        plain = urlencode(pairs | {"SigAlg": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"})
        key = serialization.load_pem_private_key(self.sign_with.key.encode(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        made = key.sign(plain.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{plain}&{urlencode({'Signature': base64.b64encode(made).decode()})}"


def encrypt(root: Any, certificate: str) -> None:
    """Put the assertion into an EncryptedAssertion, as Shibboleth does."""
    assertion = root.find(tag(SAML, "Assertion"))
    at = root.index(assertion)
    wrapping = etree.Element(tag(SAML, "EncryptedAssertion"))
    root.remove(assertion)
    assertion = etree.fromstring(etree.tostring(copy.deepcopy(assertion)))
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM))
    data = xmlsec.template.encrypted_data_create(
        root, xmlsec.Transform.AES128_GCM, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    key = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 128, xmlsec.KeyDataType.SESSION)
    wrapping.append(context.encrypt_xml(data, assertion))
    root.insert(at, wrapping)


def asked(location: str) -> tuple[Any, dict[str, str]]:
    """The message in the address to which we sent the browser, and the other fields."""
    fields = {key: values[0] for key, values in parse_qs(urlsplit(location).query).items()}
    packed = base64.b64decode(fields["SAMLRequest"])
    return etree.fromstring(zlib.decompress(packed, -15)), fields
