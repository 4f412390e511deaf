"""Tables of imported rosters: what was uploaded, and which of our rows belong to which of theirs."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.db import Model, primary_id
from app.core.ids import now
from app.core.storage import File
from app.courses.models import Course


class RosterImport(Model):
    """An uploaded roster on its way from the file to the courses.

    States: ``mapping`` (a table whose columns an admin has to name), ``waiting`` and ``reading`` (the worker finds
    out what it would change), ``ready`` (the admin looks at that), ``confirmed`` and ``applying``, ``done``,
    ``failed``, ``dropped``. ``summary`` holds the numbers and some examples, ``problems`` what is wrong, by file and
    line. ``touched_at`` tells that a worker is at it.
    """

    __tablename__ = "sis_import"
    __table_args__ = (
        CheckConstraint("kind in ('oneroster', 'table')", name="kind"),
        CheckConstraint(
            "state in ('mapping', 'waiting', 'reading', 'ready', 'confirmed', 'applying', 'done', 'failed', "
            "'dropped')",
            name="state",
        ),
    )

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    file_id: Mapped[str | None] = mapped_column(ForeignKey("file.id"))
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    progress: Mapped[float] = mapped_column(default=0.0)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    touched_at: Mapped[datetime | None]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    applied_at: Mapped[datetime | None]

    file: Mapped[File | None] = relationship()


class RosterPerson(Model):
    """A person of the roster and the account here. ``left_at``: the roster does not list them any more."""

    __tablename__ = "sis_person"
    __table_args__ = (Index("ix_sis_person_sourced", "school_id", "sourced_id", unique=True),)

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    sourced_id: Mapped[str] = mapped_column(String(254))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    left_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class RosterCourse(Model):
    """A class of the roster and the course here."""

    __tablename__ = "sis_course"
    __table_args__ = (Index("ix_sis_course_sourced", "school_id", "sourced_id", unique=True),)

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    sourced_id: Mapped[str] = mapped_column(String(254))
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    ended_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship()


class RosterEnrollment(Model):
    """An enrollment as the roster told it last; the course's own row may have been changed by a teacher since."""

    __tablename__ = "sis_enrollment"
    __table_args__ = (Index("ix_sis_enrollment_sourced", "school_id", "sourced_id", unique=True),)

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    sourced_id: Mapped[str] = mapped_column(String(254))
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    ended_at: Mapped[datetime | None]


class RosterService(Model):
    """The OneRoster service of a school, asked when an admin says so, and by night where ``nightly``.

    ``import_id`` is the last import that came from it; a delta is asked for only after one that was taken over.
    ``touched_at`` tells that a worker is at it.
    """

    __tablename__ = "sis_service"

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), unique=True)
    base_url: Mapped[str] = mapped_column(String(500))
    token_url: Mapped[str] = mapped_column(String(500))
    client_id: Mapped[str] = mapped_column(String(255))
    secret: Mapped[str] = mapped_column(Text)
    nightly: Mapped[bool] = mapped_column(default=False)
    match_email: Mapped[bool] = mapped_column(default=False)
    import_id: Mapped[str | None] = mapped_column(ForeignKey("sis_import.id"))
    whole_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    touched_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(40), default="")
    problem_value: Mapped[str] = mapped_column(String(100), default="")
