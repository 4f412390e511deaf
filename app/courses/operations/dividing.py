"""Sections, and group sets: ways to divide a course."""

import random
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.policy import Viewer
from app.courses import queries
from app.courses.models import Course, Enrollment, Group, GroupMember, GroupSet, Section

from .running import record

LONGEST = 80
MOST_GROUPS = 200


def _clean(name: str) -> str:
    kept = " ".join(name.split())
    if not kept or len(kept) > LONGEST:
        raise Invalid(_("A name here has 1 to %(n)s characters.", n=LONGEST), "name", "/name")
    return kept


def add_section(viewer: Viewer, course: Course, name: str) -> Section:
    """A new section; names are unique in a course."""
    section = Section(course_id=course.id, name=_free_section_name(course.id, name))
    session.add(section)
    session.flush()
    record("section.added", viewer, course, section.id)
    return section


def rename_section(viewer: Viewer, section: Section, name: str) -> None:
    """Give a section another name."""
    if _clean(name) != section.name:
        section.name = _free_section_name(section.course_id, name)
    record("section.renamed", viewer, section.course, section.id)


def _free_section_name(course_id: str, name: str) -> str:
    kept = _clean(name)
    if session.scalar(select(Section.id).where(Section.course_id == course_id, Section.name == kept)):
        raise Conflict(_("There is a section of this name already."), "section_exists")
    return kept


def remove_section(viewer: Viewer, section: Section) -> None:
    """Remove a section; its people stay in the course, its own dates go."""
    for row in session.scalars(select(Enrollment).where(Enrollment.section_id == section.id)):
        row.section_id = None
    session.flush()
    session.execute(delete(Section).where(Section.id == section.id))
    record("section.removed", viewer, section.course, section.id)


def add_group_set(viewer: Viewer, course: Course, name: str, group_names: Sequence[str] = ()) -> GroupSet:
    """A new way to divide the course, with empty groups of these names."""
    if len(group_names) > MOST_GROUPS:
        raise Invalid(_("At most %(n)s groups in a set.", n=MOST_GROUPS), "groups_many", "/groups")
    made = GroupSet(course_id=course.id, name=_clean(name))
    session.add(made)
    session.flush()
    for group_name in group_names:
        session.add(Group(group_set_id=made.id, course_id=course.id, name=_clean(group_name)))
    session.flush()
    record("group_set.added", viewer, course, made.id)
    return made


def add_random_groups(viewer: Viewer, course: Course, name: str, number: int) -> GroupSet:
    """Divide the students by lot into so many groups whose sizes differ by at most one."""
    students = list(session.scalars(queries.students(course.id)))
    if not 2 <= number <= min(MOST_GROUPS, max(2, len(students))):
        raise Invalid(
            _("Take at least 2 groups, and no more than there are students."), "groups_number", "/number"
        )
    made = add_group_set(viewer, course, name, [_("Group %(n)s", n=f"{n:02}") for n in range(1, number + 1)])
    groups = list(session.scalars(queries.groups_of(made.id)))
    random.SystemRandom().shuffle(students)
    for place, account_id in enumerate(students):
        session.add(GroupMember(group_id=groups[place % number].id, account_id=account_id))
    session.flush()
    return made


def set_members(viewer: Viewer, group: Group, account_ids: Sequence[str]) -> None:
    """These students are the group's members now; in a set a student is in one group at most."""
    wanted = set(account_ids)
    if not wanted <= set(session.scalars(queries.students(group.course_id))):
        raise Invalid(_("Only students of the course can be in its groups."), "not_a_student", "/account_ids")
    siblings = select(Group.id).where(Group.group_set_id == group.group_set_id)
    session.execute(
        delete(GroupMember).where(GroupMember.group_id.in_(siblings), GroupMember.account_id.in_(wanted))
    )
    session.execute(delete(GroupMember).where(GroupMember.group_id == group.id))
    session.add_all(GroupMember(group_id=group.id, account_id=account_id) for account_id in sorted(wanted))
    session.flush()
    record("group.members", viewer, queries.course_or_404(group.course_id), group.id, members=len(wanted))


def place(viewer: Viewer, group_set: GroupSet, places: dict[str, str]) -> None:
    """Put students (account id -> group id; empty: in no group) where the form says."""
    groups = {group.id: group for group in group_set.groups}
    for group in groups.values():
        set_members(viewer, group, [one for one, where in places.items() if where == group.id])


def rename_group_set(viewer: Viewer, group_set: GroupSet, name: str) -> None:
    """Give a group set another name."""
    group_set.name = _clean(name)
    record("group_set.renamed", viewer, queries.course_or_404(group_set.course_id), group_set.id)


def remove_group_set(viewer: Viewer, group_set: GroupSet) -> None:
    """Remove a way to divide the course, unless an assignment's threads stand on it."""
    course = queries.course_or_404(group_set.course_id)
    groups = select(Group.id).where(Group.group_set_id == group_set.id)
    try:
        with session.begin_nested():
            session.execute(delete(GroupMember).where(GroupMember.group_id.in_(groups)))
            session.execute(delete(Group).where(Group.group_set_id == group_set.id))
            session.execute(delete(GroupSet).where(GroupSet.id == group_set.id))
    except IntegrityError as error:
        raise Conflict(
            _("An assignment uses these groups. Change the assignment first."), "in_use"
        ) from error
    record("group_set.removed", viewer, course, group_set.id)
