"""Going on elsewhere as who one is: from an LMS's frame into a window, or to its next page.

A one-time code stands in an address for a minute; whoever uses it first is signed in there.
"""

import secrets
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.accounts import queries
from app.accounts.models import Account, OneTimeCode
from app.core.db import session
from app.core.errors import NotFound
from app.core.ids import now

LASTS = timedelta(minutes=1)


def code_for(account: Account, *, framed_by: str = "") -> str:
    """A new code. ``framed_by``: the origins in whose frames it will be used, if in one."""
    code = secrets.token_urlsafe(24)
    session.add(
        OneTimeCode(
            account_id=account.id,
            purpose="entry",
            code_hash=queries.token_hash(code),
            framed_by=framed_by,
            created_by=account.id,
            expires_at=now() + LASTS,
        )
    )
    session.flush()
    return code


def waiting(code: str) -> Account:
    """Whose code it is, while it waits to be used; NotFound for every other."""
    row = session.scalar(queries.open_entry(code))
    return queries.account_or_404(row.account_id) if row else _gone()


def framing(code: str) -> str:
    """The origins whose frames a code was made for, even after its use."""
    wanted = select(OneTimeCode.framed_by).where(
        OneTimeCode.purpose == "entry", OneTimeCode.code_hash == queries.token_hash(code)
    )
    return session.scalar(wanted) or ""


def enter(code: str) -> tuple[Account, str]:
    """Use a code up: the person, and the origins that may frame what follows. Two cannot both succeed."""
    used = session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.purpose == "entry", OneTimeCode.code_hash == queries.token_hash(code))
        .where(OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now())
        .values(used_at=now())
        .returning(OneTimeCode.account_id, OneTimeCode.framed_by)
    ).first()
    if used is None:
        return _gone(), ""
    account = queries.account_or_404(used.account_id)
    return (account, used.framed_by) if account.suspended_at is None else (_gone(), "")


def _gone() -> Account:
    raise NotFound(
        _("This link was used already, or is too old. Open it again from where it came."), "entry_used"
    )
