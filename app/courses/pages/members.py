"""What a teacher does about one person of the course."""

from apiflask import APIBlueprint
from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.errors import Problem
from app.core.policy import Action
from app.core.web import requires
from app.courses import queries
from app.courses.operations import enrolling
from app.courses.queries import enrollment_or_404

from .people import ROLES, back, refused, slips_page

pages = APIBlueprint(
    "courses_members",
    __name__,
    enable_openapi=False,
    url_prefix="/courses/<course_id>/people/<enrollment_id>",
)


@pages.post("/role")
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def change_role(course_id: str, enrollment_id: str) -> ResponseReturnValue:
    """Give another role."""
    role = forms.typed("value")
    problem = forms.attempt(lambda: enrolling.change_role(g.viewer, g.thing, role)) if role in ROLES else None
    return refused(problem) if problem else back(course_id, _("Kept."))


@pages.post("/section")
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def move_to_section(course_id: str, enrollment_id: str) -> ResponseReturnValue:
    """Move into a section, or out of all."""
    section = queries.section_in(g.thing.course, forms.typed("value"))
    enrolling.move_to_section(g.viewer, g.thing, section)
    return back(course_id, _("Kept."))


@pages.post("/pause")
@requires(Action.MODERATE, load=enrollment_or_404, see=Action.READ_COURSE)
def pause(course_id: str, enrollment_id: str) -> ResponseReturnValue:
    """Stop a student from posting for a while, or let them post again."""
    paused = bool(forms.typed("value"))
    problem = forms.attempt(lambda: enrolling.pause(g.viewer, g.thing, paused))
    if problem:
        return refused(problem)
    name = g.thing.account.name
    return back(
        course_id,
        _("%(name)s can read and answer, but not post for now.", name=name)
        if paused
        else _("%(name)s can post again.", name=name),
    )


@pages.post("/slip")
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def new_slip(course_id: str, enrollment_id: str) -> ResponseReturnValue:
    """A new slip for a pupil who forgot the password: the second of two clicks."""
    try:
        slip = enrolling.slip_for(g.viewer, g.thing)
    except Problem as problem:
        return refused(problem)
    return slips_page(g.thing.course, [slip])


@pages.post("/take-off")
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def take_off(course_id: str, enrollment_id: str) -> ResponseReturnValue:
    """Take a person off the course."""
    problem = forms.attempt(lambda: enrolling.take_off(g.viewer, g.thing))
    if problem:
        return refused(problem)
    return back(course_id, _("%(name)s is off the course. What they wrote stays.", name=g.thing.account.name))


@pages.post("/put-back")
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def put_back(course_id: str, enrollment_id: str) -> ResponseReturnValue:
    """Put a person back who was taken off."""
    enrolling.put_back(g.viewer, g.thing)
    return back(course_id, _("%(name)s is back in the course.", name=g.thing.account.name))
