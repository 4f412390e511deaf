"""Accounts: making them, what a person changes of their own, and what an admin decides."""

import re
import unicodedata

from flask_babel import gettext as _

from app.accounts import passwords, queries
from app.accounts.models import Account, Identity, School
from app.core import audit
from app.core.db import session
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.ids import now
from app.core.policy import Viewer

from . import signing_in

LONGEST_NAME = 120
_EMAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]{1,64}@[^@\s<>\"',;:()\[\]\\]{1,189}")
_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def clean_name(name: str, field: str = "name") -> str:
    """A person's name as it is kept: NFC, single spaces, nothing invisible."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept:
        raise Invalid(_("A name is needed, as the class should read it."), "name_missing", f"/{field}")
    if len(kept) > LONGEST_NAME:
        raise Invalid(_("A name has at most %(n)s characters.", n=LONGEST_NAME), "name_long", f"/{field}")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} for letter in kept):
        raise Invalid(_("The name contains invisible characters."), "name_invisible", f"/{field}")
    return kept


def clean_sign_in_name(wanted: str, field: str = "sign_in_name") -> tuple[str, str | None]:
    """The subject to sign in by, and the e-mail address if it is one."""
    subject = queries.subject_of(wanted)
    if _EMAIL.fullmatch(subject):
        return subject, subject
    if _SIGN_IN_NAME.fullmatch(subject):
        return subject, None
    raise Invalid(
        _("Take an e-mail address, or a sign-in name of 3 to 60 small letters, digits, dots and hyphens."),
        "sign_in_name",
        f"/{field}",
    )


def register(school_id: str, name: str, sign_in_name: str, password: str) -> Account:
    """A new person signs up with a password of their own."""
    name = clean_name(name)
    subject, email = clean_sign_in_name(sign_in_name)
    secret = passwords.hashed(passwords.checked(password, subject, name))
    if session.scalar(queries.by_subject(school_id, subject)):
        raise Conflict(
            _("This cannot be used for a new account. If it is yours, sign in instead; or take another one."),
            "sign_in_name_taken",
        )
    return _add(school_id, name, subject, email, secret)


def add_without_password(school_id: str, name: str, email: str | None = None) -> Account:
    """A new person who gets a one-time code; without an e-mail address the name gives the sign-in name."""
    name = clean_name(name)
    subject, email = clean_sign_in_name(email, "email") if email else (_free_name(school_id, name), None)
    if email and session.scalar(queries.by_subject(school_id, subject)):
        raise Conflict(_("Somebody with this e-mail address is already here."), "email_taken")
    return _add(school_id, name, subject, email, None)


def _add(school_id: str, name: str, subject: str, email: str | None, secret: str | None) -> Account:
    account = Account(school_id=school_id, name=name, email=email)
    session.add(account)
    session.flush()
    session.add(
        Identity(
            account_id=account.id, school_id=school_id, provider="password", subject=subject, secret=secret
        )
    )
    session.flush()
    return account


def _free_name(school_id: str, name: str) -> str:
    """“Ana Pires” signs in as `ana.pires`, the second of that name as `ana.pires2`."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    stem = ".".join(re.findall(r"[a-z0-9]+", plain))[:50].strip(".")
    stem = stem if len(stem) >= 3 else f"pupil.{stem}".strip(".")
    taken = set(session.scalars(queries.subjects_like(school_id, stem)))
    number = 1
    while (free := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return free


def change_own(account: Account, *, name: str | None = None, locale: str | None = None) -> Account:
    """Change what is the person's own to choose. An empty ``locale`` means: as the browser asks."""
    if name is not None:
        account.name = clean_name(name)
    if locale is not None:
        account.locale = locale or None
    return account


def let_create_courses(viewer: Viewer, account: Account, allowed: bool) -> None:
    """Give or take the right to create courses."""
    account.may_create_courses = allowed
    _record(viewer, "account.may_create_courses", account, allowed)


def make_admin(viewer: Viewer, account: Account, admin: bool) -> None:
    """Give or take the right to administer the school; nobody takes it from themselves."""
    if account.id == viewer.account_id:
        raise Forbidden(_("Another admin has to do this, so that the school is never without one."))
    account.is_admin = admin
    signing_in.end_all(account, viewer.account_id)
    _record(viewer, "account.is_admin", account, admin)


def suspend(viewer: Viewer, account: Account, suspended: bool) -> None:
    """Lock a person out of everything, or let them in again. What they wrote stays."""
    if account.id == viewer.account_id:
        raise Forbidden(_("You cannot lock yourself out."))
    account.suspended_at = (account.suspended_at or now()) if suspended else None
    if suspended:
        signing_in.end_all(account, viewer.account_id)
    _record(viewer, "account.suspended", account, suspended)


def edit_school(viewer: Viewer, school: School, *, name: str, help_text: str) -> None:
    """Change the school's name and the help text that everybody reads."""
    school.name, school.help_text = clean_name(name), help_text.strip()[:10_000]
    audit.record("school.edited", school_id=school.id, actor_id=viewer.account_id, object_id=school.id)


def _record(viewer: Viewer, action: str, account: Account, value: bool) -> None:
    audit.record(
        action, school_id=account.school_id, actor_id=viewer.account_id, object_id=account.id, value=value
    )
