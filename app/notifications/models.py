"""Tables of the inbox."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class Notification(Model):
    """Something for one person: a ``reply``, a ``mention``, that something of theirs is ``hidden``, that a
    thread they answered in is ``solved``, a ``reminder`` of an assignment, the answer to an ``appeal``.
    """

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_once", "account_id", "kind", "annotation_id", unique=True),)

    id: Mapped[str] = primary_id()
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(12))
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"))
    annotation_id: Mapped[str | None] = mapped_column(ForeignKey("annotation.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]


class NotificationCursor(Model):
    """How far an assignment's change log has been read for notifications."""

    __tablename__ = "notification_cursor"

    assignment_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int]
