"""What we say of us in our metadata."""

from typing import Any

from lxml import etree

from . import keys
from .markup import METADATA, POST, PROTOCOL, REDIRECT, SIGNATURE, tag

NAME_ID = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


def own(entity_id: str, answers: str, logout: str, certificate: str, *, signs: bool) -> bytes:
    """Our metadata for a provider: where answers go, how we sign, and that assertions are to be signed."""
    spaces: dict[Any, str] = {None: METADATA, "ds": SIGNATURE}
    root = etree.Element(tag(METADATA, "EntityDescriptor"), nsmap=spaces)
    root.set("entityID", entity_id)
    role = etree.SubElement(root, tag(METADATA, "SPSSODescriptor"))
    role.set("protocolSupportEnumeration", PROTOCOL)
    role.set("AuthnRequestsSigned", "true" if signs else "false")
    role.set("WantAssertionsSigned", "true")
    for use in ("signing", "encryption"):
        key = etree.SubElement(role, tag(METADATA, "KeyDescriptor"), use=use)
        info = etree.SubElement(etree.SubElement(key, tag(SIGNATURE, "KeyInfo")), tag(SIGNATURE, "X509Data"))
        etree.SubElement(info, tag(SIGNATURE, "X509Certificate")).text = keys.bare(certificate)
        if use == "encryption":
            for method in (
                "http://www.w3.org/2009/xmlenc11#aes256-gcm",
                "http://www.w3.org/2009/xmlenc11#aes128-gcm",
            ):
                etree.SubElement(key, tag(METADATA, "EncryptionMethod"), Algorithm=method)
    etree.SubElement(role, tag(METADATA, "SingleLogoutService"), Binding=REDIRECT, Location=logout)
    etree.SubElement(role, tag(METADATA, "NameIDFormat")).text = NAME_ID
    address = etree.SubElement(
        role, tag(METADATA, "AssertionConsumerService"), Binding=POST, Location=answers
    )
    address.set("index", "0")
    address.set("isDefault", "true")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
