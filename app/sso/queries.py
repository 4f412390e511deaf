"""Reading providers and who signs in through them."""

import hashlib

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from app.accounts.models import Account, Identity, School
from app.core.db import session
from app.core.errors import NotFound

from .models import Provider


def providers_of(school_id: str) -> Select[Provider]:
    """A school's providers, by name."""
    return select(Provider).where(Provider.school_id == school_id).order_by(Provider.name, Provider.id)


def offered() -> list[tuple[str, str]]:
    """Id and name of every provider that the sign-in page offers; with the school's name where there are several."""
    rows = session.execute(
        select(Provider.id, Provider.name, School.name)
        .join(School, School.id == Provider.school_id)
        .where(Provider.state == "active")
        .order_by(School.name, Provider.name, Provider.id)
        .limit(20)
    ).all()
    several = len({school for _id, _name, school in rows}) > 1
    return [(key, f"{name} ({school})" if several else name) for key, name, school in rows]


def to_join(account: Account) -> list[Provider]:
    """Providers of the person's school with which they do not sign in yet."""
    used = {identity.provider for identity in account.identities}
    rows = session.scalars(providers_of(account.school_id).where(Provider.state == "active"))
    return [row for row in rows if provider_key(row) not in used]


def provider_or_404(provider_id: str) -> Provider:
    """A provider; for admins the rule asks whether it is their school's."""
    row = session.get(Provider, provider_id)
    if row is None:
        raise NotFound(_("There is no such way to sign in."))
    return row


def provider_key(provider: Provider) -> str:
    """How identities name an issuer. It is the issuer itself that counts: who changes it changes who people are."""
    return f"{provider.protocol}:{hashlib.sha256(provider.issuer.encode()).hexdigest()[:40]}"


def subject_key(subject: str) -> str:
    """A subject as it is kept: as it is, or its digest where it would not fit."""
    if len(subject) <= 200 and not subject.startswith("sha256:"):
        return subject
    return f"sha256:{hashlib.sha256(subject.encode()).hexdigest()}"


def identity_of(provider: Provider, subject: str) -> Select[Identity]:
    """How the person of that subject signs in at the provider's school."""
    return select(Identity).where(
        Identity.school_id == provider.school_id,
        Identity.provider == provider_key(provider),
        Identity.subject == subject_key(subject),
    )


def by_email(school_id: str, email: str) -> Select[Account]:
    """People of the school with that address, admins left out: an address alone never makes an admin."""
    return (
        select(Account)
        .where(Account.school_id == school_id, func.lower(Account.email) == email.lower())
        .where(Account.erased_at.is_(None), Account.is_admin.is_(False))
        .order_by(Account.id)
        .limit(2)
    )
