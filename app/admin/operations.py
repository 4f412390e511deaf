"""What an admin decides about people and storage, and notes in the log."""

from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from app.accounts.models import Account, School
from app.accounts.operations import signing_in
from app.core import audit
from app.core.errors import Forbidden, Invalid
from app.core.policy import Viewer
from app.courses.models import Course
from app.upkeep.operations import personal_data

MOST_MB = 10_000_000


def end_sign_ins(viewer: Viewer, account: Account) -> None:
    """Sign every browser of a person out, such as after a lost telephone."""
    signing_in.end_all(account, viewer.account_id)


def export(viewer: Viewer, account: Account) -> dict[str, Any]:
    """Everything about a person; that it was exported stays in the log."""
    found = personal_data.export_person(account)
    _record(viewer, "account.exported", account.id)
    return found


def erase(viewer: Viewer, account: Account, typed_name: str, ledger: Path) -> None:
    """Forget a person for good. The name must be typed, so that no slip of the finger does it.

    ``ledger`` is noted before the rows go: a name too many there does no harm, one too few would bring the
    person back with an old backup.
    """
    if account.id == viewer.account_id:
        raise Forbidden(_("Another admin has to do this, so that the school is never without one."))
    wanted = account.name or account.id
    if " ".join(typed_name.split()) != wanted:
        raise Invalid(_("Type the name exactly as it is written above."), "name_differs", "/name")
    personal_data.note_erasure(ledger, account.id)
    personal_data.erase_person(account, by=viewer.account_id)


def limit_school(viewer: Viewer, school: School, each: str, in_all: str) -> None:
    """How much each course may keep, unless it has a limit of its own, and all together. Empty: no limit."""
    school.course_storage_mb = _megabytes(each, "each")
    school.storage_mb = _megabytes(in_all, "in_all")
    megabytes, together = school.course_storage_mb, school.storage_mb
    _record(viewer, "school.storage", school.id, megabytes=megabytes, in_all=together)


def limit_course(viewer: Viewer, course: Course, megabytes: str) -> None:
    """A course's own limit. Empty: that of the school. What is stored already stays."""
    course.storage_mb = _megabytes(megabytes, "megabytes")
    _record(viewer, "school.storage", course.id, course_id=course.id, megabytes=course.storage_mb)


def _megabytes(typed: str, field: str) -> int | None:
    plain = typed.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and 1 <= int(plain[:9]) <= MOST_MB):
        raise Invalid(
            _("Type a whole number of megabytes, such as 2000, or nothing for no limit."),
            "megabytes",
            f"/{field}",
        )
    return int(plain[:9])


def note_export_of_log(viewer: Viewer, rows: int) -> None:
    """The log says too that it was taken out of the house."""
    _record(viewer, "audit.exported", None, rows=rows)


def _record(
    viewer: Viewer,
    action: str,
    object_id: str | None,
    course_id: str | None = None,
    **details: str | int | bool | None,
) -> None:
    audit.record(
        action,
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        object_id=object_id,
        course_id=course_id,
        **details,
    )
