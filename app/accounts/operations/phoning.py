"""Going on with one's phone: a short code that is typed there, or carried by a picture.

It has a purpose of its own: the long codes of `entering` may be tried without counting, since nobody guesses them.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.accounts import passwords, queries
from app.accounts.models import Account, OneTimeCode
from app.core.db import session
from app.core.errors import NotFound
from app.core.ids import now

PURPOSE = "phone"
LASTS = timedelta(minutes=10)
LONGEST_ADDRESS = 1000


@dataclass(frozen=True)
class Made:
    """A new code: which row it is, and what is shown."""

    id: str
    code: str


def new_code(account: Account, goes_to: str = "/") -> Made:
    """A new code for the person; one that was made before ends. ``goes_to`` is the page they go on with."""
    _end_earlier(account.id)
    code = passwords.new_code()
    row = OneTimeCode(
        account_id=account.id,
        purpose=PURPOSE,
        code_hash=_hash(code),
        goes_to=goes_to[:LONGEST_ADDRESS],
        created_by=account.id,
        expires_at=now() + LASTS,
    )
    session.add(row)
    session.flush()
    return Made(row.id, code)


def own_or_404(account: Account, code_id: str) -> OneTimeCode:
    """A code that the person made, used or not."""
    row = session.get(OneTimeCode, code_id)
    if row is None or row.purpose != PURPOSE or row.account_id != account.id:
        raise NotFound(_("This code is not there any more. Make a new one."))
    return row


def waiting(code: str) -> Account:
    """Whose code it is, while it waits to be used; NotFound for every other."""
    row = session.scalar(
        select(OneTimeCode).where(
            OneTimeCode.purpose == PURPOSE,
            OneTimeCode.code_hash == _hash(code),
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > now(),
        )
    )
    return _let_in(row.account_id) if row else _wrong()


def use(code: str) -> tuple[Account, str]:
    """Use a code up: the person, and the page they go on with. Two cannot both succeed."""
    used = session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.purpose == PURPOSE, OneTimeCode.code_hash == _hash(code))
        .where(OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now())
        .values(used_at=now())
        .returning(OneTimeCode.account_id, OneTimeCode.goes_to)
    ).first()
    return (_let_in(used.account_id), used.goes_to) if used else (_wrong(), "")


def _end_earlier(account_id: str) -> None:
    """Only the newest code works, so that one left on a screen somewhere is worth nothing."""
    session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.account_id == account_id, OneTimeCode.purpose == PURPOSE)
        .where(OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now())
        .values(expires_at=now())
    )


def _hash(code: str) -> str:
    # A quick hash is enough: whoever copies the table has ten minutes at most to use it.
    return queries.token_hash(f"{PURPOSE}:{passwords.plain(code)}")


def _let_in(account_id: str) -> Account:
    account = queries.account_or_404(account_id)
    return account if account.suspended_at is None else _wrong()


def _wrong() -> Account:
    raise NotFound(
        _("This code is not right, was used already, or is too old. Make a new one on the other screen."),
        "phone_code",
    )
