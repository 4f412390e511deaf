"""What a course's staff see of its LMS: the class list, the links, and every grade with what became of it."""

from apiflask import APIBlueprint
from flask import Response, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.assignments.queries import assignments_of
from app.core.db import session
from app.core.errors import Invalid
from app.core.ids import now
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404
from app.lti.models import Passback
from app.lti.operations import grading, picking
from app.lti.protocol.cartridge import MIME, cartridge
from app.lti.queries import contexts_of_course, links_of, passback_or_404, passbacks_of
from app.lti.wording import passback_sentence, roster_sentence

from .launching import own_origin

pages = APIBlueprint("lti_course", __name__, enable_openapi=False)


@pages.get("/courses/<course_id>/lms")
@requires(Action.EDIT_ASSIGNMENT, load=course_or_404, see=Action.READ_COURSE)
def lms_page(course_id: str) -> ResponseReturnValue:
    """Class list and grades."""
    contexts = contexts_of_course(course_id)
    links = links_of([context.id for context in contexts])
    return render_template(
        "lti/course.html",
        course=g.thing,
        contexts=contexts,
        links=links,
        passbacks=list(session.scalars(passbacks_of([link.id for link in links]))),
        say=passback_sentence,
        say_roster=roster_sentence,
    )


@pages.get("/courses/<course_id>/lms/cartridge")
@requires(Action.EDIT_ASSIGNMENT, load=course_or_404, see=Action.READ_COURSE)
def download_cartridge(course_id: str) -> Response:
    """Every assignment of the course as links in one file, for LMSs where choosing is not possible."""
    rows = session.scalars(assignments_of(course_id))
    data = cartridge(g.thing.title, [picking.link_for(row) for row in rows], f"{own_origin()}/lti/launch")
    headers = {"Content-Disposition": 'attachment; filename="foreword-links.imscc"'}
    return Response(data, mimetype=MIME, headers=headers)


@pages.post("/courses/<course_id>/lms/roster")
@requires(Action.EDIT_ASSIGNMENT, load=course_or_404, see=Action.READ_COURSE)
def fetch_roster(course_id: str) -> ResponseReturnValue:
    """Fetch the class list now."""
    for context in contexts_of_course(course_id):
        if context.members_url:
            context.roster_wanted_at = now()
    return _back(course_id, _("The class list is being fetched."))


@pages.post("/courses/<course_id>/lms/grades")
@requires(Action.EDIT_ASSIGNMENT, load=course_or_404, see=Action.READ_COURSE)
def send_grades(course_id: str) -> ResponseReturnValue:
    """Note every grade that has changed, without waiting for the worker to notice."""
    found = links_of([context.id for context in contexts_of_course(course_id)])
    changed = sum(grading.queue_scores(link) for link in found)
    return _back(course_id, _("Grades that are sent now: %(n)s.", n=changed))


@pages.post("/lti/grades/<passback_id>")
@requires(Action.EDIT_ASSIGNMENT, load=passback_or_404, see=Action.READ_COURSE)
def decide(passback_id: str) -> ResponseReturnValue:
    """Send one again, replace the LMS's own grade, or let that stand."""
    row: Passback = g.thing
    deeds = {
        "again": lambda: grading.send_again(g.viewer, row),
        "over": lambda: grading.send_again(g.viewer, row, over=True),
        "keep": lambda: grading.keep_theirs(g.viewer, row),
    }
    deed = deeds.get(forms.typed("deed"))
    if deed is None:
        raise Invalid(_("Choose what to do with this grade."), "deed", "/deed")
    deed()
    return _back(row.course_id, _("Kept."))


def _back(course_id: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "solved")
    return redirect(f"/courses/{course_id}/lms", 303)
