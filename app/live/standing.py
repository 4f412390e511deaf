"""May those who are connected still be? Asked for all of them at once, every second or two."""

from collections import defaultdict
from collections.abc import Collection
from typing import cast

from sqlalchemy import select

from app.accounts.models import Account, SignIn, Token
from app.core.db import session
from app.core.ids import now
from app.core.policy import Membership, Role, Viewer
from app.courses.models import Course, Enrollment, Group, GroupMember

from .rooms import Seat


def signed_in(seats: Collection[Seat]) -> set[str]:
    """The socket ids of those whose account, and the sign-in or token they came with, still work."""
    accounts = set(
        session.scalars(
            select(Account.id)
            .where(Account.id.in_({seat.account_id for seat in seats}))
            .where(Account.suspended_at.is_(None), Account.erased_at.is_(None))
        )
    )
    sign_ins = set(
        session.scalars(
            select(SignIn.id)
            .where(SignIn.id.in_({seat.sign_in_id for seat in seats if seat.sign_in_id}))
            .where(SignIn.ended_at.is_(None), SignIn.expires_at > now())
        )
    )
    tokens = set(
        session.scalars(
            select(Token.token_hash)
            .where(Token.token_hash.in_({seat.token_hash for seat in seats if seat.token_hash}))
            .where(Token.revoked_at.is_(None))
        )
    )
    return {
        seat.sid
        for seat in seats
        if seat.account_id in accounts and (seat.sign_in_id in sign_ins or seat.token_hash in tokens)
    }


def viewers(account_ids: Collection[str], course_ids: Collection[str]) -> dict[str, Viewer]:
    """What each account is in these courses now, in three statements however many they are."""
    members = session.execute(
        select(Enrollment.account_id, Enrollment.course_id, Enrollment.role, Enrollment.section_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Enrollment.account_id.in_(account_ids), Enrollment.course_id.in_(course_ids))
        .where(Enrollment.ended_at.is_(None), Course.deleted_at.is_(None))
    )
    own, every = _groups(account_ids, course_ids)
    found: dict[str, dict[str, Membership]] = defaultdict(dict)
    for account_id, course_id, role, section_id in members:
        groups = own[account_id, course_id] if role == "student" else every[course_id]
        found[account_id][course_id] = Membership(course_id, cast(Role, role), section_id, frozenset(groups))
    return {
        account_id: Viewer(account_id=account_id, memberships=memberships)
        for account_id, memberships in found.items()
    }


def _groups(
    account_ids: Collection[str], course_ids: Collection[str]
) -> tuple[dict[tuple[str, str], set[str]], dict[str, set[str]]]:
    """Groups by (account, course), and all groups by course."""
    own: dict[tuple[str, str], set[str]] = defaultdict(set)
    every: dict[str, set[str]] = defaultdict(set)
    for course_id, group_id in session.execute(
        select(Group.course_id, Group.id).where(Group.course_id.in_(course_ids))
    ):
        every[course_id].add(group_id)
    rows = session.execute(
        select(GroupMember.account_id, Group.course_id, Group.id)
        .join(Group, Group.id == GroupMember.group_id)
        .where(GroupMember.account_id.in_(account_ids), Group.course_id.in_(course_ids))
    )
    for account_id, course_id, group_id in rows:
        own[account_id, course_id].add(group_id)
    return own, every
