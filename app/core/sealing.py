"""Secrets that must be read again (keys, tokens, shared secrets), sealed with a key from the settings."""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


def seal(text: str) -> str:
    """Readable only with this installation's secret key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The text, or None if it was sealed with another secret key (a database that moved without it)."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box() -> Fernet:
    return _made(str(current_app.config["SETTINGS"].secret_key))


@cache
def _made(secret: str) -> Fernet:
    # The label is part of the key: what was sealed when only LTI had secrets stays readable.
    derived = HKDF(hashes.SHA256(), 32, None, b"foreword lti").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
