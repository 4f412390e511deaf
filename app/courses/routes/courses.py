"""`/api/v1/courses`."""

from typing import Any

from apiflask import APIBlueprint
from flask import g

from app.core import limits
from app.core.errors import NotFound
from app.core.paging import PageIn, page
from app.core.policy import Action
from app.core.web import requires
from app.courses import queries
from app.courses.models import Course
from app.courses.operations import enrolling, running
from app.courses.queries import course_or_404
from app.courses.schemas import CourseChange, CourseIn, CourseOut, CoursesOut, JoinIn

api = APIBlueprint("courses", __name__, url_prefix="/api/v1/courses")


def as_read(course: Course, role: str | None) -> dict[str, Any]:
    """A course as somebody of this role reads it."""
    staff = role in {"teacher", "assistant"}
    return {
        "id": course.id,
        "title": course.title,
        "role": role,
        "timezone": course.timezone,
        "locale": course.locale,
        "analytics": course.analytics,
        "help_text": course.help_text,
        "join_code": course.join_code if staff else None,
        "join_open": course.join_open if staff else None,
        "created_at": course.created_at,
    }


@api.get("")
@api.input(PageIn, location="query", arg_name="wanted")
@api.output(CoursesOut)
@requires(Action.USE_OWN_ACCOUNT)
def list_courses(wanted: PageIn) -> dict[str, Any]:
    """My courses."""
    rows, following = page(queries.courses_of(g.viewer.account_id), Course.id, wanted)
    return {"items": [as_read(row, g.viewer.role_in(row.id)) for row in rows], "next": following}


@api.post("")
@api.input(CourseIn, arg_name="draft")
@api.output(CourseOut, status_code=201)
@requires(Action.CREATE_COURSE)
def create(draft: CourseIn) -> dict[str, Any]:
    """Make a course; its maker is the teacher."""
    course = running.create_course(g.viewer, draft.title, timezone=draft.timezone, locale=draft.locale)
    return as_read(course, "teacher")


@api.post("/join")
@api.input(JoinIn, arg_name="wish")
@api.output(CourseOut)
@requires(Action.JOIN_COURSE)
def join(wish: JoinIn) -> dict[str, Any]:
    """Join a course by its code, as a student."""
    limits.check(limits.WRONG_CODES_OF_ADDRESS)
    try:
        course = enrolling.course_by_code(wish.code, g.viewer.school_id)
    except NotFound:
        limits.count(limits.WRONG_CODES_OF_ADDRESS)
        raise
    return as_read(course, enrolling.join(g.account, course).role)


@api.get("/<course_id>")
@api.output(CourseOut)
@requires(Action.READ_COURSE, load=course_or_404)
def read(course_id: str) -> dict[str, Any]:
    """One course."""
    return as_read(g.thing, g.viewer.role_in(course_id))


@api.patch("/<course_id>")
@api.input(CourseChange, arg_name="change")
@api.output(CourseOut)
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def edit(course_id: str, change: CourseChange) -> dict[str, Any]:
    """Change a course."""
    fields = change.model_dump(exclude={"join_open"}, exclude_unset=True)
    running.edit_course(g.viewer, g.thing, **fields)
    if change.join_open is not None:
        running.open_joining(g.viewer, g.thing, change.join_open)
    return as_read(g.thing, g.viewer.role_in(course_id))


@api.post("/<course_id>/join-code")
@api.output(CourseOut)
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def renew_code(course_id: str) -> dict[str, Any]:
    """Make a new join code; the old one stops working."""
    running.renew_code(g.viewer, g.thing)
    return as_read(g.thing, g.viewer.role_in(course_id))


@api.delete("/<course_id>")
@api.output({}, status_code=204)
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def delete(course_id: str) -> str:
    """Put a course away."""
    running.delete_course(g.viewer, g.thing)
    return ""
