"""Tables of the engagement score: the rules, what staff set by hand, and what was worked out."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class CourseScoring(Model):
    """How a course scores. A course without a row has the rules of a new one.

    ``mode``: ``automatic``; ``manual`` (staff give the points); ``ungraded`` (figures, no points). That nothing
    is recorded at all is the course's own ``analytics`` switch.
    """

    __tablename__ = "course_scoring"
    __table_args__ = (CheckConstraint("mode in ('automatic', 'manual', 'ungraded')", name="mode"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    mode: Mapped[str] = mapped_column(String(9), default="automatic")
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    modified_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    modified_at: Mapped[datetime] = mapped_column(default=now)


class AssignmentScoring(Model):
    """Rules of one assignment that differ from its course's."""

    __tablename__ = "assignment_scoring"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    modified_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    modified_at: Mapped[datetime] = mapped_column(default=now)


class ScoringTemplate(Model):
    """Rules that a teacher keeps under a name, for all of their courses."""

    __tablename__ = "scoring_template"
    __table_args__ = (Index("ix_scoring_template_name", "account_id", "name", unique=True),)

    id: Mapped[str] = primary_id()
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(80))
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    modified_at: Mapped[datetime] = mapped_column(default=now)


class ScoreOverride(Model):
    """Credit that staff gave by hand. Rows are only added: the newest of a component counts, the others tell
    what was before. ``component`` is empty for the whole score; ``percent`` None takes it back.
    """

    __tablename__ = "score_override"
    __table_args__ = (
        Index("ix_score_override_person", "assignment_id", "account_id"),
        CheckConstraint("percent between 0 and 100", name="percent"),
    )

    id: Mapped[str] = primary_id()
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    component: Mapped[str] = mapped_column(String(12), default="")
    percent: Mapped[float | None]
    note: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)


class ScoreException(Model):
    """What is different for one student in an assignment: another deadline, or excused from it."""

    __tablename__ = "score_exception"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    due_at: Mapped[datetime | None]
    excused: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)


class EngagementScore(Model):
    """What was worked out for a student in an assignment: ``share`` 0 to 1, None where nothing is to be scored.

    ``parts`` says by component what it weighs, what it earned and why. ``changed_at`` moves only when something
    is different, so that whoever passes scores on need not ask twice.
    """

    __tablename__ = "engagement_score"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    share: Mapped[float | None]
    by_hand: Mapped[bool] = mapped_column(default=False)
    excused: Mapped[bool] = mapped_column(default=False)
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class ScoringRun(Model):
    """When the scores of an assignment were last worked out, and from what state of things (``stamp``)."""

    __tablename__ = "scoring_run"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(64), default="")
    wanted_at: Mapped[datetime] = mapped_column(default=now)
    made_at: Mapped[datetime | None]


class LanguageFlag(Model):
    """That a student is still learning the language of the course; for the fairness page alone."""

    __tablename__ = "language_flag"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    given_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
