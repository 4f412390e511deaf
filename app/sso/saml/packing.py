"""How messages travel: in base64 in a form, packed as well in an address."""

import base64
import binascii
import zlib

from app.sso.problems import SignOnProblem

from .markup import LARGEST


def decoded(value: str) -> bytes:
    """Base64 of a form's field."""
    if len(value) > LARGEST * 4 // 3:
        raise SignOnProblem("saml_too_large")
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignOnProblem("saml_malformed") from error


def inflated(value: str) -> bytes:
    """What an address carries: packed, in base64. Unpacked it may be only so large."""
    unpacking = zlib.decompressobj(-15)
    try:
        found = unpacking.decompress(decoded(value), LARGEST + 1)
    except zlib.error as error:
        raise SignOnProblem("saml_malformed") from error
    if len(found) > LARGEST:
        raise SignOnProblem("saml_too_large")
    return found


def deflated(data: bytes) -> str:
    """Packed for an address."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(packing.compress(data) + packing.flush()).decode()
