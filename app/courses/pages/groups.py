"""Group sets: by name, by lot, and who is where."""

from typing import Any

from apiflask import APIBlueprint
from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.db import session
from app.core.errors import Problem
from app.core.policy import Action
from app.core.web import requires
from app.courses import queries
from app.courses.models import GroupSet
from app.courses.operations import dividing
from app.courses.queries import course_or_404, group_set_or_404

from .people import back, refused

pages = APIBlueprint(
    "courses_groups", __name__, enable_openapi=False, url_prefix="/courses/<course_id>/groups"
)


@pages.post("")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def add_groups(course_id: str) -> ResponseReturnValue:
    """A new set: so many groups by lot, or groups of these names."""
    name, number = forms.typed("name"), forms.typed("number")
    names = [line.strip() for line in forms.typed("groups").splitlines() if line.strip()]
    try:
        if names:
            made = dividing.add_group_set(g.viewer, g.thing, name, names)
        else:
            wanted = int(number) if number.isascii() and number.isdigit() else 0
            made = dividing.add_random_groups(g.viewer, g.thing, name, wanted)
    except Problem as problem:
        return refused(problem)
    return redirect(f"/courses/{course_id}/groups/{made.id}", 303)


def _context(group_set: GroupSet) -> dict[str, Any]:
    groups = list(session.scalars(queries.groups_of(group_set.id)))
    members = queries.members_by_group([group.id for group in groups])
    rows = session.scalars(queries.people_by_name(group_set.course_id))
    return {
        "course": course_or_404(group_set.course_id),
        "group_set": group_set,
        "groups": groups,
        "students": [row.account for row in rows if row.role == "student"],
        "places": {one: group_id for group_id, ids in members.items() for one in ids},
    }


@pages.get("/<group_set_id>")
@requires(Action.MANAGE_ROSTER, load=group_set_or_404, see=Action.READ_COURSE)
def groups_page(course_id: str, group_set_id: str) -> ResponseReturnValue:
    """Who is in which group."""
    return render_template("courses/groups.html", errors={}, **_context(g.thing))


@pages.post("/<group_set_id>")
@requires(Action.MANAGE_ROSTER, load=group_set_or_404, see=Action.READ_COURSE)
def place(course_id: str, group_set_id: str) -> ResponseReturnValue:
    """Keep who is where; students who are not named go into no group."""
    places = {
        key.removeprefix("place-"): where for key, where in request.form.items() if key.startswith("place-")
    }
    try:
        dividing.place(g.viewer, g.thing, places)
        dividing.rename_group_set(g.viewer, g.thing, forms.typed("name") or g.thing.name)
    except Problem as problem:
        return forms.again("courses/groups.html", problem, **_context(g.thing))
    return back(course_id, _("Kept."))


@pages.post("/<group_set_id>/remove")
@requires(Action.MANAGE_ROSTER, load=group_set_or_404, see=Action.READ_COURSE)
def remove(course_id: str, group_set_id: str) -> ResponseReturnValue:
    """Remove a group set that no assignment uses."""
    problem = forms.attempt(lambda: dividing.remove_group_set(g.viewer, g.thing))
    return refused(problem) if problem else back(course_id, _("The groups are gone."))
