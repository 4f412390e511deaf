"""The start page, and each course's own."""

from apiflask import APIBlueprint
from flask import g, render_template, request
from sqlalchemy import select

from app.assignments.models import Assignment
from app.assignments.queries import may_see
from app.core.db import session
from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Course
from app.courses.queries import course_or_404
from app.plans.queries.votes import open_rechecks

from . import progress, queries

pages = APIBlueprint("home", __name__, enable_openapi=False)
BLUEPRINTS = [pages]


@pages.get("/")
@requires(Action.SEE_PUBLIC_PAGE)
def home() -> str:
    """What Foreword is, for strangers; what is next, for everybody else."""
    if not g.viewer.is_known:
        return render_template("home/welcome.html")
    courses = queries.courses_of(g.viewer)
    assignments = queries.assignments_in([course.id for course in courses])
    tasks = queries.tasks(g.viewer, courses, assignments)
    return render_template(
        "home/home.html",
        courses=courses,
        taught=queries.taught(g.viewer, courses, assignments),
        to_do=[task for task in tasks if not task.is_done and task.assignment.state == "assigned"],
        learning=any(g.viewer.role_in(course.id) == "student" for course in courses),
        news=queries.news(g.viewer),
        rechecks=open_rechecks(g.viewer, [task.assignment.id for task in tasks]),
    )


@pages.get("/courses/<course_id>")
@requires(Action.READ_COURSE, load=course_or_404)
def show_course(course_id: str) -> str:
    """The course's assignments, with how far one is."""
    course: Course = g.thing
    seen = [each for each in queries.assignments_in([course_id]) if may_see(g.viewer, each)]
    staff = g.viewer.is_staff_of(course_id)
    tasks = {} if staff else {task.assignment.id: task for task in queries.tasks(g.viewer, [course], seen)}
    return render_template(
        "home/course.html",
        course=course,
        assignments=sorted(seen, key=_newest_due_first),
        tasks=tasks,
        states=progress.of_class(seen) if staff else {},
        staff=staff,
        removed=_removed(course_id) if staff else None,
    )


def _newest_due_first(assignment: Assignment) -> tuple[bool, float, str]:
    due = assignment.due_at.timestamp() if assignment.due_at else 0.0
    return assignment.state == "closed", -due, assignment.id


def _removed(course_id: str) -> Assignment | None:
    """The assignment that was removed a moment ago, to offer the way back."""
    wanted = request.args.get("removed", "")
    if not wanted:
        return None
    return session.scalar(
        select(Assignment).where(
            Assignment.id == wanted, Assignment.course_id == course_id, Assignment.deleted_at.is_not(None)
        )
    )
