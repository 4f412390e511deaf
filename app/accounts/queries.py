"""Reading accounts."""

import hashlib
import unicodedata
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import session
from app.core.errors import NotFound
from app.core.ids import now

from .models import Account, Identity, OneTimeCode, School, SignIn, Token


def token_hash(token: str) -> str:
    """What is stored of a random token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


# Asked by every request, so built once: building a statement takes longer than SQLite takes to answer it.
_BY_TOKEN = (
    select(Account)
    .join(Token, Token.account_id == Account.id)
    .where(Token.token_hash == bindparam("token_hash"), Token.revoked_at.is_(None))
    .where(Account.suspended_at.is_(None), Account.erased_at.is_(None))
)
_BY_COOKIE = (
    select(Account, SignIn)
    .join(SignIn, SignIn.account_id == Account.id)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.ended_at.is_(None))
    .where(SignIn.expires_at > bindparam("moment"))
    .where(Account.suspended_at.is_(None), Account.erased_at.is_(None))
)


def account_of_token(token: str) -> Account | None:
    """The account of an API token that still works."""
    return session.scalar(_BY_TOKEN, {"token_hash": token_hash(token)})


def account_of_frame(token: str) -> tuple[Account, SignIn] | None:
    """The account and sign-in of a page in a frame that keeps no cookies, and holds its token in memory."""
    found = account_of_cookie(token)
    return found if found and found[1].carried_by == "bearer" else None


def account_of_cookie(cookie: str) -> tuple[Account, SignIn] | None:
    """The account and sign-in of a session cookie that still works."""
    row = session.execute(_BY_COOKIE, {"token_hash": token_hash(cookie), "moment": now()}).first()
    return (row[0], row[1]) if row else None


def subject_of(sign_in_name: str) -> str:
    """What somebody typed to sign in, as it is kept: NFC, small letters, no spaces around."""
    return unicodedata.normalize("NFC", sign_in_name).strip().lower()


def by_sign_in_name(name: str) -> Select[Identity]:
    """How somebody of that e-mail or sign-in name signs in. Two schools may each have one."""
    return (
        select(Identity)
        .join(Account, Account.id == Identity.account_id)
        .options(joinedload(Identity.account))
        .where(Identity.provider == "password", Identity.subject == subject_of(name))
        .where(Account.suspended_at.is_(None), Account.erased_at.is_(None))
        .order_by(Identity.id)
        .limit(5)
    )


def by_subject(school_id: str, subject: str) -> Select[Identity]:
    """The identity of that name in a school, whoever it belongs to."""
    return select(Identity).where(
        Identity.school_id == school_id, Identity.provider == "password", Identity.subject == subject
    )


def subjects_like(school_id: str, stem: str) -> Select[str]:
    """Sign-in names of a school that begin with ``stem``."""
    return select(Identity.subject).where(
        Identity.school_id == school_id, Identity.subject.startswith(stem, autoescape=True)
    )


def password_identity(account_id: str) -> Select[Identity]:
    """How a person signs in by password."""
    return select(Identity).where(Identity.account_id == account_id, Identity.provider == "password")


def _open_codes(purpose: str) -> Select[OneTimeCode]:
    return select(OneTimeCode).where(
        OneTimeCode.purpose == purpose, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now()
    )


def open_slips(account_ids: Sequence[str]) -> Select[OneTimeCode]:
    """Slips of these people whose code still works."""
    return _open_codes("slip").where(OneTimeCode.account_id.in_(account_ids)).order_by(OneTimeCode.id)


def by_link(token: str) -> Select[OneTimeCode]:
    """The mailed link of that token, if it still works."""
    return _open_codes("reset").where(OneTimeCode.code_hash == token_hash(token))


def open_entry(code: str) -> Select[OneTimeCode]:
    """The one-time code with which somebody goes on elsewhere, if it still works."""
    return _open_codes("entry").where(OneTimeCode.code_hash == token_hash(code))


def open_slip(code_id: str) -> Select[OneTimeCode]:
    """One slip by id, if it still works."""
    return _open_codes("slip").where(OneTimeCode.id == code_id)


def account_or_404(account_id: str) -> Account:
    """The account, unless it was erased."""
    account = session.get(Account, account_id)
    if account is None or account.erased_at is not None:
        raise NotFound(_("This person is not known here."))
    return account


def sign_ins(account_id: str) -> Select[SignIn]:
    """Where a person is signed in, the latest first."""
    return (
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.expires_at > now())
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )


def people_of_school(school_id: str, words: str = "") -> Select[Account]:
    """The people of a school by name; ``words`` is looked for in name and e-mail."""
    found = select(Account).where(Account.school_id == school_id, Account.erased_at.is_(None))
    if words:
        wanted = words.lower()
        found = found.where(
            or_(
                func.lower(Account.name).contains(wanted, autoescape=True),
                func.lower(Account.email).contains(wanted, autoescape=True),
            )
        )
    return found.order_by(func.lower(Account.name), Account.id)


def find_person(email_or_id: str) -> Account | None:
    """A person by e-mail, sign-in name or id; for the command line."""
    account = session.get(Account, email_or_id)
    if account is None:
        identity = session.scalar(
            select(Identity).where(Identity.subject == subject_of(email_or_id)).order_by(Identity.id).limit(1)
        )
        account = identity.account if identity else None
    return account if account and account.erased_at is None else None


def the_school() -> School:
    """The school of this installation: the first; made when there is none yet."""
    school = session.scalar(select(School).order_by(School.id).limit(1))
    if school is None:
        school = School(name=_("Our school"))
        session.add(school)
        session.flush()
    return school
