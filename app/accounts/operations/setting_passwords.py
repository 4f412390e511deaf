"""Choosing and changing a password, slips with one-time codes, and links by mail."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import update

from app.accounts import passwords, queries
from app.accounts.models import Account, Identity, OneTimeCode
from app.core import audit
from app.core.db import session
from app.core.errors import Invalid, NotFound
from app.core.ids import now

from . import signing_in

SLIP_LASTS = timedelta(days=30)
LINK_LASTS = timedelta(hours=2)


class Slip(NamedTuple):
    """What is printed for a pupil. The code is known only now; the database keeps its hash."""

    name: str
    sign_in_name: str
    code: str


def change(account: Account, old: str, new: str, *, keep: str | None) -> None:
    """Change the own password; every other browser is signed out."""
    identity = password_identity(account)
    if not passwords.matches(identity.secret, old):
        raise Invalid(_("This is not your password until now."), "wrong_password", "/old")
    _store(identity, new, field="password")
    signing_in.end_all(account, account.id, keep=keep)
    audit.record("password.changed", school_id=account.school_id, actor_id=account.id, object_id=account.id)


def password_identity(account: Account) -> Identity:
    """How the person signs in by password."""
    identity = session.scalar(queries.password_identity(account.id))
    if identity is None:
        raise NotFound(_("This person signs in through another system."), "no_password")
    return identity


def _store(identity: Identity, password: str, field: str) -> None:
    identity.secret = passwords.hashed(
        passwords.checked(password, identity.subject, identity.account.name, field=field)
    )


def new_slip(account: Account, by: str) -> Slip:
    """Make a one-time code for the person and end what let them in before: password, sessions, codes."""
    identity = password_identity(account)
    code = passwords.new_code()
    hashed = passwords.hashed_code(code)  # before the first write: others should not wait for it
    identity.secret = None
    close_codes(account.id)
    signing_in.end_all(account, by)
    session.add(_code(account, "slip", hashed, SLIP_LASTS, by))
    audit.record("password.slip", school_id=account.school_id, actor_id=by, object_id=account.id)
    return Slip(account.name, identity.subject, code)


def new_link(account: Account) -> str:
    """A token for a mailed link that lets the person set a password; older links stop working."""
    token = secrets.token_urlsafe(32)
    close_codes(account.id, purpose="reset")
    session.add(_code(account, "reset", queries.token_hash(token), LINK_LASTS, None))
    audit.record("password.link", school_id=account.school_id, actor_id=None, object_id=account.id)
    return token


def _code(account: Account, purpose: str, hashed: str, lasts: timedelta, by: str | None) -> OneTimeCode:
    return OneTimeCode(
        account_id=account.id, purpose=purpose, code_hash=hashed, expires_at=now() + lasts, created_by=by
    )


def close_codes(account_id: str, purpose: str | None = None) -> None:
    """Codes and links of the person stop working."""
    statement = update(OneTimeCode).where(OneTimeCode.account_id == account_id, OneTimeCode.used_at.is_(None))
    if purpose:
        statement = statement.where(OneTimeCode.purpose == purpose)
    session.execute(statement.values(used_at=now()))


def redeem(code: OneTimeCode, password: str) -> Account:
    """Set a password by a code or link that still works. It works once, and ends every session."""
    account = queries.account_or_404(code.account_id)
    _store(password_identity(account), password, field="password")
    close_codes(account.id)
    signing_in.end_all(account, account.id)
    audit.record(
        "password.set",
        school_id=account.school_id,
        actor_id=account.id,
        object_id=account.id,
        by=code.purpose,
    )
    return account
