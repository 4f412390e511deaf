"""Dynamic registration: an admin makes a link that works once; the LMS opens it and registers us."""

import json
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.accounts.models import School
from app.accounts.queries import token_hash
from app.core.addresses import Unreachable
from app.core.db import session
from app.core.ids import now
from app.core.outgoing import as_object, get_json, send
from app.core.policy import Viewer
from app.lti.models import Invitation, Registration
from app.lti.protocol import registration as dynamic
from app.lti.protocol.problems import LtiProblem

from . import deploying, registering

LASTS = timedelta(days=7)
_LONGEST = 8_000


def invite(viewer: Viewer, registration: Registration | None = None) -> str:
    """A new one-time token; for an LMS that is connected already, the next registration updates it."""
    token = secrets.token_urlsafe(24)
    session.add(
        Invitation(
            school_id=viewer.school_id,
            token_hash=token_hash(token),
            registration_id=registration.id if registration else None,
            created_by=viewer.account_id,
            expires_at=now() + LASTS,
        )
    )
    return token


def open_invitation(token: str) -> Invitation:
    """The invitation of that token while it can be used."""
    row = session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)))
    if row is None or row.used_at is not None or row.expires_at <= now():
        raise LtiProblem("invitation_gone")
    return row


def accept(token: str, configuration_url: str, registration_token: str, origin: str) -> Registration:
    """Register at the LMS behind ``configuration_url``. Every fetch is done before anything is written."""
    invitation = open_invitation(token)
    if max(len(configuration_url), len(registration_token)) > _LONGEST:
        raise LtiProblem("registration_incomplete", "too long")
    found = _fetched(configuration_url)
    values = dynamic.configuration(found, configuration_url)
    body = dynamic.request(
        origin,
        name="Foreword",
        description=_("Read and watch together before class."),
        scopes=dynamic.further_scopes(found),
    )
    client_id, deployment_id = _registered(values.pop("registration_url"), registration_token, body)
    _use_up(invitation)
    row = _kept(invitation, values | {"client_id": client_id})
    if deployment_id:
        deploying.add(row, deployment_id)
    viewer = Viewer(account_id=invitation.created_by or "", school_id=invitation.school_id)
    registering.record(viewer, row, "registered_itself")
    return row


def _fetched(url: str) -> dict[str, Any]:
    try:
        return get_json(url)
    except Unreachable as problem:
        raise LtiProblem("registration_unreachable", problem.code) from problem


def _registered(url: str, token: str, body: dict[str, Any]) -> tuple[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        if not token.isascii() or not token.isprintable():
            raise LtiProblem("registration_incomplete", "registration_token")
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = send("POST", url, body=json.dumps(body).encode(), headers=headers)
        if answer.status not in (200, 201):
            raise LtiProblem("registration_refused", str(answer.status))
        return dynamic.made(as_object(answer))
    except Unreachable as problem:
        raise LtiProblem("registration_unreachable", problem.code) from problem


def _use_up(invitation: Invitation) -> None:
    done = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None))
        .values(used_at=now())
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
        raise LtiProblem("invitation_gone")


def _kept(invitation: Invitation, values: dict[str, str]) -> Registration:
    """The connection, active at once: the admin made the link for it. An update keeps its people and courses."""
    row = session.get(Registration, invitation.registration_id) if invitation.registration_id else None
    if row is None:
        row = session.scalar(
            select(Registration).where(
                Registration.issuer == values["issuer"], Registration.client_id == values["client_id"]
            )
        )
    if row is None:
        school = session.get_one(School, invitation.school_id)
        name = urlsplit(values["issuer"]).hostname or school.name
        row = Registration(school_id=school.id, name=name[:120], created_by=invitation.created_by, **values)
        session.add(row)
    elif row.school_id != invitation.school_id or row.issuer != values["issuer"]:
        raise LtiProblem("registration_issuer", "belongs elsewhere")
    for field, value in values.items():
        setattr(row, field, value)
    row.jwks, row.jwks_fetched_at, row.jwks_tried_at = {}, None, None
    registering.derive(row)
    session.flush()
    return row
