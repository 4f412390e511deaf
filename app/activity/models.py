"""Tables of what was opened, read and watched; behind the course's analytics mode."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class Opening(Model):
    """That a person has opened an assignment."""

    __tablename__ = "opening"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    first_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)


class Interval(Model):
    """A stretch of the document (its own axis) that was on screen, or really played, and for how long."""

    __tablename__ = "activity_interval"
    __table_args__ = (
        Index("ix_activity_interval_person", "assignment_id", "account_id"),
        CheckConstraint("kind in ('read', 'watch')", name="kind"),
    )

    id: Mapped[str] = primary_id()
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[str] = mapped_column(String(5))
    start: Mapped[float]
    end: Mapped[float]
    seconds: Mapped[float]
    began_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=now)
