"""Passwords and one-time codes: how they are made, kept and recognised (argon2id, RFC 9106)."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from app.core.errors import Invalid

SHORTEST, LONGEST = 8, 200
# Without letters and digits that look alike on paper.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_hasher = PasswordHasher()
# A code is random (40 bits) and short-lived: a light hash already makes guessing it from a copy hopeless,
# and a class of 35 slips is made in a blink.
_code_hasher = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
# The first that anybody tries.
_TOO_COMMON = frozenset(
    {"password", "passwort", "password1", "password123", "12345678", "123456789", "1234567890", "87654321"}
    | {"11111111", "00000000", "qwertyui", "qwertyuiop", "qwertz123", "qwerty123", "iloveyou", "sunshine"}
    | {"princess", "football", "baseball", "trustno1", "superman", "abcd1234", "1q2w3e4r", "letmein1"}
    | {"welcome1", "changeme", "schule123", "school123", "foreword"}
)


def hashed(password: str) -> str:
    """What is stored of a password."""
    return _hasher.hash(password)


@cache
def _nobodys() -> str:
    """What to compare with where nothing is stored; made once."""
    return _hasher.hash(secrets.token_hex(16))


def matches(stored: str | None, password: str) -> bool:
    """Is it the password? Without a stored one it takes as long, so that time tells nobody who exists."""
    try:
        return _hasher.verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Was it hashed with older parameters than today's?"""
    return _hasher.check_needs_rehash(stored)


def checked(password: str, *names: str | None, field: str = "password") -> str:
    """The password, if it is good enough; else Invalid, in a sentence that helps.

    ``names`` are what everybody knows of the person; none of them may be the password.
    """
    if len(password) < SHORTEST:
        raise Invalid(
            _("A password needs at least %(n)s characters. Three words work well.", n=SHORTEST),
            "password_too_short",
            f"/{field}",
        )
    if len(password) > LONGEST:
        raise Invalid(
            _("A password has at most %(n)s characters.", n=LONGEST), "password_too_long", f"/{field}"
        )
    if password.lower() in _TOO_COMMON or password.lower() in {(name or "").lower() for name in names}:
        raise Invalid(
            _("Many people would guess this password first. Take another one."),
            "password_too_common",
            f"/{field}",
        )
    return password


def new_code() -> str:
    """A one-time code that is easily copied from paper: two blocks of four."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _number in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def plain(code: str) -> str:
    """A code as it was printed, whatever the hand made of it: case, spaces, hyphens."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def hashed_code(code: str) -> str:
    """What is stored of a one-time code on paper."""
    return _code_hasher.hash(plain(code))


def code_matches(stored: str, code: str) -> bool:
    """Is it the code?"""
    try:
        return _code_hasher.verify(stored, plain(code))
    except (VerificationError, InvalidHashError):
        return False
