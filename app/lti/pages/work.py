"""One student's work: for the LMS's grade book (Submission Review), and for a parent or mentor."""

from typing import Any

from apiflask import APIBlueprint
from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.models import Account
from app.assignments.queries import assignment_or_404
from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import STAFF, Action
from app.core.web import requires
from app.courses.queries import course_or_404, enrollment_of, people
from app.lti.queries import children_of, childs_work, work_of

pages = APIBlueprint("lti_work", __name__, enable_openapi=False, url_prefix="/lti")


def _assignment(assignment_id: str, account_id: str) -> Any:
    """The assignment, for its staff and for the student whose work it is."""
    assignment = assignment_or_404(assignment_id)
    staff = g.viewer.is_staff_of(assignment.course_id)
    if g.viewer.is_known and not staff and account_id != g.viewer.account_id:
        raise NotFound(_("This does not exist, or is not shared with you."))
    return assignment


@pages.get("/reviews/<assignment_id>/<account_id>")
@requires(Action.READ_ASSIGNMENT, load=_assignment)
def review(assignment_id: str, account_id: str) -> ResponseReturnValue:
    """What one student wrote in an assignment, with a way to each place in the text."""
    student = session.scalar(enrollment_of(g.thing.course_id, account_id))
    if student is None:
        raise NotFound(_("There is no work of this student here yet."))
    return render_template(
        "lti/review.html",
        assignment=g.thing,
        person=session.get_one(Account, account_id),
        work=work_of(g.viewer, g.thing, account_id),
        own=account_id == g.viewer.account_id,
    )


@pages.get("/children/<course_id>")
@requires(Action.USE_OWN_ACCOUNT)
def children(course_id: str) -> ResponseReturnValue:
    """For a parent or mentor: what the own child wrote, and what the teacher said to it."""
    ids = children_of(g.viewer.account_id, course_id)
    if not ids:
        raise NotFound(
            _("The LMS did not say whose parent or mentor you are, or your child has not been here yet.")
        )
    course = course_or_404(course_id)
    staff = [row.account_id for row in session.scalars(people(course_id)) if row.role in STAFF]
    found = [(session.get_one(Account, one), childs_work(one, course_id, staff)) for one in ids]
    return render_template("lti/children.html", course=course, children=found)
