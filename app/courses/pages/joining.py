"""Coming in: register with a join code, or join as somebody who is known already."""

from typing import Any

from apiflask import APIBlueprint
from flask import current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.accounts.models import Account
from app.accounts.operations import people
from app.accounts.pages.signing_in import signed_in
from app.accounts.queries import the_school
from app.core import audit, limits
from app.core.errors import Invalid, NotFound, Problem
from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Course
from app.courses.operations import enrolling

pages = APIBlueprint("courses_joining", __name__, enable_openapi=False)


def _course_of_code(code: str) -> Course:
    """The course of a typed code; wrong codes are counted."""
    limits.check(limits.WRONG_CODES_OF_ADDRESS)
    try:
        return enrolling.course_by_code(code, g.viewer.school_id or None)
    except NotFound as problem:
        limits.count(limits.WRONG_CODES_OF_ADDRESS)
        raise Invalid(problem.detail, problem.code, "/code") from problem


@pages.get("/register")
@requires(Action.SIGN_IN)
def register_page() -> ResponseReturnValue:
    """The form for new people."""
    return render_template("courses/register.html", errors={}, **_register_context())


@pages.post("/register")
@requires(Action.SIGN_IN)
def register() -> ResponseReturnValue:
    """Make an account, join the course of the code, and sign in."""
    code = forms.typed("code").strip()
    try:
        limits.count(limits.NEW_ACCOUNTS_OF_ADDRESS)
        course = _course_of_code(code) if code or not _is_open() else None
        account = _new_account(course)
    except Problem as problem:
        return forms.again("courses/register.html", problem, **_register_context())
    if course is None:
        return signed_in(account)
    enrolling.join(account, course)
    return signed_in(account, to=f"/courses/{course.id}")


def _new_account(course: Course | None) -> Account:
    school_id = course.school_id if course else the_school().id
    account = people.register(
        school_id, forms.typed("name"), forms.typed("sign_in_name"), forms.typed("password")
    )
    audit.record("account.registered", school_id=account.school_id, actor_id=account.id, object_id=account.id)
    return account


def _is_open() -> bool:
    return bool(current_app.config["SETTINGS"].open_registration)


def _register_context() -> dict[str, Any]:
    return {
        "is_open": _is_open(),
        "code": request.values.get("code", "")[:40],
        "name": forms.typed("name"),
        "sign_in_name": forms.typed("sign_in_name"),
    }


@pages.get("/join")
@requires(Action.SEE_PUBLIC_PAGE)
def code_page() -> ResponseReturnValue:
    """Where one types a code from the wall."""
    code = request.args.get("code", "").strip()[:40]
    if code and code.replace("-", "").replace(" ", "").isalnum():
        return redirect(f"/join/{code.replace(' ', '')}", 303)
    return render_template("courses/code.html", errors={}, code=code)


@pages.get("/join/<code>")
@requires(Action.SEE_PUBLIC_PAGE)
def join_page(code: str) -> ResponseReturnValue:
    """The course that the code opens: one button for known people, a form for new ones."""
    try:
        course = _course_of_code(code)
    except Problem as problem:
        return forms.again("courses/code.html", problem, code=code[:40])
    if g.viewer.role_in(course.id):
        return redirect(f"/courses/{course.id}", 303)
    return render_template(
        "courses/join.html", course=course, errors={}, **_register_context() | {"code": code}
    )


@pages.post("/join/<code>")
@requires(Action.JOIN_COURSE)
def join(code: str) -> ResponseReturnValue:
    """Join as the person who is signed in."""
    course = _course_of_code(code)
    enrolling.join(g.account, course)
    flash(_("You are in %(title)s now.", title=course.title), "solved")
    return redirect(f"/courses/{course.id}", 303)
