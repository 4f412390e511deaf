"""Making a course, and its settings."""

from typing import Any
from zoneinfo import available_timezones

from apiflask import APIBlueprint
from babel import Locale
from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.errors import Problem
from app.core.i18n import offered
from app.core.policy import Action
from app.core.web import requires
from app.courses.operations import running
from app.courses.queries import course_or_404

pages = APIBlueprint("courses_course", __name__, enable_openapi=False, url_prefix="/courses")


def _choices() -> dict[str, Any]:
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    languages = [(code, (Locale.parse(code).display_name or code).capitalize()) for code in offered()]
    return {
        "zones": [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)],
        "languages": [("", _("The reader's own")), *languages],
    }


@pages.get("/new")
@requires(Action.CREATE_COURSE)
def new_course_page() -> ResponseReturnValue:
    """The form of a new course."""
    return render_template("courses/new.html", errors={}, title="", timezone="UTC", **_choices())


@pages.post("/new")
@requires(Action.CREATE_COURSE)
def create_course() -> ResponseReturnValue:
    """Make the course and go to its people: the next step is to invite the class."""
    title, timezone = forms.typed("title"), forms.typed("timezone") or "UTC"
    try:
        course = running.create_course(g.viewer, title, timezone=timezone)
    except Problem as problem:
        return forms.again("courses/new.html", problem, title=title, timezone=timezone, **_choices())
    flash(_("The course is there. Now let the class in."), "solved")
    return redirect(f"/courses/{course.id}/people", 303)


@pages.get("/<course_id>/settings")
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def settings_page(course_id: str) -> ResponseReturnValue:
    """Everything that can be set for a course."""
    return render_template("courses/settings.html", course=g.thing, errors={}, **_choices())


@pages.post("/<course_id>/settings")
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def edit_course(course_id: str) -> ResponseReturnValue:
    """Keep the settings."""
    try:
        running.edit_course(
            g.viewer,
            g.thing,
            title=forms.typed("title"),
            timezone=forms.typed("timezone"),
            locale=forms.typed("locale") if forms.typed("locale") in offered() else "",
            analytics=bool(forms.typed("analytics")),
            help_text=forms.typed("help_text"),
        )
    except Problem as problem:
        return forms.again("courses/settings.html", problem, course=g.thing, **_choices())
    flash(_("Kept."), "solved")
    return redirect(f"/courses/{course_id}/settings", 303)


@pages.post("/<course_id>/delete")
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def delete_course(course_id: str) -> ResponseReturnValue:
    """Put the course away; its title is typed to say that it is meant."""
    if " ".join(forms.typed("confirm").split()) != g.thing.title:
        flash(_("To delete the course, type its title exactly. Nothing was deleted."), "danger")
        return redirect(f"/courses/{course_id}/settings", 303)
    running.delete_course(g.viewer, g.thing)
    flash(_("%(title)s is deleted.", title=g.thing.title), "solved")
    return redirect("/", 303)
