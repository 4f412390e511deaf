"""The people page: who is in the course, and ways to let more in."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.accounts.operations.setting_passwords import Slip
from app.core import policy
from app.core.db import session
from app.core.errors import Invalid, Problem
from app.core.policy import Action
from app.core.web import requires
from app.courses import queries
from app.courses.models import Course, GroupSet
from app.courses.operations import dividing, enrolling
from app.courses.queries import course_or_404, section_or_404

pages = APIBlueprint("courses_people", __name__, enable_openapi=False, url_prefix="/courses/<course_id>")

ROLES = ("teacher", "assistant", "student", "observer")


def _context(course: Course) -> dict[str, Any]:
    manages = policy.allows(g.viewer, Action.MANAGE_ROSTER, course)
    rows = list(session.scalars(queries.people_by_name(course.id)))
    return {
        "course": course,
        "people": rows,
        "manages": manages,
        "staff": g.viewer.is_staff_of(course.id),
        "roles": role_names(),
        "own_id": g.viewer.account_id,
        **(_for_teachers(course) if manages else {}),
    }


def _for_teachers(course: Course) -> dict[str, Any]:
    return {
        "former": list(session.scalars(queries.former_people(course.id))),
        "waiting": {row.id for row in session.scalars(queries.without_password(course.id))},
        "group_sets": list(session.scalars(queries.group_sets(course.id).order_by(GroupSet.id))),
        "join_link": join_link(course),
        "section_choices": [(section.id, section.name) for section in course.sections],
    }


def role_names() -> dict[str, str]:
    """The roles as people read them."""
    return {
        "teacher": _("Teacher"),
        "assistant": _("Assistant"),
        "student": _("Student"),
        "observer": _("Observer"),
    }


def join_link(course: Course) -> str:
    """The address that lets people into the course."""
    return f"{request.host_url}join/{course.join_code}"


def refused(problem: Problem, **typed: Any) -> ResponseReturnValue:
    """The people page again, with what is not right."""
    session.rollback()  # what was half done must not be on the page
    return forms.again("courses/people.html", problem, **_context(course_or_404(g.thing.course_id)), **typed)


def slips_page(course: Course, slips: list[Slip], skipped: list[str] | None = None) -> str:
    """Slips to print; the one time that their codes are shown."""
    return render_template(
        "accounts/slips.html",
        slips=slips,
        skipped=skipped or [],
        course_title=course.title,
        address=f"{request.host}/sign-in",
        back=f"/courses/{course.id}/people",
    )


def back(course_id: str, sentence: str) -> ResponseReturnValue:
    """To the people page, with a word of what was done."""
    flash(sentence, "solved")
    return redirect(f"/courses/{course_id}/people", 303)


@pages.get("/people")
@requires(Action.READ_ROSTER, load=course_or_404)
def people_page(course_id: str) -> ResponseReturnValue:
    """Who is in the course."""
    return render_template("courses/people.html", errors={}, **_context(g.thing))


@pages.post("/people/class-list")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def add_class_list(course_id: str) -> ResponseReturnValue:
    """A pasted list, one name a line, becomes accounts and slips."""
    names = [line.strip().strip(",;") for line in forms.typed("names").splitlines() if line.strip(" ,;\t")]
    try:
        if not names:
            raise Invalid(_("Paste at least one name, one on each line."), "list_empty", "/names")
        section = queries.section_in(g.thing, forms.typed("section_id"))
        slips, skipped = enrolling.add_class_list(g.viewer, g.thing, names, section)
    except Problem as problem:
        return refused(problem, names=forms.typed("names"))
    return slips_page(g.thing, slips, skipped)


@pages.post("/people/by-email")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def add_by_email(course_id: str) -> ResponseReturnValue:
    """Put in a colleague, or anybody with an account."""
    role = forms.typed("role")
    try:
        if role not in ROLES:
            raise Invalid(_("Choose one of the roles."), "role", "/role")
        row = enrolling.enroll_by_email(g.viewer, g.thing, forms.typed("email"), role)
    except Problem as problem:
        return refused(problem, email=forms.typed("email"))
    return back(course_id, _("%(name)s is in the course now.", name=row.account.name))


@pages.post("/people/slips")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def slips_for_waiting(course_id: str) -> ResponseReturnValue:
    """New slips for everybody who has not signed in yet."""
    return slips_page(g.thing, enrolling.slips_for_waiting(g.viewer, g.thing))


@pages.post("/sections")
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def add_section(course_id: str) -> ResponseReturnValue:
    """Add a section."""
    try:
        section = dividing.add_section(g.viewer, g.thing, forms.typed("name"))
    except Problem as problem:
        return refused(problem)
    return back(course_id, _("The section %(name)s is there.", name=section.name))


@pages.post("/sections/<section_id>/rename")
@requires(Action.MANAGE_ROSTER, load=section_or_404, see=Action.READ_COURSE)
def rename_section(course_id: str, section_id: str) -> ResponseReturnValue:
    """Rename a section."""
    try:
        dividing.rename_section(g.viewer, g.thing, forms.typed("name"))
    except Problem as problem:
        return refused(problem)
    return back(course_id, _("Kept."))


@pages.post("/sections/<section_id>/remove")
@requires(Action.MANAGE_ROSTER, load=section_or_404, see=Action.READ_COURSE)
def remove_section(course_id: str, section_id: str) -> ResponseReturnValue:
    """Remove a section."""
    dividing.remove_section(g.viewer, g.thing)
    return back(course_id, _("The section is gone; its people are still in the course."))
