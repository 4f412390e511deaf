"""Making, editing and deleting a course, and the code that lets people in."""

import secrets
from zoneinfo import available_timezones

from flask_babel import gettext as _

from app.accounts.passwords import CODE_LETTERS
from app.core import audit
from app.core.db import session
from app.core.errors import Invalid
from app.core.ids import now
from app.core.policy import Viewer
from app.courses.models import Course, Enrollment

LONGEST_TITLE = 200
LONGEST_HELP = 10_000


def clean_title(title: str) -> str:
    """A course's title with single spaces."""
    kept = " ".join(title.split())
    if not kept:
        raise Invalid(_("The course needs a title, such as “Optics 7B”."), "title_missing", "/title")
    if len(kept) > LONGEST_TITLE:
        raise Invalid(_("A title has at most %(n)s characters.", n=LONGEST_TITLE), "title_long", "/title")
    return kept


def create_course(viewer: Viewer, title: str, *, timezone: str = "UTC", locale: str | None = None) -> Course:
    """A new course, with its maker as the teacher."""
    course = Course(
        school_id=viewer.school_id,
        title=clean_title(title),
        timezone=_known_zone(timezone),
        locale=locale,
        join_code=_new_code(),
    )
    session.add(course)
    session.flush()
    session.add(Enrollment(course_id=course.id, account_id=viewer.account_id, role="teacher"))
    session.flush()
    record("course.created", viewer, course)
    return course


def edit_course(
    viewer: Viewer,
    course: Course,
    *,
    title: str | None = None,
    timezone: str | None = None,
    locale: str | None = None,
    analytics: bool | None = None,
    help_text: str | None = None,
) -> Course:
    """Change what is given; an empty ``locale`` means the reader's own language."""
    if title is not None:
        course.title = clean_title(title)
    if timezone is not None:
        course.timezone = _known_zone(timezone)
    if locale is not None:
        course.locale = locale or None
    if analytics is not None:
        course.analytics = analytics
    if help_text is not None:
        course.help_text = _short_enough(help_text)
    record("course.edited", viewer, course)
    return course


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise Invalid(_("This time zone is not known. One that is: Europe/Berlin."), "timezone", "/timezone")
    return name


def _short_enough(text: str) -> str:
    if len(text) > LONGEST_HELP:
        raise Invalid(
            _("The help text has at most %(n)s characters.", n=LONGEST_HELP), "help_long", "/help_text"
        )
    return text.strip()


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _number in range(8))


def renew_code(viewer: Viewer, course: Course) -> None:
    """A new join code; the old one and its link stop working."""
    course.join_code, course.join_open = _new_code(), True
    record("course.code_renewed", viewer, course)


def open_joining(viewer: Viewer, course: Course, is_open: bool) -> None:
    """Let people join by the code, or nobody."""
    course.join_open = is_open
    record("course.joining_opened" if is_open else "course.joining_closed", viewer, course)


def delete_course(viewer: Viewer, course: Course) -> None:
    """Put the course away: nobody sees it any more. Its rows stay until the school erases them."""
    course.deleted_at, course.join_open = now(), False
    record("course.deleted", viewer, course)


def record(
    action: str,
    viewer: Viewer,
    course: Course,
    object_id: str | None = None,
    **details: str | int | bool | None,
) -> None:
    """Note a deed in the course for those whom it concerns."""
    audit.record(
        action,
        school_id=course.school_id,
        actor_id=viewer.account_id or None,
        object_id=object_id or course.id,
        course_id=course.id,
        **details,
    )
