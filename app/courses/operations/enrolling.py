"""Who is in a course: joining, class lists, roles, pauses, leaving."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.accounts.models import Account
from app.accounts.operations import people, setting_passwords
from app.accounts.operations.setting_passwords import Slip
from app.core.db import session
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.ids import now
from app.core.policy import Viewer
from app.courses import queries
from app.courses.models import Course, Enrollment, Section

from .running import record

LONGEST_LIST = 300


def course_by_code(code: str, school_id: str | None = None) -> Course:
    """The course that a join code lets into; NotFound for every other code."""
    course = session.scalar(queries.by_join_code(code))
    if course is None or (school_id and course.school_id != school_id):
        raise NotFound(
            _("This code opens no course. Check it, or ask your teacher for a new one."), "unknown_code"
        )
    return course


def join(account: Account, course: Course) -> Enrollment:
    """Join a course by its code, as a student. Twice is as good as once."""
    known = session.scalar(queries.enrollment_of(course.id, account.id))
    if known is None:
        known = Enrollment(course_id=course.id, account_id=account.id, role="student")
        session.add(known)
        session.flush()
        viewer = Viewer(account_id=account.id, school_id=account.school_id)
        record("enrollment.joined", viewer, course, known.id)
    if known.ended_at is not None:
        raise Forbidden(
            _("You were taken off this course. Ask its teacher to put you back."), "enrollment_ended"
        )
    return known


def enroll(viewer: Viewer, course: Course, account: Account, role: str) -> Enrollment:
    """Put a person of the school into the course, or back into it, with a role."""
    if account.school_id != course.school_id:
        raise NotFound(_("This person is not known here."))
    known = session.scalar(queries.enrollment_of(course.id, account.id))
    if known is not None and known.ended_at is None:
        raise Conflict(_("%(name)s is in this course already.", name=account.name), "already_enrolled")
    if known is None:
        known = Enrollment(course_id=course.id, account_id=account.id, role=role)
        session.add(known)
    known.role, known.ended_at, known.added_by = role, None, viewer.account_id
    session.flush()
    record("enrollment.added", viewer, course, known.id, role=role)
    return known


def enroll_by_email(viewer: Viewer, course: Course, email: str, role: str) -> Enrollment:
    """Put in somebody who has an account; who has none gets the join link."""
    account = session.scalar(queries.person_of_school(course.school_id, email))
    if account is None:
        raise Invalid(
            _("Nobody here has this e-mail address yet. Send the join link, then give the role."),
            "unknown_person",
            "/email",
        )
    return enroll(viewer, course, account, role)


def add_class_list(
    viewer: Viewer, course: Course, names: Sequence[str], section: Section | None = None
) -> tuple[list[Slip], list[str]]:
    """Make an account, an enrollment and a slip for each name; returns slips, and names left as they were."""
    if len(names) > LONGEST_LIST:
        raise Invalid(_("At most %(n)s names at a time.", n=LONGEST_LIST), "list_long", "/names")
    here = {row.account.name.casefold() for row in session.scalars(queries.people(course.id))}
    new = [name for name in dict.fromkeys(map(_cleaned, names)) if name.casefold() not in here]
    slips = [add_pupil(viewer, course, name, section)[1] for name in new]
    return slips, [name for name in map(_cleaned, names) if name.casefold() in here]


def _cleaned(name: str) -> str:
    return people.clean_name(name, field="names")


def add_pupil(
    viewer: Viewer, course: Course, name: str, section: Section | None = None
) -> tuple[Enrollment, Slip]:
    """A pupil without an e-mail address: account, enrollment, and a slip to sign in with."""
    account = people.add_without_password(course.school_id, name)
    slip = setting_passwords.new_slip(account, viewer.account_id)
    row = enroll(viewer, course, account, "student")
    row.section_id = section.id if section else None
    return row, slip


def change_role(viewer: Viewer, row: Enrollment, role: str) -> None:
    """Give another role; a course keeps at least one teacher."""
    if row.role == role:
        return
    _keep_a_teacher(row)
    row.role = role
    record("enrollment.role", viewer, row.course, row.id, role=role)


def move_to_section(viewer: Viewer, row: Enrollment, section: Section | None) -> None:
    """Move a person into a section, or out of all."""
    row.section_id = section.id if section else None
    record("enrollment.section", viewer, row.course, row.id)


def pause(viewer: Viewer, row: Enrollment, paused: bool) -> None:
    """Stop a student from posting for a while; reading and answering go on."""
    if row.role != "student":
        raise Conflict(_("Only students can be paused."), "not_a_student")
    row.paused_at = (row.paused_at or now()) if paused else None
    record("enrollment.paused" if paused else "enrollment.resumed", viewer, row.course, row.id)


def take_off(viewer: Viewer, row: Enrollment) -> None:
    """Take a person off the course; what they wrote stays."""
    _keep_a_teacher(row)
    row.ended_at = row.ended_at or now()
    record("enrollment.ended", viewer, row.course, row.id)


def put_back(viewer: Viewer, row: Enrollment) -> None:
    """Let a person who was taken off come back, with the role they had."""
    row.ended_at = None
    record("enrollment.restored", viewer, row.course, row.id)


def _keep_a_teacher(row: Enrollment) -> None:
    if row.role == "teacher" and row.ended_at is None and queries.number_of_teachers(row.course_id) < 2:
        raise Conflict(_("A course needs a teacher. Make somebody else a teacher first."), "last_teacher")


def slip_for(viewer: Viewer, row: Enrollment) -> Slip:
    """A new slip for a pupil who forgot the password.

    Only where it cannot be a way into a colleague's account: students who are staff nowhere, and among
    those with an e-mail address only those who joined by themselves.
    """
    account = row.account
    entrusted = account.email is None or row.added_by is None
    if row.role != "student" or not entrusted or queries.is_trusted(account):
        raise Forbidden(_("This person sets a new password by mail, or asks an admin."), "not_a_pupil")
    return setting_passwords.new_slip(account, viewer.account_id)


def slips_for_waiting(viewer: Viewer, course: Course) -> list[Slip]:
    """New slips for every pupil without a password, in place of those that were lost."""
    waiting = session.scalars(queries.without_password(course.id))
    return [slip_for(viewer, row) for row in waiting if not queries.is_trusted(row.account)]
