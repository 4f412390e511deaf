"""A student's whole work in a course on one page, with everything that can be set by hand."""

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.annotations.models import Annotation
from app.annotations.routes.loading import readable_annotation
from app.core.errors import Invalid, NotFound
from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Course
from app.courses.queries import course_or_404
from app.scores.wording import LEVELS

from .. import forms, wording
from ..forms import FormProblem
from ..operations import marking
from ..operations.recording import want
from ..queries.gradebook import assignments_of
from ..queries.pupils import whole_work
from ..queries.rules import course_rules
from ..queries.standings import is_student

pages = APIBlueprint("engagement_people", __name__, enable_openapi=False)


def course_of_student(course_id: str, account_id: str) -> Course:
    """The course; who is not a student of it is as good as absent."""
    course = course_or_404(course_id)
    if g.viewer.is_known and not is_student(course_id, account_id):
        raise NotFound(_("This person is not a student of the course."))
    return course


@pages.get("/courses/<course_id>/students/<account_id>")
@requires(Action.READ_GRADEBOOK, load=course_of_student, see=Action.READ_COURSE)
def show(course_id: str, account_id: str) -> str:
    """Everything that a student did in the course, assignment by assignment."""
    rules = course_rules(g.thing)
    if rules.mode != "none":
        want(assignments_of(g.thing))
    return render_template(
        "engagement/student.html",
        course=g.thing,
        rules=rules,
        levels=LEVELS,
        components=wording.components(),
        state_of=wording.state_of,
        why=lambda part: wording.why(part, shows_quality=True),
        local=lambda moment: forms.local(moment, g.thing),
        **whole_work(g.thing, account_id, g.viewer),
    )


@pages.post("/annotations/<annotation_id>/score")
@requires(Action.EDIT_SCORES, load=readable_annotation, see=Action.READ_ANNOTATION)
def rate(annotation_id: str) -> ResponseReturnValue:
    """Give one annotation a level by hand with a note to its author, or take it back."""
    try:
        marking.rate(g.viewer, g.thing, forms.level_from(request.form))
    except FormProblem as problem:
        raise Invalid(" ".join(problem.errors.values()), "not_right_yet") from problem
    flash(_("Kept."), "solved")
    return redirect(_back(g.thing), 303)


def _back(annotation: Annotation) -> str:
    """Where the annotation was read. The address must not tell who is behind an anonymous one."""
    who = annotation.creator_id
    if who is None or annotation.anonymous or not is_student(annotation.course_id, who):
        return f"/assignments/{annotation.assignment_id}#annotation-{annotation.id}"
    return f"/courses/{annotation.course_id}/students/{who}#w-{annotation.id}"
