"""Parts of a class that a report can be about."""

from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import NotFound
from app.courses.models import Enrollment, GroupMember
from app.courses.queries import course_or_404, group_or_404, groups_of, section_or_404

from ..schemas import PartIn


class Choice(NamedTuple):
    """A section or group to choose, with its name."""

    id: str
    name: str


def sections_of(assignment: Assignment) -> list[Choice]:
    """The sections of the course."""
    return [Choice(section.id, section.name) for section in course_or_404(assignment.course_id).sections]


def groups_in(assignment: Assignment) -> list[Choice]:
    """The groups that the assignment's threads go by, if it has any."""
    if not assignment.group_set_id:
        return []
    return [Choice(g.id, g.name) for g in session.scalars(groups_of(assignment.group_set_id))]


def people_in(assignment: Assignment, part: PartIn) -> set[str] | None:
    """The accounts of a section and of a group (of both, if both are named), None for the whole class."""
    found: set[str] | None = None
    if part.section:
        section = section_or_404(assignment.course_id, part.section)
        enrolled = select(Enrollment.account_id).where(
            Enrollment.section_id == section.id, Enrollment.ended_at.is_(None)
        )
        found = set(session.scalars(enrolled))
    if part.group:
        group = group_or_404(assignment.course_id, part.group)
        if group.group_set_id != assignment.group_set_id:
            raise NotFound(_("This group does not exist, or is not shared with you."))
        members = set(session.scalars(select(GroupMember.account_id).where(GroupMember.group_id == group.id)))
        found = members if found is None else found & members
    return found
