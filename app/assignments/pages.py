"""Assigning as pages."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.core.db import session
from app.core.errors import Invalid
from app.core.policy import Action
from app.core.web import requires
from app.courses.models import Course, GroupSet, Section
from app.courses.queries import course_or_404
from app.documents.models import Document
from app.documents.queries import library

from . import forms, operations
from .forms import FormProblem
from .models import Assignment
from .queries import assignment_or_404, removed_assignment_or_404
from .routes import course_to_copy_to

pages = APIBlueprint("assignments_pages", __name__, enable_openapi=False)
BLUEPRINTS = [pages]


@pages.get("/courses/<course_id>/assignments/new")
@requires(Action.EDIT_ASSIGNMENT, load=course_or_404, see=Action.READ_COURSE)
def new_assignment(course_id: str) -> str:
    """Choose a document; everything else has a sensible answer already."""
    return _new_page(
        g.thing, {"due_at": forms.usual_due(g.thing), "document_id": request.args.get("document")}
    )


@pages.post("/courses/<course_id>/assignments/new")
@requires(Action.EDIT_ASSIGNMENT, load=course_or_404, see=Action.READ_COURSE)
def create_assignment(course_id: str) -> ResponseReturnValue:
    """Assign what was chosen."""
    try:
        draft = forms.new_draft(request.form, g.thing, _sections(g.thing))
        assignment = operations.assign(g.viewer, g.thing, draft)
    except (FormProblem, Invalid) as problem:
        return _new_page(g.thing, request.form, _errors(problem)), 422
    flash(_said_of(assignment), "solved")
    return redirect(f"/courses/{course_id}", 303)


def _said_of(assignment: Assignment) -> str:
    if assignment.state == "draft":
        return _("“%(title)s” is saved as a draft. Only staff see it.", title=assignment.title)
    return _("“%(title)s” is assigned.", title=assignment.title)


def _new_page(course: Course, typed: Any, errors: dict[str, str] | None = None) -> str:
    documents = session.scalars(library(course.id).order_by(Document.id.desc())).all()
    chosen = typed.get("document_id") or next((d.id for d in documents if d.version), None)
    return render_template(
        "assignments/new.html",
        documents=documents,
        chosen=chosen,
        **_form_context(course, typed, errors),
    )


def _form_context(course: Course, typed: Any, errors: dict[str, str] | None) -> dict[str, Any]:
    group_sets = select(GroupSet).where(GroupSet.course_id == course.id).order_by(GroupSet.name)
    return {
        "course": course,
        "typed": typed,
        "errors": errors or {},
        "sections": _sections(course),
        "group_sets": session.scalars(group_sets).all(),
    }


def _sections(course: Course) -> list[Section]:
    rows = select(Section).where(Section.course_id == course.id).order_by(Section.name)
    return list(session.scalars(rows))


def _errors(problem: FormProblem | Invalid) -> dict[str, str]:
    if isinstance(problem, FormProblem):
        return problem.errors
    return {error.pointer.strip("/"): error.detail for error in problem.errors} or {"": problem.detail}


@pages.get("/assignments/<assignment_id>/edit")
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def show_edit(assignment_id: str) -> str:
    """Everything about an assignment that can be changed."""
    course = session.get_one(Course, g.thing.course_id)
    return _edit_page(course, g.thing, forms.filled(g.thing, course))


@pages.post("/assignments/<assignment_id>/edit")
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def edit_assignment(assignment_id: str) -> ResponseReturnValue:
    """Keep what was changed."""
    course = session.get_one(Course, g.thing.course_id)
    try:
        operations.edit(g.viewer, g.thing, forms.patch(request.form, course, _sections(course)))
    except (FormProblem, Invalid) as problem:
        return _edit_page(course, g.thing, request.form, _errors(problem)), 422
    flash(_("Saved."), "solved")
    return redirect(f"/assignments/{assignment_id}/edit", 303)


def _edit_page(
    course: Course, assignment: Assignment, typed: Any, errors: dict[str, str] | None = None
) -> str:
    return render_template(
        "assignments/edit.html",
        assignment=assignment,
        copy_to=_courses_to_copy_to(course),
        **_form_context(course, typed, errors),
    )


def _courses_to_copy_to(course: Course) -> list[tuple[str, str]]:
    """The courses in which the viewer may assign, this one first."""
    ids = [course_id for course_id in g.viewer.memberships if g.viewer.is_staff_of(course_id)]
    rows = session.scalars(select(Course).where(Course.id.in_(ids)).order_by(Course.title))
    return sorted(((row.id, row.title) for row in rows), key=lambda row: row[0] != course.id)


@pages.post("/assignments/<assignment_id>/copy")
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def copy_assignment(assignment_id: str) -> ResponseReturnValue:
    """Copy it as a draft, here or to another course."""
    made = operations.copy_to(g.viewer, g.thing, course_to_copy_to(request.form.get("course_id", "")))
    flash(_("Copied as a draft. Set its dates and assign it."), "solved")
    return redirect(f"/assignments/{made.id}/edit", 303)


@pages.post("/assignments/<assignment_id>/remove")
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def remove_assignment(assignment_id: str) -> ResponseReturnValue:
    """Take it away; the course page offers a way back."""
    operations.remove(g.viewer, g.thing)
    return redirect(f"/courses/{g.thing.course_id}?removed={assignment_id}", 303)


@pages.post("/assignments/<assignment_id>/restore")
@requires(Action.EDIT_ASSIGNMENT, load=removed_assignment_or_404)
def restore_assignment(assignment_id: str) -> ResponseReturnValue:
    """Undo a removal."""
    operations.restore(g.viewer, g.thing)
    flash(_("“%(title)s” is back.", title=g.thing.title), "solved")
    return redirect(f"/courses/{g.thing.course_id}", 303)
