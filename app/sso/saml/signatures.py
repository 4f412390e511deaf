"""Signatures of a provider in XML.

What an XML signature covers is handed back as it was signed, and nothing else of the message is read: elements that
were wrapped around it, or copied beside it, are not there any more.
"""

from collections.abc import Sequence

from cryptography import x509

from app.sso.problems import SignOnProblem

from .markup import PROTOCOL, SAML, SIGNATURE, Element, children, parsed, tag

STRONG = ("SHA256", "SHA384", "SHA512")
TRANSFORMS = {
    f"{SIGNATURE}enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/2006/12/xml-c14n11",
}


class UnknownKey(Exception):
    """No certificate of the provider fits; it may have changed them since."""


def signature_of(node: Element) -> Element | None:
    """The signature over a message or an assertion, if it is of the one form that SAML knows."""
    found = children(node, SIGNATURE, "Signature")
    if not found:
        return None
    references = found[0].findall(f"{tag(SIGNATURE, 'SignedInfo')}/{tag(SIGNATURE, 'Reference')}")
    if len(found) > 1 or len(references) != 1 or len(list(found[0].iter(tag(SIGNATURE, "Reference")))) != 1:
        raise SignOnProblem("saml_signature", "form")
    reference = references[0]
    transforms = {one.get("Algorithm") for one in reference.iter(tag(SIGNATURE, "Transform"))}
    if not node.get("ID") or reference.get("URI") != f"#{node.get('ID')}" or transforms - TRANSFORMS:
        raise SignOnProblem("saml_signature", "reference")
    return found[0]


def check_places(root: Element) -> None:
    """Signatures only of the message and of the assertion in it, and every ID once."""
    places = {tag(PROTOCOL, "Response"), tag(SAML, "Assertion")}
    for found in root.iter(tag(SIGNATURE, "Signature")):
        parent = found.getparent()
        if (
            parent is None
            or parent.tag not in places
            or (parent is not root and parent.getparent() is not root)
        ):
            raise SignOnProblem("saml_signature", "place")
    ids = [value for node in root.iter() for name, value in node.items() if _is_id(name)]
    if len(ids) != len(set(ids)):
        raise SignOnProblem("saml_signature", "two of one ID")


def _is_id(name: str) -> bool:
    return name.rpartition("}")[2].lower() == "id"


def verified(node: Element, certificates: Sequence[str]) -> Element:
    """The node as it was signed. Raises UnknownKey where none of the provider's keys made the signature."""
    from lxml.etree import LxmlError
    from signxml.exceptions import InvalidDigest, SignXMLException

    if not certificates:
        raise UnknownKey
    failed: Exception | None = None
    for pem in certificates:
        try:
            result = _verified_with(node, x509.load_pem_x509_certificate(pem.encode()))
        except InvalidDigest as error:
            raise SignOnProblem("saml_signature", "changed since") from error
        except (SignXMLException, LxmlError, ValueError, TypeError, NotImplementedError) as error:
            failed = error
            continue
        found = parsed(result)
        if found.tag != node.tag or found.get("ID") != node.get("ID"):
            raise SignOnProblem("saml_signature", "of something else")
        return found
    if _is_about_the_key(failed):
        raise UnknownKey from failed
    raise SignOnProblem("saml_signature", type(failed).__name__) from failed


def _is_about_the_key(failed: Exception | None) -> bool:
    return type(failed).__name__ == "InvalidSignature"


def _verified_with(node: Element, certificate: x509.Certificate) -> bytes:
    from signxml.algorithms import DigestAlgorithm, SignatureMethod
    from signxml.verifier import SignatureConfiguration, XMLVerifier

    wanted = SignatureConfiguration(
        location="./",
        signature_methods=frozenset(
            one
            for one in SignatureMethod
            if one.name.startswith(("RSA_", "ECDSA_")) and one.name.endswith(STRONG)
        ),
        digest_algorithms=frozenset(one for one in DigestAlgorithm if one.name in STRONG),
        ignore_ambiguous_key_info=True,  # the key is the provider's own, whatever the message says of it
        # It is the key that the metadata makes known; a certificate is only its wrapping, and often runs out.
        verification_time=certificate.not_valid_before_utc,
    )
    result = XMLVerifier().verify(
        _alone(node), x509_cert=certificate, id_attribute="ID", expect_config=wanted
    )
    return bytes(result.signed_data)  # type: ignore[union-attr]  # one reference, one result


def _alone(node: Element) -> bytes:
    """The node as a document of its own: what stands around it is out of reach of the reference."""
    from lxml import etree

    return bytes(etree.tostring(node, with_tail=False))
