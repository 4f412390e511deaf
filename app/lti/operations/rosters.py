"""The class list of an LMS course: fetched whole, then taken over in one go.

Who is not listed any more is taken off the course, with all they wrote kept; who is back comes back. Only people
whom the LMS itself brought here are taken off. A roster alone never makes a teacher or assistant a student: some
LMSs list assistants as learners.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import insert, select

from app.accounts.models import Account, Identity
from app.accounts.operations.people import LONGEST_NAME
from app.core.addresses import Unreachable
from app.core.db import session
from app.core.ids import new_id, now
from app.core.outgoing import ROSTER
from app.core.policy import STAFF
from app.courses.models import Enrollment
from app.lti.models import Context, Member, Registration
from app.lti.protocol.names import MEMBERS_READ
from app.lti.protocol.paging import next_page
from app.lti.protocol.rosters import ACCEPT, MOST_PAGES, Listed, first_page, listed

from .calling import call, json_of
from .people import subject_key

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def fetched(context: Context) -> list[Listed]:
    """Everybody in the LMS's course, all pages; raises Unreachable rather than return a part."""
    found: dict[str, Listed] = {}
    url, seen = first_page(context.members_url), set()
    for _page in range(MOST_PAGES):
        answer = call(context.registration, [MEMBERS_READ], "GET", url, headers=ACCEPT, most=ROSTER)
        container = json_of(answer)
        people = listed(container) if isinstance(container, dict) else []
        found |= {person.subject: person for person in people}
        seen.add(url)
        url = next_page(answer.headers, url)
        if not url or url in seen:
            return list(found.values())
    raise Unreachable("too_large", limit=f"{MOST_PAGES} pages")


def take_over(context: Context, people: list[Listed]) -> dict[str, str]:
    """Make the course's people those of the roster; returns subject to account id of who is there."""
    registration, here = context.registration, [one for one in people if one.is_active]
    if not here:
        raise Unreachable("roster_empty")  # a class does not vanish: rather believe that something is wrong
    accounts = _accounts(registration, here)
    _enrol(context, here, accounts)
    _take_off(context, {accounts[one.subject] for one in here})
    context.roster_at, context.roster_count, context.roster_problem = now(), len(here), ""
    return {one.subject: accounts[one.subject] for one in here}


def _accounts(registration: Registration, people: list[Listed]) -> dict[str, str]:
    """Subject to account id; unknown people get an account."""
    wanted = {subject_key(one.subject): one for one in people}
    known: dict[str, str] = {}
    for part in _parts(list(wanted)):
        rows = session.execute(
            select(Identity.subject, Identity.account_id).where(
                Identity.school_id == registration.school_id,
                Identity.provider == registration.provider,
                Identity.subject.in_(part),
            )
        )
        known |= {subject: account_id for subject, account_id in rows}
    _describe(registration, {account_id: wanted[subject] for subject, account_id in known.items()})
    new = {subject: new_id() for subject in wanted if subject not in known}
    _add_accounts(registration, {account_id: wanted[subject] for subject, account_id in new.items()})
    every = known | new
    return {one.subject: every[subject] for subject, one in wanted.items()}


def _parts(values: list[str], size: int = 500) -> Iterable[list[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _shown(registration: Registration, one: Listed) -> tuple[str, str | None]:
    if registration.hides_names:
        return "", None
    return one.name[:LONGEST_NAME], one.email[:254] if "@" in one.email else None


def _add_accounts(registration: Registration, people: dict[str, Listed]) -> None:
    if not people:
        return
    accounts, identities = [], []
    for account_id, one in people.items():
        name, email = _shown(registration, one)
        accounts.append({"id": account_id, "school_id": registration.school_id, "name": name, "email": email})
        identities.append(
            {
                "account_id": account_id,
                "school_id": registration.school_id,
                "provider": registration.provider,
                "subject": subject_key(one.subject),
            }
        )
    session.execute(insert(Account), accounts)
    session.execute(insert(Identity), identities)


def _describe(registration: Registration, people: dict[str, Listed]) -> None:
    for part in _parts(list(people)):
        for account in session.scalars(select(Account).where(Account.id.in_(part))):
            name, email = _shown(registration, people[account.id])
            account.name, account.email = name or account.name, email or account.email


def _enrol(context: Context, people: list[Listed], accounts: dict[str, str]) -> None:
    rows = {
        row.account_id: row
        for row in session.scalars(select(Enrollment).where(Enrollment.course_id == context.course_id))
    }
    members = {
        row.account_id: row
        for row in session.scalars(select(Member).where(Member.lti_context_id == context.id))
    }
    moment, new_rows, new_members = now(), [], []
    for one in people:
        account_id, role = accounts[one.subject], one.means.role or "student"
        if one.means.is_mentor and not one.means.role:
            continue  # a parent is no member of the class
        if row := rows.get(account_id):
            row.ended_at = None
            if not (row.role in STAFF and role == "student"):
                row.role = role
        else:
            new_rows.append({"course_id": context.course_id, "account_id": account_id, "role": role})
        if member := members.get(account_id):
            member.listed_at, member.is_test = moment, member.is_test or one.means.is_test
        else:
            new_members.append(_member(context, account_id, role, one))
    if new_rows:
        session.execute(insert(Enrollment), new_rows)
    if new_members:
        session.execute(insert(Member), new_members)


def _member(context: Context, account_id: str, role: str, one: Listed) -> dict[str, object]:
    return {
        "lti_context_id": context.id,
        "account_id": account_id,
        "role": role,
        "is_test": one.means.is_test,
        "listed_at": now(),
    }


def _take_off(context: Context, here: set[str]) -> None:
    """End the enrollment of those whom the LMS brought and lists no more; never of a course's last teacher."""
    brought = select(Member.account_id).where(
        Member.lti_context_id == context.id, Member.listed_at.is_not(None)
    )
    rows = list(
        session.scalars(
            select(Enrollment).where(
                Enrollment.course_id == context.course_id,
                Enrollment.ended_at.is_(None),
                Enrollment.account_id.in_(brought),
            )
        )
    )
    for row in rows:
        if row.account_id not in here and row.role not in STAFF:
            row.ended_at = now()
    gone_staff = [row for row in rows if row.account_id not in here and row.role in STAFF]
    for row in gone_staff:
        if any(one.role == "teacher" and one.account_id in here for one in rows):
            row.ended_at = now()
