"""`/api/v1/courses/{id}/enrollments`."""

from typing import Any

from apiflask import APIBlueprint
from flask import g
from flask_babel import gettext as _

from app.accounts.operations.setting_passwords import Slip
from app.core.errors import Invalid
from app.core.paging import PageIn, page
from app.core.policy import Action
from app.core.web import requires
from app.courses import queries
from app.courses.models import Enrollment
from app.courses.operations import enrolling
from app.courses.queries import course_or_404, enrollment_or_404
from app.courses.schemas import EnrollmentChange, EnrollmentIn, EnrollmentOut, EnrollmentsOut, SlipOut

api = APIBlueprint("enrollments", __name__, url_prefix="/api/v1/courses/<course_id>/enrollments")


def as_read(row: Enrollment, slip: Slip | None = None) -> dict[str, Any]:
    """An enrollment as the one who asks may read it."""
    read: dict[str, Any] = {
        "id": row.id,
        "account_id": row.account_id,
        "name": row.account.name,
        "role": row.role,
        "section_id": row.section_id,
    }
    if g.viewer.is_staff_of(row.course_id):
        read |= {"email": row.account.email, "paused": row.paused_at is not None}
    if slip:
        read |= {"slip": _as_read(slip)}
    return read


def _as_read(slip: Slip) -> dict[str, str]:
    return {"sign_in_name": slip.sign_in_name, "code": slip.code}


@api.get("")
@api.input(PageIn, location="query", arg_name="wanted")
@api.output(EnrollmentsOut)
@requires(Action.READ_ROSTER, load=course_or_404)
def list_people(course_id: str, wanted: PageIn) -> dict[str, Any]:
    """Who is in the course."""
    rows, following = page(queries.people(course_id), Enrollment.id, wanted)
    return {"items": [as_read(row) for row in rows], "next": following}


@api.post("")
@api.input(EnrollmentIn, arg_name="draft")
@api.output(EnrollmentOut, status_code=201)
@requires(Action.MANAGE_ROSTER, load=course_or_404, see=Action.READ_COURSE)
def enroll(course_id: str, draft: EnrollmentIn) -> dict[str, Any]:
    """Put somebody in by e-mail; or by name alone: a pupil, with a slip to sign in."""
    section = queries.section_in(g.thing, draft.section_id)
    if draft.email:
        row = enrolling.enroll_by_email(g.viewer, g.thing, draft.email, draft.role)
        enrolling.move_to_section(g.viewer, row, section)
        return as_read(row)
    if draft.role != "student" or not draft.name:
        raise Invalid(_("Give an e-mail address, or for a student a name."), "who", "/email")
    return as_read(*enrolling.add_pupil(g.viewer, g.thing, draft.name, section))


@api.patch("/<enrollment_id>")
@api.input(EnrollmentChange, arg_name="change")
@api.output(EnrollmentOut)
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def change_enrollment(course_id: str, enrollment_id: str, change: EnrollmentChange) -> dict[str, Any]:
    """Change role, section, or pause posting."""
    row: Enrollment = g.thing
    if change.role:
        enrolling.change_role(g.viewer, row, change.role)
    if "section_id" in change.model_fields_set:
        enrolling.move_to_section(g.viewer, row, queries.section_in(row.course, change.section_id))
    if change.paused is not None:
        enrolling.pause(g.viewer, row, change.paused)
    return as_read(row)


@api.delete("/<enrollment_id>")
@api.output({}, status_code=204)
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def take_off(course_id: str, enrollment_id: str) -> str:
    """Take somebody off the course."""
    enrolling.take_off(g.viewer, g.thing)
    return ""


@api.post("/<enrollment_id>/slip")
@api.output(SlipOut, status_code=201)
@requires(Action.MANAGE_ROSTER, load=enrollment_or_404, see=Action.READ_COURSE)
def new_slip(course_id: str, enrollment_id: str) -> dict[str, str]:
    """A new one-time code for a pupil who forgot the password."""
    return _as_read(enrolling.slip_for(g.viewer, g.thing))
