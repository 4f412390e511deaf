"""Tables of embedded questions and their answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assignments.models import Assignment, OfAssignment
from app.core.db import Model, primary_id
from app.core.ids import now

from .schemas import Confidence, Kind, SelfCheck


class Question(OfAssignment, Model):
    """A teacher's question in the document: ``options`` go to everybody, ``key`` to nobody who has not answered."""

    __tablename__ = "question"
    __table_args__ = (CheckConstraint("kind in ('choice', 'short_text')", name="kind"),)

    id: Mapped[str] = primary_id()
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("document_version.id"))
    kind: Mapped[Kind] = mapped_column(String(12))
    stem: Mapped[str] = mapped_column(Text)
    options: Mapped[list[Any]] = mapped_column(default=list)
    key: Mapped[dict[str, Any]] = mapped_column(default=dict)
    selectors: Mapped[list[Any]] = mapped_column(default=list)
    start: Mapped[float | None]
    end: Mapped[float | None]
    required: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=1)
    show_others: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    modified_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]

    assignment: Mapped[Assignment] = relationship()


class Answer(Model):
    """A learner's answer. ``self_check`` is how they judge a short text beside the model answer."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_attempt", "question_id", "account_id", "attempt", unique=True),
        CheckConstraint("confidence in ('sure', 'unsure', 'guessing')", name="confidence"),
        CheckConstraint("self_check in ('had_it', 'partly', 'not_yet')", name="self_check"),
    )

    id: Mapped[str] = primary_id()
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    attempt: Mapped[int] = mapped_column(default=1)
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    confidence: Mapped[Confidence | None] = mapped_column(String(8))
    correct: Mapped[bool | None]
    self_check: Mapped[SelfCheck | None] = mapped_column(String(8))
    composed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
