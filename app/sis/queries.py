"""Reading imports, and what earlier rosters brought."""

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from app.accounts.models import Account
from app.core.db import session
from app.core.errors import NotFound
from app.courses.models import Course

from .models import RosterCourse, RosterEnrollment, RosterImport, RosterPerson
from .planning import Known, KnownCourse, KnownEnrollment, KnownPerson


def imports(school_id: str) -> Select[RosterImport]:
    """The imports of a school, the newest first."""
    found = select(RosterImport).where(RosterImport.school_id == school_id)
    return found.order_by(RosterImport.created_at.desc(), RosterImport.id.desc())


def import_or_404(import_id: str) -> RosterImport:
    """An import; the rule asks whether it is the admin's school's."""
    row = session.get(RosterImport, import_id)
    if row is None:
        raise NotFound(_("There is no such import."))
    return row


def known(school_id: str) -> Known:
    """Everything that earlier rosters brought to a school; people by e-mail only where it is one account's."""
    people = select(RosterPerson, Account).join(Account, Account.id == RosterPerson.account_id)
    courses = select(RosterCourse, Course.title).join(Course, Course.id == RosterCourse.course_id)
    rows = select(RosterEnrollment).where(RosterEnrollment.school_id == school_id)
    found = {
        row.sourced_id: KnownPerson(account.id, account.name, account.email or "", row.left_at is not None)
        for row, account in session.execute(people.where(RosterPerson.school_id == school_id))
    }
    return Known(
        people=found,
        courses={
            row.sourced_id: KnownCourse(row.course_id, title, row.ended_at is not None)
            for row, title in session.execute(courses.where(RosterCourse.school_id == school_id))
        },
        enrollments={
            row.sourced_id: KnownEnrollment(row.course_id, row.account_id, row.role, row.ended_at is not None)
            for row in session.scalars(rows)
        },
        by_email=_by_email(school_id, {one.account_id for one in found.values()}),
    )


def _by_email(school_id: str, known_ids: set[str]) -> dict[str, str]:
    """Small e-mail address to the one account that has it and that no roster brought.

    Never an admin's: a file must not decide who that is.
    """
    email = func.lower(Account.email)
    rows = session.execute(
        select(email, Account.id, Account.is_admin).where(
            Account.school_id == school_id, Account.email.is_not(None), Account.erased_at.is_(None)
        )
    ).all()
    counted: dict[str, int] = {}
    for address, _id, _admin in rows:
        counted[address] = counted.get(address, 0) + 1
    return {
        address: account_id
        for address, account_id, is_admin in rows
        if counted[address] == 1 and account_id not in known_ids and not is_admin
    }
