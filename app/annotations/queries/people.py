"""Whose names somebody may see."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import Viewer
from app.courses.models import Enrollment, Group, GroupMember

from ..models import Annotation
from .visibility import visible


def roster_of(viewer: Viewer, assignment: Assignment) -> list[dict[str, Any]]:
    """The people of an assignment as ``{id, name, role}``: the course, or for a pupil with a group the group
    and the staff. Who has left the course is named only if something of theirs can still be read.
    """
    wrote = visible(viewer, assignment).where(
        Annotation.anonymous.is_(False), Annotation.deleted_at.is_(None)
    )
    here = Enrollment.ended_at.is_(None)
    mates = _group_mates(viewer, assignment)
    rows = session.execute(
        select(Account.id, Account.name, Enrollment.role)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .where(Enrollment.course_id == assignment.course_id)
        .where(
            or_(
                here if mates is None else here & mates,
                Account.id.in_(wrote.with_only_columns(Annotation.creator_id)),
            )
        )
        .order_by(Account.name, Account.id)
    )
    return [{"id": row.id, "name": row.name, "role": row.role} for row in rows]


def _group_mates(viewer: Viewer, assignment: Assignment) -> ColumnElement[bool] | None:
    """For a pupil where threads are per group: staff, the own group, and who is in no group."""
    if assignment.group_set_id is None or viewer.role_in(assignment.course_id) != "student":
        return None
    in_set = (
        select(GroupMember.account_id)
        .join(Group, Group.id == GroupMember.group_id)
        .where(Group.group_set_id == assignment.group_set_id)
    )
    own = in_set.where(GroupMember.group_id.in_(viewer.memberships[assignment.course_id].groups))
    return or_(Enrollment.role != "student", Account.id.in_(own), Account.id.not_in(in_set))


def anonymous_authors(viewer: Viewer, assignment: Assignment) -> list[dict[str, str]]:
    """Who wrote the anonymous annotations that this viewer can read, as ``{annotation_id, id, name}``."""
    rows = session.execute(
        visible(viewer, assignment)
        .join(Account, Account.id == Annotation.creator_id)
        .where(Annotation.anonymous.is_(True))
        .with_only_columns(Annotation.id, Account.id.label("account_id"), Account.name)
        .order_by(Annotation.id)
    )
    return [{"annotation_id": row.id, "id": row.account_id, "name": row.name} for row in rows]


def own_group(viewer: Viewer, assignment: Assignment) -> str | None:
    """The group of the assignment's set that a pupil belongs to."""
    if assignment.group_set_id is None or viewer.role_in(assignment.course_id) != "student":
        return None
    return session.scalar(
        select(Group.id)
        .where(Group.group_set_id == assignment.group_set_id)
        .where(Group.id.in_(viewer.memberships[assignment.course_id].groups))
        .order_by(Group.id)
        .limit(1)
    )


def readers_among(
    account_ids: list[str], assignment: Assignment, audience: str, owner: str | None
) -> list[str]:
    """Those of the accounts who can read an annotation with this audience and owner, in the given order."""
    kind, _colon, key = audience.partition(":")
    members = select(Enrollment.account_id).where(
        Enrollment.course_id == assignment.course_id,
        Enrollment.ended_at.is_(None),
        Enrollment.account_id.in_(account_ids),
    )
    if kind == "group":
        in_group = select(GroupMember.account_id).where(GroupMember.group_id == key)
        members = members.where(or_(Enrollment.role != "student", Enrollment.account_id.in_(in_group)))
    elif kind == "staff":
        members = members.where(
            or_(Enrollment.role.in_(("teacher", "assistant")), Enrollment.account_id == owner)
        )
    elif kind != "course":
        members = members.where(Enrollment.account_id == owner)
    found = set(session.scalars(members))
    return [account_id for account_id in dict.fromkeys(account_ids) if account_id in found]


def names_of(account_ids: list[str]) -> list[str]:
    """The names of accounts, for marking up mentions."""
    if not account_ids:
        return []
    return list(session.scalars(select(Account.name).where(Account.id.in_(account_ids))))
