"""A school's OneRoster service is entered, changed, or forgotten."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import audit
from app.core.db import session
from app.core.errors import Invalid, NotFound
from app.core.hosts import origin_of
from app.core.jobs import after_commit
from app.core.policy import Viewer
from app.core.sealing import seal
from app.sis import jobs
from app.sis.models import RosterService


def service_of(school_id: str) -> RosterService | None:
    """The service that a school has entered."""
    return session.scalar(select(RosterService).where(RosterService.school_id == school_id))


def connect(viewer: Viewer, fields: Mapping[str, str]) -> RosterService:
    """Enter the service or correct it. An empty secret leaves the one that is kept."""
    base = _address(fields.get("base_url", ""), "base_url")
    token = _address(fields.get("token_url", ""), "token_url")
    client_id, secret = fields.get("client_id", "").strip(), fields.get("client_secret", "").strip()
    row = service_of(viewer.school_id)
    if not client_id or len(client_id) > 255:
        raise Invalid(_("Copy the client ID from the service."), "client_id", "/client_id")
    # A secret goes to the servers it was entered for: who does not know it cannot have it sent elsewhere.
    kept = row is not None and _servers(row.base_url, row.token_url) == _servers(base, token)
    if (not secret and not kept) or len(secret) > 2000:
        raise Invalid(_("Copy the client secret from the service."), "client_secret", "/client_secret")
    if row is None:
        row = RosterService(school_id=viewer.school_id, secret="")
        session.add(row)
    elif row.base_url != base:
        row.import_id, row.whole_at = None, None  # another service: everything is asked for again
    row.base_url, row.token_url, row.client_id = base, token, client_id
    row.secret = seal(secret) if secret else row.secret
    row.problem = row.problem_value = ""
    row.nightly, row.match_email = bool(fields.get("nightly")), bool(fields.get("service_match_email"))
    session.flush()
    _record(viewer, row, "roster.service_connected")
    return row


def _servers(*addresses: str) -> list[str]:
    return [origin_of(address) for address in addresses]


def _address(typed: str, name: str) -> str:
    try:
        parts = urlsplit(found := typed.strip())
        fits = parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.query
    except ValueError:
        fits = False
    if not fits or len(found) > 500:
        raise Invalid(
            _("This address starts with https:// and has no question mark in it."), name, f"/{name}"
        )
    return found


def ask_now(viewer: Viewer) -> None:
    """Have the worker ask the service."""
    row = service_of(viewer.school_id)
    if row is None:
        raise NotFound(_("No service is connected."))
    row.problem = row.problem_value = ""
    _record(viewer, row, "roster.service_asked")
    after_commit(jobs.ask_service, row.id)


def disconnect(viewer: Viewer) -> None:
    """Forget the service and its secret; what it brought stays."""
    row = service_of(viewer.school_id)
    if row is None:
        return
    _record(viewer, row, "roster.service_disconnected")
    session.delete(row)


def _record(viewer: Viewer, row: RosterService, action: str) -> None:
    audit.record(action, school_id=row.school_id, actor_id=viewer.account_id, object_id=row.id)
