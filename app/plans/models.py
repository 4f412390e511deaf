"""Tables of activity plans. They hold ids of annotations and people, never what somebody wrote."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assignments.models import Assignment
from app.core.db import Model, primary_id
from app.core.ids import now
from app.core.policy import Viewer


class Plan(Model):
    """What a teacher takes to class: timed steps for chosen topics. Without an assignment it is a template.

    ``steps`` are as in ``schemas.StepIn``, ``notes`` what was noted while running (step id to text), ``wishes`` how the
    groups were made. ``revision`` grows with each change of the steps, so that two windows do not overwrite each
    other. ``code`` is the short address at which the class votes.
    """

    __tablename__ = "activity_plan"
    __table_args__ = (CheckConstraint("room in ('rows', 'tables', 'open')", name="room"),)

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int]
    room: Mapped[str] = mapped_column(String(8))
    steps: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    wishes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision: Mapped[int] = mapped_column(default=1)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    modified_at: Mapped[datetime] = mapped_column(default=now)
    run_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    assignment: Mapped[Assignment | None] = relationship()

    def is_open_to(self, viewer: Viewer) -> bool:
        """May a learner vote in it? A template is nobody's lesson."""
        return self.assignment is not None and self.assignment.is_open_to(viewer)


class Seat(Model):
    """Somebody's group in a plan (counted from 1), and whether they are missing today."""

    __tablename__ = "plan_seat"

    plan_id: Mapped[str] = mapped_column(ForeignKey("activity_plan.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    number: Mapped[int]
    absent: Mapped[bool] = mapped_column(default=False)


class KeptApart(Model):
    """Two learners whom staff do not seat together: a row for each of the two. Nobody else learns of it."""

    __tablename__ = "kept_apart"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)


class Poll(Model):
    """A question put to the class: in the lesson ``before`` and ``after`` they talk, or ``later`` as a re-check.

    Its words are copied when it opens, so that results stay what they were. ``hands`` are counted hands of those
    without a device, by option.
    """

    __tablename__ = "poll"
    __table_args__ = (
        CheckConstraint("moment in ('before', 'after', 'later')", name="moment"),
        Index("ix_poll_plan", "plan_id", "opened_at"),
    )

    id: Mapped[str] = primary_id()
    plan_id: Mapped[str] = mapped_column(ForeignKey("activity_plan.id"))
    step_id: Mapped[str] = mapped_column(String(36))
    topic: Mapped[str | None] = mapped_column(String(36))
    question_id: Mapped[str | None] = mapped_column(ForeignKey("question.id"))
    moment: Mapped[str] = mapped_column(String(8))
    stem: Mapped[str] = mapped_column(Text)
    options: Mapped[list[Any]] = mapped_column(default=list)
    solution: Mapped[list[Any]] = mapped_column(default=list)
    hands: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship()

    @property
    def course_id(self) -> str:
        """The course it belongs to, for the rules."""
        return self.plan.course_id

    @property
    def is_open(self) -> bool:
        """Does it take votes?"""
        return self.closed_at is None and (self.closes_at is None or self.closes_at > now())

    def is_open_to(self, viewer: Viewer) -> bool:
        """May a learner see it?"""
        return self.plan.is_open_to(viewer)


class Ballot(Model):
    """Somebody's vote; the teacher sees counts only."""

    __tablename__ = "ballot"

    poll_id: Mapped[str] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    option: Mapped[str] = mapped_column(String(36))
    cast_at: Mapped[datetime] = mapped_column(default=now)
