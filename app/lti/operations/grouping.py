"""Sections and groups of an LMS course, as sections and group sets here.

Each set of the LMS becomes a group set, and groups without a set become one of their own. Somebody is in one group
of a set at most: the first that the LMS names. What the teacher made here by hand is not touched, and a group set
that the teacher removed is made anew only if the LMS has people for it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select

from app.accounts.models import Account
from app.core.addresses import Unreachable
from app.core.db import first_or_add, session
from app.courses.models import Enrollment, Group, GroupMember, GroupSet, Section
from app.courses.queries import enrollment_of
from app.lti.models import Context, RemoteGroup
from app.lti.protocol import groups as protocol
from app.lti.protocol.messages import Launch
from app.lti.protocol.names import GROUPS_READ
from app.lti.protocol.paging import next_page

from .calling import call, json_of
from .placing import member_of

MOST_PAGES = 20


class Division(NamedTuple):
    """How an LMS divides its course."""

    groups: list[protocol.Group]
    sets: dict[str, str]


def fetched(context: Context) -> Division:
    """Groups and sets of the LMS's course; nothing where it has no such service or does not let us in."""
    if not context.groups_url:
        return Division([], {})
    found = [
        one
        for page in _pages(context, context.groups_url, protocol.GROUPS_ACCEPT)
        for one in protocol.groups_of(page)
    ]
    sets: dict[str, str] = {}
    if context.group_sets_url:
        for page in _pages(context, context.group_sets_url, protocol.SETS_ACCEPT):
            sets |= protocol.sets_of(page)
    return Division(found, sets)


def _pages(context: Context, url: str, accept: Mapping[str, str]) -> Iterable[object]:
    seen: set[str] = set()
    try:
        while url and url not in seen and len(seen) < MOST_PAGES:
            seen.add(url)
            answer = call(context.registration, [GROUPS_READ], "GET", url, headers=accept)
            yield json_of(answer)
            url = next_page(answer.headers, url)
    except Unreachable:
        return  # groups are an addition: the class list is taken over without them


def take_over(context: Context, division: Division, places: Mapping[str, tuple[str, ...]]) -> None:
    """Put people (account id to ids of their groups) into the groups that the LMS has for them."""
    if not any(places.values()):
        return
    known = {one.id: one for one in division.groups}
    for account_id, ids in places.items():
        _put(context, account_id, [known[one] for one in ids if one in known], division.sets)


def as_launched(context: Context, account: Account, launch: Launch) -> None:
    """Section and groups that a launch itself names."""
    row = session.scalar(enrollment_of(context.course_id, account.id))
    if row is None or row.role != "student":
        return
    _seat(context, account, row, launch.section)
    if launch.groups and not context.groups_url:
        _put(
            context,
            account.id,
            [protocol.Group(one, _("Group %(n)s", n=one)[:80]) for one in launch.groups],
            {},
        )


def _seat(context: Context, account: Account, row: Enrollment, name: str) -> None:
    """Into the section that the LMS names, if it names another one than last time."""
    member = member_of(context, account)
    if not name or member.section == name:
        return
    member.section = name
    section = first_or_add(
        select(Section).where(Section.course_id == context.course_id, Section.name == name),
        lambda: Section(course_id=context.course_id, name=name),
    )
    row.section_id = section.id


def _put(context: Context, account_id: str, wanted: list[protocol.Group], sets: Mapping[str, str]) -> None:
    """Into the first group of each set; out of the LMS's other groups of these sets."""
    first: dict[str, protocol.Group] = {}
    for one in wanted:
        first.setdefault(one.set_id, one)
    for one in first.values():
        group = _group(context, one, sets)
        siblings = select(Group.id).where(Group.group_set_id == group.group_set_id)
        held = session.scalars(
            select(GroupMember.group_id).where(
                GroupMember.account_id == account_id, GroupMember.group_id.in_(siblings)
            )
        ).all()
        if list(held) != [group.id]:
            session.execute(
                delete(GroupMember).where(
                    GroupMember.account_id == account_id, GroupMember.group_id.in_(siblings)
                )
            )
            session.add(GroupMember(group_id=group.id, account_id=account_id))
            session.flush()


def _group(context: Context, said: protocol.Group, sets: Mapping[str, str]) -> Group:
    group_set = _set(context, said.set_id, sets)
    remote = session.scalar(_remote(context, said.set_id, said.id))
    if remote is None:
        made = Group(group_set_id=group_set.id, course_id=context.course_id, name=said.name)
        session.add(made)
        session.flush()
        remote = first_or_add(
            _remote(context, said.set_id, said.id),
            lambda: RemoteGroup(
                lti_context_id=context.id,
                set_id=said.set_id,
                remote_id=said.id,
                group_set_id=group_set.id,
                group_id=made.id,
            ),
        )
        if remote.group_id != made.id:  # somebody of the same group was quicker
            session.delete(made)
    return session.get_one(Group, remote.group_id)


def _set(context: Context, set_id: str, sets: Mapping[str, str]) -> GroupSet:
    remote = session.scalar(_remote(context, set_id, ""))
    if remote is None:
        name = sets.get(set_id) or _("Groups of the LMS")
        made = GroupSet(course_id=context.course_id, name=name[:80])
        session.add(made)
        session.flush()
        remote = first_or_add(
            _remote(context, set_id, ""),
            lambda: RemoteGroup(lti_context_id=context.id, set_id=set_id, remote_id="", group_set_id=made.id),
        )
        if remote.group_set_id != made.id:
            session.delete(made)
    return session.get_one(GroupSet, remote.group_set_id)


def _remote(context: Context, set_id: str, remote_id: str) -> Select[RemoteGroup]:
    return select(RemoteGroup).where(
        RemoteGroup.lti_context_id == context.id,
        RemoteGroup.set_id == set_id,
        RemoteGroup.remote_id == remote_id,
    )
