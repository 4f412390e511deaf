"""Trying a connection out from the admin's page: can the LMS's keys be fetched, and does it give us a token?

Both tell which value of the form is wrong before the first launch does.
"""

from typing import NamedTuple

from app.core.addresses import Unreachable
from app.core.outgoing import get_json
from app.lti.models import Registration
from app.lti.protocol import grades
from app.lti.protocol.names import MEMBERS_READ
from app.lti.protocol.tokens import usable_keys

from .calling import new_token
from .platform_keys import keep


class Finding(NamedTuple):
    """What one try found: the field of the form that it speaks of, and a problem's code (empty: it works)."""

    field: str
    problem: str = ""


def probe(registration: Registration) -> list[Finding]:
    """Fetch the keys and ask for a token, now. LTI 1.1 has neither."""
    if registration.version != "1.3":
        return []
    return [Finding("jwks_url", _keys(registration)), Finding("token_url", _token(registration))]


def _keys(registration: Registration) -> str:
    try:
        found = get_json(registration.jwks_url)
    except Unreachable as problem:
        return problem.code
    keep(registration, found)
    return "" if usable_keys(found) else "no_keys"


def _token(registration: Registration) -> str:
    try:
        new_token(registration, [*grades.SCOPES, MEMBERS_READ])
    except Unreachable as problem:
        return problem.code
    return ""
