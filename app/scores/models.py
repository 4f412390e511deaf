"""Tables of ratings."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class Score(Model):
    """The rating of one annotation's body by one model version (see `scoring.rate`)."""

    __tablename__ = "score"
    __table_args__ = (Index("ix_score_key", "annotation_id", "body_hash", "model_version", unique=True),)

    id: Mapped[str] = primary_id()
    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"))
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    model_version: Mapped[str] = mapped_column(String(60))
    quality: Mapped[float]
    level: Mapped[int]
    confusion: Mapped[float]
    question: Mapped[float]
    certainty: Mapped[float]
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    marks: Mapped[list[Any]] = mapped_column(default=list)
    flags: Mapped[list[Any]] = mapped_column(default=list)
    traits: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    created_at: Mapped[datetime] = mapped_column(default=now)


class TeacherScore(Model):
    """A level that staff gave by hand; it stands above every model's.

    ``note`` is for the author. ``origin`` is ``hand``, or ``calibration`` for a level that was given blind and
    counts since the course's adaptation was accepted.
    """

    __tablename__ = "teacher_score"

    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    level: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    origin: Mapped[str] = mapped_column(String(12), default="hand", server_default="hand")
    given_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)


class CourseAdaptation(Model):
    """How one course reads the ratings of one model version, once its teacher has accepted it.

    ``parameters`` are those of `scoring.calibration.Adaptation`. Nothing is copied into the ratings: reading
    applies them, so accepting and taking back are one row, and new annotations follow at once.
    """

    __tablename__ = "course_adaptation"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    model_version: Mapped[str] = mapped_column(String(60))
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    accepted_at: Mapped[datetime] = mapped_column(default=now)


class Appeal(Model):
    """A student asks the teacher to look at a rating again: one sentence, once for the same words.

    ``level`` is what it was after the answer; ``kept`` says whether the rating stayed as it was.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        Index("ix_appeal_words", "annotation_id", "body_hash", unique=True),
        CheckConstraint("level between 0 and 2", name="level"),
    )

    id: Mapped[str] = primary_id()
    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"))
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    sentence: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    kept: Mapped[bool | None]
    level: Mapped[int | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]


class SignsShown(Model):
    """Staff asked to see, inside this student's annotations, signs of how they came about; the student sees it too."""

    __tablename__ = "signs_shown"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    shown_by: Mapped[str | None] = mapped_column(String(36))
    shown_at: Mapped[datetime] = mapped_column(default=now)
