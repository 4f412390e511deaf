"""What may be said only once: the nonce of a signed LTI 1.1 form, the id of a notice."""

import hashlib
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.core.db import independent_work, session
from app.core.ids import now
from app.lti.models import Nonce, Registration
from app.lti.protocol.problems import LtiProblem

# Longer than the time stamps beside them are believed: ten minutes in a 1.1 form, twelve in a notice.
KEPT = timedelta(hours=1)


def use_up(registration: Registration, nonce: str) -> None:
    """A nonce works once. In a unit of work of its own: what is refused afterwards stays used."""
    with independent_work():
        spend(registration.id, nonce)


def spend(registration_id: str, nonce: str) -> None:
    """Use a nonce up within the unit of work of what it belongs to. Of two that try, one gets LtiProblem."""
    hashed = hashlib.sha256(nonce.encode()).hexdigest()
    session.add(Nonce(registration_id=registration_id, nonce_hash=hashed))
    try:
        session.flush()
    except IntegrityError as error:
        raise LtiProblem("state_used") from error


def forget_old() -> None:
    """Delete nonces whose time stamps are not believed any more."""
    session.execute(delete(Nonce).where(Nonce.seen_at < now() - KEPT))
