"""An assertion that was encrypted for us: some providers do so whenever they can."""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.sso.problems import SignOnProblem

from .markup import ENCRYPTION, SAML, SIGNATURE, Element, parsed, tag

_NEWER = "http://www.w3.org/2009/xmlenc11#"
OAEP = {f"{ENCRYPTION}rsa-oaep-mgf1p", f"{_NEWER}rsa-oaep"}
GCM = {f"{_NEWER}aes128-gcm": 16, f"{_NEWER}aes192-gcm": 24, f"{_NEWER}aes256-gcm": 32}
# Only inside a message whose own signature has been checked: by itself it can be changed bit by bit.
CBC = {f"{ENCRYPTION}aes128-cbc": 16, f"{ENCRYPTION}aes256-cbc": 32}
DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    f"{SIGNATURE}sha1": hashes.SHA1,  # within OAEP it needs no resistance to collisions
    f"{ENCRYPTION}sha256": hashes.SHA256,
    f"{ENCRYPTION}sha512": hashes.SHA512,
}
MASKS: dict[str, type[hashes.HashAlgorithm]] = {
    f"{_NEWER}mgf1sha1": hashes.SHA1,
    f"{_NEWER}mgf1sha256": hashes.SHA256,
    f"{_NEWER}mgf1sha512": hashes.SHA512,
}


def assertion_in(node: Element, key_pem: str, *, is_signed: bool) -> Element:
    """The assertion inside an ``EncryptedAssertion``. Whatever is wrong with it, it says one and the same."""
    try:
        plain = _decrypted(node, key_pem, is_signed)
    except (AttributeError, ValueError, KeyError, TypeError, InvalidTag, binascii.Error) as error:
        raise SignOnProblem("saml_encryption") from error
    found = parsed(plain)
    if found.tag != tag(SAML, "Assertion"):
        raise SignOnProblem("saml_encryption", "no assertion")
    return found


def _decrypted(node: Element, key_pem: str, is_signed: bool) -> bytes:
    data = node.find(tag(ENCRYPTION, "EncryptedData"))
    keys = list(node.iter(tag(ENCRYPTION, "EncryptedKey")))
    algorithm = data.find(tag(ENCRYPTION, "EncryptionMethod")).get("Algorithm")
    secret = _unwrapped(keys[0], key_pem) if len(keys) == 1 else b""
    sealed = _value(data)
    if algorithm in GCM and len(secret) == GCM[algorithm]:
        return AESGCM(secret).decrypt(sealed[:12], sealed[12:], None)
    if algorithm in CBC and len(secret) == CBC[algorithm] and is_signed:
        opening = Cipher(algorithms.AES(secret), modes.CBC(sealed[:16])).decryptor()
        padded = opening.update(sealed[16:]) + opening.finalize()
        return padded[: -padded[-1]] if 1 <= padded[-1] <= 16 else b""
    raise ValueError


def _unwrapped(node: Element, key_pem: str) -> bytes:
    method = node.find(tag(ENCRYPTION, "EncryptionMethod"))
    if method.get("Algorithm") not in OAEP:
        raise ValueError
    digest, mask = method.find(tag(SIGNATURE, "DigestMethod")), method.find(tag(_NEWER, "MGF"))
    hashed = DIGESTS[digest.get("Algorithm")] if digest is not None else hashes.SHA1
    masked = MASKS[mask.get("Algorithm")] if mask is not None else hashes.SHA1
    key = serialization.load_pem_private_key(key_pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError
    return key.decrypt(_value(node), padding.OAEP(padding.MGF1(masked()), hashed(), None))


def _value(node: Element) -> bytes:
    found = node.find(f"{tag(ENCRYPTION, 'CipherData')}/{tag(ENCRYPTION, 'CipherValue')}")
    return base64.b64decode("".join(found.text.split()), validate=True)
