"""Signing in and out, and the browsers that are signed in."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import update

from app.accounts import passwords, queries
from app.accounts.models import Account, OneTimeCode, SignIn
from app.core import audit
from app.core.db import session
from app.core.errors import Invalid, NotFound
from app.core.ids import now

# How long a stay lasts, by what carries it. A token in a page's memory dies with the page anyway.
LASTS = {"cookie": timedelta(days=30), "frame": timedelta(days=1), "bearer": timedelta(hours=1)}
# A longer stay is written down now and then, so that reading stays reading.
RENEWED_AFTER = {"cookie": timedelta(days=1), "frame": timedelta(hours=1), "bearer": timedelta(minutes=10)}


class Recognised(NamedTuple):
    """Who signed in; ``code`` is set if a slip's code was used, and a password must now be chosen."""

    account: Account
    code: OneTimeCode | None = None


def recognise(name: str, password: str) -> Recognised:
    """Find the person by e-mail or sign-in name and password, or by the one-time code of a slip.

    Raises Invalid with one sentence for every reason, and in the same time: nobody learns who exists.
    """
    identities = list(session.scalars(queries.by_sign_in_name(name)))
    for identity in identities:
        if passwords.matches(identity.secret, password):
            if passwords.is_outdated(str(identity.secret)):
                identity.secret = passwords.hashed(password)
            return Recognised(identity.account)
    for code in session.scalars(queries.open_slips([row.account_id for row in identities])):
        if passwords.code_matches(code.code_hash, password):
            return Recognised(queries.account_or_404(code.account_id), code)
    if not identities:
        passwords.matches(None, password)
    raise Invalid(_("This name and password do not belong together. Check both."), "wrong_password")


def start(account: Account, browser: str, carried_by: str = "cookie", framed_by: str = "") -> str:
    """Sign a browser in; returns the random token that it holds, of which only a hash is stored."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            account_id=account.id,
            token_hash=queries.token_hash(token),
            browser=browser[:200],
            carried_by=carried_by,
            framed_by=framed_by,
            expires_at=now() + LASTS[carried_by],
        )
    )
    audit.record("session.started", school_id=account.school_id, actor_id=account.id)
    return token


def renew(sign_in_id: str) -> None:
    """Note that the browser is still in use: it stays as long again."""
    row = session.get(SignIn, sign_in_id)
    if row is not None and row.ended_at is None:
        row.last_seen_at, row.expires_at = now(), now() + LASTS[row.carried_by]


def end(account: Account, sign_in_id: str) -> None:
    """Sign one browser of the person out."""
    row = session.get(SignIn, sign_in_id)
    if row is None or row.account_id != account.id:
        raise NotFound(_("This browser is not signed in any more."))
    row.ended_at = row.ended_at or now()
    audit.record("session.ended", school_id=account.school_id, actor_id=account.id, object_id=row.id)


def end_all(account: Account, by: str, *, keep: str | None = None) -> None:
    """Sign every browser of the person out, except the one to ``keep``."""
    statement = update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
    if keep:
        statement = statement.where(SignIn.id != keep)
    session.execute(statement.values(ended_at=now()))
    audit.record("session.all_ended", school_id=account.school_id, actor_id=by, object_id=account.id)
