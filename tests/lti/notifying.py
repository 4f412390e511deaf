"""What the tests of notices share: an LMS that tells of copied courses."""

import time
import uuid

from sqlalchemy import select

from app.core.db import session
from app.lti.models import CopiedContext
from app.lti.protocol.names import CONTEXT_COPY, NOTICE, NOTICE_HANDLERS, NOTICES, ORIGIN_CONTEXTS

from .lms import CLAIM, Lms

HANDLER = "http://localhost/lti/notices"


def offer(lms: Lms, **changes) -> dict:
    """The claim of a launch that offers notices."""
    said = {
        "service_versions": ["1.0"],
        "platform_notification_service_url": f"{lms.address}/notice-handlers",
        "scope": [NOTICE_HANDLERS],
        "notice_types_supported": ["LtiHelloWorldNotice", CONTEXT_COPY],
    }
    return {NOTICES: said | changes}


def copied(lms: Lms, context: str = "99", *origins: str, **changes) -> dict:
    """The claims of a notice that a course was made from others; ``changes`` as in ``Lms.claims``."""
    now = int(time.time())
    said = {
        "iss": lms.address,
        "aud": lms.client_id,
        "iat": now,
        "exp": now + 3600,
        "nonce": str(uuid.uuid4()),
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}deployment_id": lms.deployment_id,
        f"{CLAIM}context": {"id": context, "title": "Optics next year"},
        NOTICE: {"id": str(uuid.uuid4()), "timestamp": "2026-09-01T06:00:00Z", "type": CONTEXT_COPY},
        ORIGIN_CONTEXTS: list(origins) or ["7"],
    }
    for name, value in changes.items():
        said[name if "/" in name or name in said or name in ("azp", "nbf", "sub") else CLAIM + name] = value
    return {name: value for name, value in said.items() if value is not None}


def sends(app, *tokens: str):
    """The LMS's server posts notices; returns the answer."""
    return app.test_client().post("/lti/notices", json={"notices": [{"jwt": token} for token in tokens]})


def kept() -> set[tuple[str, str]]:
    """Which course was copied from which, as far as we believe it."""
    session.expunge_all()
    rows = session.execute(select(CopiedContext.context_id, CopiedContext.origin_id))
    return {(context_id, origin_id) for context_id, origin_id in rows}
