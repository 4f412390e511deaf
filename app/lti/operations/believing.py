"""Whether a registration's platform really said it: launches and notices are looked at by the same rules."""

import time

from app.lti.models import Registration
from app.lti.protocol.problems import LtiProblem
from app.lti.protocol.tokens import Claims, Expected, header_of, verified

from . import platform_keys


def claims_of(registration: Registration, token: str) -> Claims:
    """What the token says, if this registration's platform signed it for us, now. Raises LtiProblem."""
    header = header_of(token)
    key = platform_keys.key_of(registration, header["kid"])
    expected = Expected(registration.issuer, registration.client_id, time.time())
    try:
        return verified(token, key, expected)
    except LtiProblem as problem:
        if problem.code != "token_signature" or platform_keys.refresh(registration):
            raise
        # A platform may have put another key under the same name since we fetched it.
        return verified(token, platform_keys.key_of(registration, header["kid"]), expected)
