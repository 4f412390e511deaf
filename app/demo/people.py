"""The people of the demo: made once, found again by an identity that nobody can sign in with."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, Identity, School
from app.accounts.operations import people
from app.core.db import session

from .material import Person

PROVIDER = "demo"


def known(school: School) -> dict[str, Account]:
    """The demo people of a school by their short names; empty before the demo was filled."""
    rows = session.scalars(
        select(Identity)
        .where(Identity.school_id == school.id, Identity.provider == PROVIDER)
        .options(joinedload(Identity.account))
        .order_by(Identity.id)
    )
    return {row.subject: row.account for row in rows}


def add(school: School, key: str, person: Person) -> Account:
    """A new demo person; passwords are theirs to set, as for a pupil from a class list."""
    account = people.add_without_password(school.id, person.name)
    account.may_create_courses = person.role == "teacher"
    session.add(Identity(account_id=account.id, school_id=school.id, provider=PROVIDER, subject=key))
    session.flush()
    return account
