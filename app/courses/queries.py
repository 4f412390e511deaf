"""Reading courses, and what a person is in them."""

from collections import defaultdict

from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import NOBODY, Membership, Viewer

from .models import Course, Enrollment, Group, GroupMember


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


def _memberships(account_id: str) -> dict[str, Membership]:
    rows = session.execute(
        select(Enrollment.course_id, Enrollment.role, Enrollment.section_id, Enrollment.paused_at)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Enrollment.account_id == account_id, Enrollment.ended_at.is_(None))
        .where(Course.deleted_at.is_(None))
    ).all()
    groups = _groups(account_id, [row.course_id for row in rows if row.role != "student"])
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


def _groups(account_id: str, whole_courses: list[str]) -> dict[str, set[str]]:
    """Course id to group ids: a student's own groups; all of a course for those who teach or observe."""
    found: dict[str, set[str]] = defaultdict(set)
    own = (
        select(Group.course_id, Group.id)
        .join(GroupMember, GroupMember.group_id == Group.id)
        .where(GroupMember.account_id == account_id)
    )
    every = select(Group.course_id, Group.id).where(Group.course_id.in_(whole_courses))
    for course_id, group_id in session.execute(own.union(every) if whole_courses else own):
        found[course_id].add(group_id)
    return found


def course_or_404(course_id: str) -> Course:
    """The course, unless it was deleted."""
    course = session.get(Course, course_id)
    if course is None or course.deleted_at is not None:
        raise NotFound("This course does not exist, or is not shared with you.")
    return course
