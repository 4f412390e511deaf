"""What the courses keep in files, and how much they may."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.admin import operations, queries
from app.core.errors import Problem
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404
from app.documents.queries import bytes_of_school

pages = APIBlueprint("admin_storage", __name__, enable_openapi=False, url_prefix="/admin/storage")


def _context() -> dict[str, Any]:
    return {
        "school": g.account.school,
        "courses": queries.stored(g.viewer.school_id),
        "in_all": bytes_of_school(g.viewer.school_id),
    }


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def show() -> ResponseReturnValue:
    """Each course with its files, the largest first."""
    return render_template("admin/storage.html", errors={}, **_context())


@pages.post("")
@requires(Action.ADMINISTER_SCHOOL)
def limit_all() -> ResponseReturnValue:
    """How much each course, and the whole school, may keep."""
    try:
        operations.limit_school(g.viewer, g.account.school, forms.typed("each"), forms.typed("in_all"))
    except Problem as problem:
        return forms.again("admin/storage.html", problem, **_context())
    return _done()


@pages.post("/<course_id>")
@requires(Action.ADMINISTER_SCHOOL, load=course_or_404)
def limit_one(course_id: str) -> ResponseReturnValue:
    """How much one course may keep."""
    try:
        operations.limit_course(g.viewer, g.thing, forms.typed("megabytes"))
    except Problem as problem:
        return forms.again("admin/storage.html", problem, **_context())
    return _done()


def _done() -> ResponseReturnValue:
    flash(_("Kept."), "solved")
    return redirect("/admin/storage", 303)
