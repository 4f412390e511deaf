"""Tables of ratings."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
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
    created_at: Mapped[datetime] = mapped_column(default=now)


class TeacherScore(Model):
    """A level that staff gave by hand; it stands above every model's."""

    __tablename__ = "teacher_score"

    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    level: Mapped[int]
    given_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
