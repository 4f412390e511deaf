"""SAML 2.0, without Flask and without a database: what is sent, and what may be believed."""

from importlib.util import find_spec


def is_installed() -> bool:
    """Signatures in XML are checked by a package that not every school needs."""
    return find_spec("signxml") is not None
