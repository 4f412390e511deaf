"""Tables of courses and who is in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.db import Model, primary_id
from app.core.ids import now


class Course(Model):
    """A class of learners. ``storage_mb`` is its own limit of storage; empty for that of the school."""

    __tablename__ = "course"

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    locale: Mapped[str | None] = mapped_column(String(12))
    join_code: Mapped[str] = mapped_column(String(12), unique=True)
    join_open: Mapped[bool] = mapped_column(default=True)
    analytics: Mapped[bool] = mapped_column(default=True)
    help_text: Mapped[str] = mapped_column(Text, default="")
    storage_mb: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]

    sections: Mapped[list["Section"]] = relationship(back_populates="course", order_by="Section.name")

    @property
    def course_id(self) -> str:
        """A course belongs to itself, so that rules can ask any thing for its course."""
        return self.id


class Section(Model):
    """Part of a course, from the LMS or made by hand."""

    __tablename__ = "section"
    __table_args__ = (Index("ix_section_name", "course_id", "name", unique=True),)

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    name: Mapped[str] = mapped_column(String(80))

    course: Mapped[Course] = relationship(back_populates="sections")


class Enrollment(Model):
    """A person in a course, with a role. Who leaves keeps the row (``ended_at``) and the work.

    ``added_by`` is the member of staff who put the person in; None for somebody who joined by the code.
    """

    __tablename__ = "enrollment"
    __table_args__ = (
        Index("ix_enrollment_person", "course_id", "account_id", unique=True),
        CheckConstraint("role in ('teacher', 'assistant', 'student', 'observer')", name="role"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id", ondelete="SET NULL"))
    added_by: Mapped[str | None] = mapped_column(String(36))
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    course: Mapped[Course] = relationship()
    account: Mapped[Account] = relationship()
    section: Mapped[Section | None] = relationship()


class GroupSet(Model):
    """One way to divide a course into groups; an assignment may use one for its threads."""

    __tablename__ = "group_set"

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(default=now)

    groups: Mapped[list["Group"]] = relationship(back_populates="group_set", order_by="Group.name")


class Group(Model):
    """A group of learners within a set."""

    __tablename__ = "course_group"

    id: Mapped[str] = primary_id()
    group_set_id: Mapped[str] = mapped_column(ForeignKey("group_set.id"), index=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))

    group_set: Mapped[GroupSet] = relationship(back_populates="groups")


class GroupMember(Model):
    """A person in a group."""

    __tablename__ = "group_member"

    group_id: Mapped[str] = mapped_column(ForeignKey("course_group.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
