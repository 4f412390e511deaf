"""Tables of confusion reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class Report(Model):
    """The newest report of an assignment, made in the worker. It holds ids, not pupils' words."""

    __tablename__ = "confusion_report"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    evidence_hash: Mapped[str] = mapped_column(String(64), default="")
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime | None]
    wanted_at: Mapped[datetime] = mapped_column(default=now)


class TopicEdit(Model):
    """What a teacher changed in a report by hand: a topic's name, or two topics made one.

    ``members`` are annotation ids that identify the topic from one refresh to the next.
    """

    __tablename__ = "topic_edit"

    id: Mapped[str] = primary_id()
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    members: Mapped[list[Any]] = mapped_column(default=list)
    label: Mapped[str] = mapped_column(String(200), default="")
    made_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
