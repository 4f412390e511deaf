"""The join code: shown large, renewed, closed."""

from apiflask import APIBlueprint
from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.policy import Action
from app.core.web import requires
from app.courses.operations import running
from app.courses.queries import course_or_404

from .people import back, join_link

pages = APIBlueprint(
    "courses_way_in", __name__, enable_openapi=False, url_prefix="/courses/<course_id>/join-code"
)


@pages.get("")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def code_on_the_wall(course_id: str) -> ResponseReturnValue:
    """The code, to be read from the last row."""
    return render_template(
        "courses/wall.html", course=g.thing, host=request.host, join_link=join_link(g.thing)
    )


@pages.post("/renew")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def renew(course_id: str) -> ResponseReturnValue:
    """A new code; the old one stops working."""
    running.renew_code(g.viewer, g.thing)
    return back(course_id, _("There is a new code. The old one lets nobody in any more."))


@pages.post("/open")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def open_or_close(course_id: str) -> ResponseReturnValue:
    """Let people join, or nobody."""
    running.open_joining(g.viewer, g.thing, bool(forms.typed("value")))
    return back(course_id, _("Kept."))
