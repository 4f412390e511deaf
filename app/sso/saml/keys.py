"""Our own key pair for one provider, and what a certificate says."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

LASTS = timedelta(days=3650)
WEAKEST = 2048


class Pair(NamedTuple):
    """A private key and its certificate, as PEM."""

    key: str
    certificate: str


def new_pair(name: str) -> Pair:
    """A key of our own, in a certificate that nobody vouches for: in SAML it is only the wrapping of the key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64] or "Foreword")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + LASTS)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Pair(private.decode(), made.public_bytes(serialization.Encoding.PEM).decode())


def usable(pem: str) -> bool:
    """Is it a certificate with a key that is strong enough to be believed?"""
    try:
        key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    except ValueError:
        return False
    return isinstance(key, ec.EllipticCurvePublicKey) or (
        isinstance(key, rsa.RSAPublicKey) and key.key_size >= WEAKEST
    )


def ends(pem: str) -> datetime:
    """Until when a certificate says that it is valid."""
    return x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc


def fingerprint(pem: str) -> str:
    """How two people compare a certificate by telephone."""
    found = x509.load_pem_x509_certificate(pem.encode()).fingerprint(hashes.SHA256()).hex()
    return ":".join(found[at : at + 2] for at in range(0, 16, 2)).upper()


def bare(pem: str) -> str:
    """A certificate without its first and last line, as metadata holds it."""
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))
