"""Signatures over the query of an address: a provider's and ours."""

import base64
from collections.abc import Sequence
from urllib.parse import quote

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from app.sso.problems import SignOnProblem

from .signatures import UnknownKey

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
RSA_SHA256 = f"{_MORE}rsa-sha256"


def signed_query(pairs: Sequence[tuple[str, str]], key_pem: str) -> str:
    """An address's query with our signature over it (SAML bindings, 3.4.4.1)."""
    plain = "&".join(f"{name}={quote(value, safe='')}" for name, value in [*pairs, ("SigAlg", RSA_SHA256)])
    key = serialization.load_pem_private_key(key_pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SignOnProblem("saml_own_key")
    made = key.sign(plain.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{plain}&Signature={quote(base64.b64encode(made).decode(), safe='')}"


def check_query(signed: str, algorithm: str, signature: bytes, certificates: Sequence[str]) -> None:
    """Whether one of the provider's keys signed a query."""
    name, _dash, digest = algorithm.removeprefix(_MORE).partition("-")
    if not algorithm.startswith(_MORE) or name not in ("rsa", "ecdsa") or digest not in HASHES:
        raise SignOnProblem("saml_signature", "algorithm")
    for pem in certificates:
        key = x509.load_pem_x509_certificate(pem.encode()).public_key()
        try:
            if name == "rsa" and isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, signed.encode(), padding.PKCS1v15(), HASHES[digest]())
                return
            if name == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, signed.encode(), ec.ECDSA(HASHES[digest]()))
                return
        except InvalidSignature:
            continue
    raise UnknownKey
