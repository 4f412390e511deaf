"""From the token of a launch to somebody who is let in."""

from app.lti.models import Registration
from app.lti.protocol.messages import Launch
from app.lti.protocol.messages import launch as read
from app.lti.protocol.tokens import check_nonce

from .arriving import Arrival, arrive
from .believing import claims_of

__all__ = ["Arrival", "arrive", "believed"]


def believed(registration: Registration, nonce: str, id_token: str) -> Launch:
    """What the token says, if this registration's platform signed it for us, now, in answer to this launch."""
    claims = claims_of(registration, id_token)
    check_nonce(claims, nonce)
    return read(claims)
