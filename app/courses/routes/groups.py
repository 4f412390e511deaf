"""`/api/v1/courses/{id}/group-sets` and the members of a group."""

from typing import Any

from apiflask import APIBlueprint
from flask import g

from app.core.db import session
from app.core.paging import PageIn, page
from app.core.policy import Action
from app.core.web import requires
from app.courses import queries
from app.courses.models import Group, GroupSet
from app.courses.operations import dividing
from app.courses.queries import course_or_404, group_or_404, group_set_or_404
from app.courses.schemas import GroupOut, GroupSetIn, GroupSetOut, GroupSetsOut, MembersIn, NameIn

api = APIBlueprint("groups", __name__, url_prefix="/api/v1/courses/<course_id>")


def as_read(group_sets: list[GroupSet]) -> list[dict[str, Any]]:
    """Group sets with their groups and members, in three statements however many there are."""
    wanted = [row.id for row in group_sets]
    groups = list(session.scalars(queries.groups_of_sets(wanted)))
    members = queries.members_by_group([group.id for group in groups])
    return [
        {
            "id": row.id,
            "name": row.name,
            "groups": [_as_read(group, members) for group in groups if group.group_set_id == row.id],
        }
        for row in group_sets
    ]


def _as_read(group: Group, members: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": group.id, "name": group.name, "members": members.get(group.id, [])}


@api.get("/group-sets")
@api.input(PageIn, location="query", arg_name="wanted")
@api.output(GroupSetsOut)
@requires(Action.READ_ROSTER, load=course_or_404)
def list_group_sets(course_id: str, wanted: PageIn) -> dict[str, Any]:
    """The ways in which the course is divided."""
    rows, following = page(queries.group_sets(course_id), GroupSet.id, wanted)
    return {"items": as_read(rows), "next": following}


@api.post("/group-sets")
@api.input(GroupSetIn, arg_name="draft")
@api.output(GroupSetOut, status_code=201)
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def add(course_id: str, draft: GroupSetIn) -> dict[str, Any]:
    """Divide the course: into named groups, or by lot."""
    if draft.random:
        made = dividing.add_random_groups(g.viewer, g.thing, draft.name, draft.random)
    else:
        made = dividing.add_group_set(g.viewer, g.thing, draft.name, draft.groups)
    return as_read([made])[0]


@api.get("/group-sets/<group_set_id>")
@api.output(GroupSetOut)
@requires(Action.READ_ROSTER, load=group_set_or_404)
def read(course_id: str, group_set_id: str) -> dict[str, Any]:
    """One group set."""
    return as_read([g.thing])[0]


@api.patch("/group-sets/<group_set_id>")
@api.input(NameIn, arg_name="change")
@api.output(GroupSetOut)
@requires(Action.MANAGE_ROSTER, load=group_set_or_404, see=Action.READ_COURSE)
def rename(course_id: str, group_set_id: str, change: NameIn) -> dict[str, Any]:
    """Rename a group set."""
    dividing.rename_group_set(g.viewer, g.thing, change.name)
    return as_read([g.thing])[0]


@api.delete("/group-sets/<group_set_id>")
@api.output({}, status_code=204)
@requires(Action.MANAGE_ROSTER, load=group_set_or_404, see=Action.READ_COURSE)
def remove(course_id: str, group_set_id: str) -> str:
    """Remove a group set that no assignment uses."""
    dividing.remove_group_set(g.viewer, g.thing)
    return ""


@api.put("/groups/<group_id>/members")
@api.input(MembersIn, arg_name="wish")
@api.output(GroupOut)
@requires(Action.MANAGE_ROSTER, load=group_or_404, see=Action.READ_COURSE)
def set_members(course_id: str, group_id: str, wish: MembersIn) -> dict[str, Any]:
    """Say who is in a group; they leave their other group of the set."""
    dividing.set_members(g.viewer, g.thing, wish.account_ids)
    return _as_read(g.thing, queries.members_by_group([group_id]))
