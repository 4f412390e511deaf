"""Reading courses, and what a person is in them."""

from collections import defaultdict

from flask_babel import gettext as _
from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, Identity
from app.accounts.queries import subject_of
from app.core.db import ask, session, table_of
from app.core.errors import NotFound
from app.core.policy import NOBODY, Membership, Viewer

from .models import Course, Enrollment, Group, GroupMember, GroupSet, Section


def viewer_of(account: Account | None) -> Viewer:
    """The viewer that the rules ask about: the account and its active enrollments."""
    if account is None:
        return NOBODY
    return Viewer(
        account_id=account.id,
        school_id=account.school_id,
        name=account.name,
        is_admin=account.is_admin,
        may_create_courses=account.may_create_courses,
        memberships=_memberships(account.id),
    )


# Asked by every request, so built once and over tables. A student's own groups; all of a course for those who
# teach or observe.
_ENROLLMENTS, _COURSES = table_of(Enrollment), table_of(Course)
_GROUPS, _MEMBERS = table_of(Group), table_of(GroupMember)
_IS_IN = exists().where(
    _MEMBERS.c.group_id == _GROUPS.c.id, _MEMBERS.c.account_id == _ENROLLMENTS.c.account_id
)
_BELONGS = and_(
    _GROUPS.c.course_id == _ENROLLMENTS.c.course_id, or_(_ENROLLMENTS.c.role != "student", _IS_IN)
)
_MEMBERSHIPS = (
    select(
        _ENROLLMENTS.c.course_id,
        _ENROLLMENTS.c.role,
        _ENROLLMENTS.c.section_id,
        _ENROLLMENTS.c.paused_at,
        _GROUPS.c.id.label("group_id"),
    )
    .join(_COURSES, _COURSES.c.id == _ENROLLMENTS.c.course_id)
    .outerjoin(_GROUPS, _BELONGS)
    .where(_ENROLLMENTS.c.account_id == bindparam("account_id"), _ENROLLMENTS.c.ended_at.is_(None))
    .where(_COURSES.c.deleted_at.is_(None))
)


def _memberships(account_id: str) -> dict[str, Membership]:
    rows = ask(_MEMBERSHIPS, {"account_id": account_id}).all()
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.group_id is not None:
            groups[row.course_id].add(row.group_id)
    return {
        row.course_id: Membership(
            course_id=row.course_id,
            role=row.role,
            section_id=row.section_id,
            groups=frozenset(groups[row.course_id]),
            paused=row.paused_at is not None,
        )
        for row in rows
    }


def course_or_404(course_id: str) -> Course:
    """The course, unless it was deleted."""
    course = session.get(Course, course_id)
    if course is None or course.deleted_at is not None:
        raise NotFound(_("This course does not exist, or is not shared with you."))
    return course


def courses_of(account_id: str) -> Select[Course]:
    """The courses that a person is in now."""
    return (
        select(Course)
        .join(Enrollment, Enrollment.course_id == Course.id)
        .where(Enrollment.account_id == account_id, Enrollment.ended_at.is_(None))
        .where(Course.deleted_at.is_(None))
    )


def by_join_code(code: str) -> Select[Course]:
    """The course that a code lets into; however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())[:12]
    return select(Course).where(
        Course.join_code == plain, Course.join_open.is_(True), Course.deleted_at.is_(None)
    )


def enrollment_of(course_id: str, account_id: str) -> Select[Enrollment]:
    """A person's enrollment in a course, whether it ended or not."""
    return select(Enrollment).where(Enrollment.course_id == course_id, Enrollment.account_id == account_id)


def people(course_id: str) -> Select[Enrollment]:
    """Everybody in a course now, with account and section."""
    return _with_accounts(course_id).where(Enrollment.ended_at.is_(None))


def former_people(course_id: str) -> Select[Enrollment]:
    """Who was taken off the course, by name."""
    return _by_name(_with_accounts(course_id).where(Enrollment.ended_at.is_not(None)))


def people_by_name(course_id: str) -> Select[Enrollment]:
    """Everybody in a course now, by name."""
    return _by_name(people(course_id))


def _with_accounts(course_id: str) -> Select[Enrollment]:
    return (
        select(Enrollment)
        .join(Account, Account.id == Enrollment.account_id)
        .where(Enrollment.course_id == course_id, Account.erased_at.is_(None))
        .options(joinedload(Enrollment.account), joinedload(Enrollment.section))
    )


def _by_name(enrollments: Select[Enrollment]) -> Select[Enrollment]:
    return enrollments.order_by(func.lower(Account.name), Enrollment.id)


def roster(course_id: str) -> Select[str, str, str, str | None, bool]:
    """Names of a course: ``(account_id, name, role, section_id, is_former)``.

    People who left are in it too, since what they wrote is still there.
    """
    return (
        select(
            Account.id,
            Account.name,
            Enrollment.role,
            Enrollment.section_id,
            Enrollment.ended_at.is_not(None).label("is_former"),
        )
        .join(Account, Account.id == Enrollment.account_id)
        .where(Enrollment.course_id == course_id)
        .order_by(Account.id)
    )


def students(course_id: str) -> Select[str]:
    """Account ids of the students of a course now."""
    return (
        select(Enrollment.account_id)
        .where(Enrollment.course_id == course_id, Enrollment.ended_at.is_(None))
        .where(Enrollment.role == "student")
        .order_by(Enrollment.account_id)
    )


def number_of_teachers(course_id: str) -> int:
    """How many teachers a course has now."""
    count = select(func.count()).select_from(Enrollment)
    teaching = count.where(Enrollment.course_id == course_id, Enrollment.role == "teacher")
    return session.scalar(teaching.where(Enrollment.ended_at.is_(None))) or 0


def is_trusted(account: Account) -> bool:
    """Is the person staff somewhere, or an admin, so that no teacher may set their password?"""
    staff = select(Enrollment.id).where(Enrollment.account_id == account.id, Enrollment.role != "student")
    return (
        account.is_admin
        or account.may_create_courses
        or session.scalar(staff.where(Enrollment.ended_at.is_(None)).limit(1)) is not None
    )


def person_of_school(school_id: str, email: str) -> Select[Account]:
    """Somebody of the school by e-mail or sign-in name."""
    wanted = subject_of(email)
    return (
        select(Account)
        .outerjoin(Identity, Identity.account_id == Account.id)
        .where(Account.school_id == school_id, Account.erased_at.is_(None))
        .where(or_(Identity.subject == wanted, func.lower(Account.email) == wanted))
        .order_by(Account.id)
        .limit(1)
    )


def without_password(course_id: str) -> Select[Enrollment]:
    """Students made from a class list who have not chosen a password yet."""
    return _by_name(
        people(course_id)
        .join(Identity, Identity.account_id == Account.id)
        .where(Enrollment.role == "student", Account.email.is_(None))
        .where(Identity.provider == "password", Identity.secret.is_(None))
    )


def enrollment_or_404(course_id: str, enrollment_id: str) -> Enrollment:
    """An enrollment of that course."""
    row = session.get(Enrollment, enrollment_id)
    if row is None or row.course_id != course_or_404(course_id).id:
        raise NotFound(_("This person is not in the course."))
    return row


def section_or_404(course_id: str, section_id: str) -> Section:
    """A section of that course."""
    section = session.get(Section, section_id)
    if section is None or section.course_id != course_or_404(course_id).id:
        raise NotFound(_("There is no such section."))
    return section


def section_in(course: Course, section_id: str | None) -> Section | None:
    """The section that was chosen for somebody, if any."""
    return section_or_404(course.id, section_id) if section_id else None


def group_sets(course_id: str) -> Select[GroupSet]:
    """The group sets of a course."""
    return select(GroupSet).where(GroupSet.course_id == course_id)


def groups_of(group_set_id: str) -> Select[Group]:
    """The groups of a set, by name."""
    return groups_of_sets([group_set_id])


def groups_of_sets(group_set_ids: list[str]) -> Select[Group]:
    """The groups of several sets, by name."""
    return select(Group).where(Group.group_set_id.in_(group_set_ids)).order_by(Group.name, Group.id)


def group_set_or_404(course_id: str, group_set_id: str) -> GroupSet:
    """A group set of that course."""
    found = session.get(GroupSet, group_set_id)
    if found is None or found.course_id != course_or_404(course_id).id:
        raise NotFound(_("There is no such group set."))
    return found


def group_or_404(course_id: str, group_id: str) -> Group:
    """A group of that course."""
    found = session.get(Group, group_id)
    if found is None or found.course_id != course_or_404(course_id).id:
        raise NotFound(_("There is no such group."))
    return found


def members_by_group(group_ids: list[str]) -> dict[str, list[str]]:
    """Group id to the account ids of its members."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = select(GroupMember.group_id, GroupMember.account_id).where(GroupMember.group_id.in_(group_ids))
    for group_id, account_id in session.execute(rows.order_by(GroupMember.account_id)):
        found[group_id].append(account_id)
    return found
