"""What a school's admins decide about learning records."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import delete, update

from app.core import audit
from app.core.addresses import Unreachable
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.hosts import origin_of
from app.core.ids import now
from app.core.policy import Viewer
from app.core.sealing import seal
from app.records.models import KINDS, LearningRecord, RecordEndpoint
from app.records.queries import endpoint_of

from .posting import Verdict, try_out


def keep(viewer: Viewer, fields: Mapping[str, str], home: str) -> RecordEndpoint:
    """Enter or change the school's store. An empty secret leaves the one that is kept; a new store starts off."""
    endpoint = endpoint_of(viewer.school_id)
    values = _checked(fields, endpoint)
    if endpoint is None:
        endpoint = RecordEndpoint(
            school_id=viewer.school_id, salt=seal(token_hex(32)), created_by=viewer.account_id
        )
        session.add(endpoint)
    elif values["kind"] != endpoint.kind or values["url"] != endpoint.url:
        values |= {"problem": "", "quiet_until": None, "failures": 0}
    for name, value in values.items():
        setattr(endpoint, name, value)
    endpoint.home = home
    session.flush()
    _record(viewer, endpoint, "records.changed", names=endpoint.names, texts=endpoint.texts)
    return endpoint


def _checked(fields: Mapping[str, str], known: RecordEndpoint | None) -> dict[str, Any]:
    kind, auth = fields.get("kind", ""), fields.get("auth", "")
    if kind not in ("xapi", "caliper"):
        raise Invalid(_("Choose what the store speaks."), "kind", "/kind")
    if auth not in ("basic", "bearer"):
        raise Invalid(_("Choose how the store lets us in."), "auth", "/auth")
    values: dict[str, Any] = {"kind": kind, "auth": auth, "url": _address(fields.get("url", ""))}
    values["username"] = fields.get("username", "").strip()
    if auth == "basic" and (not values["username"] or ":" in values["username"]):
        raise Invalid(_("Copy the key (the user name) from the store."), "username", "/username")
    secret = fields.get("secret", "").strip()
    # A secret goes to the server it was entered for: who does not know it cannot have it sent elsewhere.
    kept = known is not None and bool(known.secret) and origin_of(known.url) == origin_of(values["url"])
    if not secret and not kept:
        raise Invalid(_("Copy the secret or token from the store."), "secret", "/secret")
    if len(values["username"]) > 255 or len(secret) > 4000 or not (secret + values["username"]).isprintable():
        raise Invalid(_("That is not a key or secret as a store makes them."), "secret", "/secret")
    if secret:
        values["secret"] = seal(secret)
    values["sends"] = [each for each in KINDS if fields.get(f"send_{each}")]
    values["names"], values["texts"] = bool(fields.get("names")), bool(fields.get("texts"))
    return values


def _address(typed: str) -> str:
    url = typed.strip()
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.fragment
        fits = fits and not parts.username and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits or len(url) > 500 or not url.isascii() or any(ord(one) <= 32 for one in url):
        raise Invalid(_("The address starts with https://, as the store shows it."), "url", "/url")
    return url


def switch(viewer: Viewer, endpoint: RecordEndpoint, state: str) -> None:
    """On, or off. What waits when it is switched off is dropped: nothing leaves later that nobody expects."""
    if state not in ("on", "off"):
        raise Invalid(_("Choose on or off."), "state", "/value")
    endpoint.state, endpoint.failures, endpoint.quiet_until, endpoint.problem = state, 0, None, ""
    if state == "off":
        session.execute(delete(LearningRecord).where(LearningRecord.endpoint_id == endpoint.id))
    _record(viewer, endpoint, f"records.{state}")


def send_now(viewer: Viewer, endpoint: RecordEndpoint) -> None:
    """Do not wait any longer, and try again what was refused."""
    if endpoint.state != "on":
        raise Conflict(_("Switch learning records on first."), "off")
    endpoint.failures, endpoint.quiet_until, endpoint.problem = 0, None, ""
    session.execute(
        update(LearningRecord)
        .where(LearningRecord.endpoint_id == endpoint.id, LearningRecord.state == "refused")
        .values(state="waiting", problem="", due_at=now())
    )
    _record(viewer, endpoint, "records.sent_again")


def probe(endpoint: RecordEndpoint) -> Verdict:
    """Try the store with a record about nobody."""
    try:
        return try_out(endpoint)
    except Unreachable as problem:
        return Verdict("away", problem.code[:40])


def _record(
    viewer: Viewer, endpoint: RecordEndpoint, action: str, **details: str | int | bool | None
) -> None:
    audit.record(
        action,
        school_id=endpoint.school_id,
        actor_id=viewer.account_id,
        object_id=endpoint.id,
        course_id=None,
        **details,
    )
