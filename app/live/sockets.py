"""The Socket.IO namespace ``/live``: sign in by cookie, header or token; follow assignments."""

import logging
import time
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from flask_socketio import ConnectionRefusedError, Namespace

from app.accounts.identify import account_of_bearer, signed_in_account
from app.accounts.models import Account
from app.accounts.queries import token_hash
from app.assignments.models import Assignment
from app.assignments.queries import assignment_or_404
from app.core.changes import heads
from app.core.db import session
from app.core.envelopes import Envelope, Reader, envelope_since, newest, seq_of
from app.core.errors import NotFound, Problem, Unauthorized
from app.core.policy import Action, Viewer, allows
from app.courses.queries import viewer_of

from .hub import NAMESPACE, Hub
from .rooms import Member, Seat

log = logging.getLogger(__name__)
MOST_SEATS = 20
"""Connections that one person may hold: windows, telephones, and some that have not noticed their end."""

MOST_ROOMS = 20


class LiveNamespace(Namespace):
    """What a connected browser may ask for."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(NAMESPACE)
        self.hub = hub

    def on_connect(self, auth: Any = None) -> None:
        """Let in who is signed in."""
        try:
            account, token = _identify(auth)
        except Problem as problem:
            raise ConnectionRefusedError(_refusal(problem)) from problem
        if self.hub.seats_of(account.id) >= MOST_SEATS:
            raise ConnectionRefusedError({"code": "too_many", "message": _("Close some windows first.")})
        hashed = token_hash(token) if token else None
        self.hub.sit(Seat(_sid(), account.id, account.name, g.get("sign_in_id"), hashed))

    def on_join(self, wanted: Any = None, *_more: Any) -> Envelope | dict[str, Any]:
        """Follow an assignment; answers with what was missed since the cursor ``since``."""
        try:
            return self._join(wanted)
        except Problem as problem:
            return {"error": _refusal(problem)}

    def on_leave(self, wanted: Any = None, *_more: Any) -> None:
        """Stop following an assignment."""
        if isinstance(wanted, dict) and isinstance(wanted.get("assignment_id"), str):
            self.hub.leave(_sid(), wanted["assignment_id"])

    def on_disconnect(self, *_reason: Any) -> None:
        """Gone."""
        self.hub.leave(_sid())

    def _join(self, wanted: Any) -> Envelope:
        seat = self.hub.seats.get(_sid())
        account = session.get(Account, seat.account_id) if seat else None
        if seat is None or account is None:
            raise Unauthorized(_("Sign in first; what you typed is kept in this window."))
        assignment_id, since = _wanted(wanted)
        if sum(seat.sid in room.members for room in list(self.hub.rooms.values())) >= MOST_ROOMS:
            raise NotFound(_("Too many assignments at once. Close some windows first."), "too_many")
        viewer = viewer_of(account)
        assignment = _readable(viewer, assignment_id)
        reader = Reader.of(viewer, assignment.course_id)
        # The log's end is taken first: all up to it is in the answer, or older than what was asked for.
        seq = heads([assignment.id]).get(assignment.id, 0)
        told = _told(reader, assignment.id, since)
        seq = max(seq, seq_of(assignment.id, told["head"]))
        role = viewer.role_in(assignment.course_id) or ""
        self.hub.join(assignment, Member(seat, reader, role, seq, told["head"], time.monotonic()))
        return told


def _told(reader: Reader, assignment_id: str, since: str | None) -> Envelope:
    if since:
        return envelope_since(reader, assignment_id, since)
    return {"prev": None, "head": reader.cursor(newest(reader, assignment_id)[0]), "items": []}


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it to the request


def _identify(auth: Any) -> tuple[Account, str | None]:
    """The account behind ``auth: {token}``, the Authorization header or the cookie, and the token if one."""
    token = auth.get("token") if isinstance(auth, dict) else None
    if isinstance(token, str) and token:
        account = account_of_bearer(token)
        if account is None:
            raise Unauthorized(_("This token is not known, or has been revoked."), "bad_token")
    else:
        account = signed_in_account(request)
        token = request.headers.get("Authorization", "").partition(" ")[2].strip() or None
    if account is None:
        raise Unauthorized(_("Sign in first; what you typed is kept in this window."))
    return account, token


def _wanted(wanted: Any) -> tuple[str, str | None]:
    asked = wanted if isinstance(wanted, dict) else {}
    assignment_id, since = asked.get("assignment_id"), asked.get("since")
    if not isinstance(assignment_id, str) or not (since is None or isinstance(since, str)):
        raise NotFound(_("Say which assignment: {assignment_id, since}."), "bad_request")
    return assignment_id[:36].replace("\0", ""), since[:100].replace("\0", "") if since else None


def _readable(viewer: Viewer, assignment_id: str) -> Assignment:
    assignment = assignment_or_404(assignment_id)
    if not allows(viewer, Action.READ_ASSIGNMENT, assignment):
        raise NotFound(_("This assignment does not exist, or is not shared with you."))
    return assignment


def _refusal(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "message": problem.detail}


def unexpected(_error: Exception) -> dict[str, Any]:
    """Whatever a handler did not foresee: noted here, one sentence there."""
    log.exception("a socket's request failed")
    return {"error": {"code": "unexpected", "message": _("Something went wrong on our side.")}}
