"""Tables of calibration."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class CalibrationItem(Model):
    """An annotation that staff rate blind, in the words it had then (``body_hash``).

    ``origin`` is ``chosen`` by spread and uncertainty, or ``appeal``: those were not rated blind, so they help to
    fit and never to say how well people and machine agree.
    """

    __tablename__ = "calibration_item"
    __table_args__ = (
        Index("ix_calibration_item_words", "course_id", "annotation_id", "body_hash", unique=True),
        CheckConstraint("origin in ('chosen', 'appeal')", name="origin"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), index=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(8), default="chosen")
    chosen_at: Mapped[datetime] = mapped_column(default=now)


class CalibrationRating(Model):
    """One person's level for one item; each rater has their own and sees no other's before."""

    __tablename__ = "calibration_rating"
    __table_args__ = (CheckConstraint("level between 0 and 2", name="level"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("calibration_item.id"), primary_key=True)
    rater_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    level: Mapped[int]
    rated_at: Mapped[datetime] = mapped_column(default=now)


class Comparison(Model):
    """People and machine side by side, and what an adaptation would change; decided by a teacher.

    ``goes_back``: what it would change to follow the model alone again. ``report`` holds the figures (see
    `schemas.FiguresOut`), never words or names. Who would move stands in ``calibration_move``.
    """

    __tablename__ = "calibration_comparison"
    __table_args__ = (
        CheckConstraint(
            "state in ('making', 'ready', 'too_few', 'accepted', 'refused', 'replaced')",
            name="state",
        ),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="making")
    goes_back: Mapped[bool] = mapped_column(default=False)
    ratings: Mapped[int] = mapped_column(default=0)
    model_version: Mapped[str] = mapped_column(String(60), default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    made_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]


class Move(Model):
    """An annotation whose level a comparison's adaptation would change."""

    __tablename__ = "calibration_move"

    comparison_id: Mapped[str] = mapped_column(ForeignKey("calibration_comparison.id"), primary_key=True)
    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), primary_key=True, index=True)
    before: Mapped[int]
    after: Mapped[int]
