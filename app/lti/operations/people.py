"""Who an LMS speaks of, as accounts here. Somebody is known by registration and subject, never by e-mail."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Select, select

from app.accounts.models import Account, Identity
from app.accounts.operations.people import LONGEST_NAME
from app.core import audit
from app.core.db import first_or_add, session
from app.lti.models import Registration
from app.lti.protocol.messages import Person
from app.lti.protocol.problems import LtiProblem

_LONGEST_SUBJECT = 254


def subject_key(subject: str) -> str:
    """A subject as it is kept: as it is, or its digest where it would not fit (255 letters are legal)."""
    if len(subject) <= _LONGEST_SUBJECT and not subject.startswith("sha256:"):
        return subject
    return f"sha256:{hashlib.sha256(subject.encode()).hexdigest()}"


def identity_of(registration: Registration, subject: str) -> Select[Identity]:
    """How the person of that subject signs in."""
    return select(Identity).where(
        Identity.school_id == registration.school_id,
        Identity.provider == registration.provider,
        Identity.subject == subject_key(subject),
    )


def known(registration: Registration, subject: str) -> Account | None:
    """The account of a subject, if the LMS has spoken of it before."""
    identity = session.scalar(identity_of(registration, subject))
    return identity.account if identity else None


def subjects_of(registration: Registration, account_ids: Sequence[str]) -> dict[str, str]:
    """Account id to the subject that the LMS knows; whose subject was too long to keep is left out."""
    rows = session.execute(
        select(Identity.account_id, Identity.subject).where(
            Identity.provider == registration.provider, Identity.account_id.in_(account_ids)
        )
    )
    return {account_id: subject for account_id, subject in rows if not subject.startswith("sha256:")}


def person_of(registration: Registration, person: Person) -> Account:
    """The account of whoever launches, made at the first launch; LtiProblem for somebody who is locked out."""
    account = known(registration, person.subject) if person.subject else None
    if account is None:
        account = add(registration, person)
    if account.suspended_at is not None:
        raise LtiProblem("person_suspended")
    describe(registration, account, person)
    return account


def add(registration: Registration, person: Person) -> Account:
    """A new account; without a subject (an anonymous launch) it is a guest who cannot come back."""
    account = Account(school_id=registration.school_id)
    session.add(account)
    session.flush()
    audit.record("account.by_lms", school_id=registration.school_id, actor_id=None, object_id=account.id)
    if not person.subject:
        return account
    identity = first_or_add(
        identity_of(registration, person.subject),
        lambda: Identity(
            account_id=account.id,
            school_id=registration.school_id,
            provider=registration.provider,
            subject=subject_key(person.subject),
        ),
    )
    if identity.account_id != account.id:  # somebody was quicker
        session.delete(account)
    return session.get_one(Account, identity.account_id)


def describe(registration: Registration, account: Account, person: Person) -> None:
    """Take over name and address as the LMS has them, unless this registration keeps names out."""
    if registration.hides_names:
        return
    wanted = {"name": person.name[:LONGEST_NAME], "email": person.email if "@" in person.email else ""}
    for field, value in wanted.items():
        if value and getattr(account, field) != value:
            setattr(account, field, value)
