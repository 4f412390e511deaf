"""Tables of learning records: where a school wants them, and those on their way."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now

KINDS = ("annotated", "answered", "watched", "scored")


class RecordEndpoint(Model):
    """The store of a school's learning records, and what the school lets it have.

    ``sends`` are kinds of deeds; ``names`` and ``texts`` say whether names and pupils' words go along. ``salt``
    (sealed) makes the pseudonyms of this school. ``home`` is this installation's address as the admin saw it.
    After ``failures`` in a row nothing is sent until ``quiet_until``; ``claimed_until`` keeps a second worker away.
    ``lost`` counts what was dropped because too much waited, or waited for too long.
    """

    __tablename__ = "record_endpoint"
    __table_args__ = (
        CheckConstraint("kind in ('xapi', 'caliper')", name="kind"),
        CheckConstraint("auth in ('basic', 'bearer')", name="auth"),
        CheckConstraint("state in ('on', 'off')", name="state"),
    )

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(8))
    url: Mapped[str] = mapped_column(String(500))
    auth: Mapped[str] = mapped_column(String(8), default="basic")
    username: Mapped[str] = mapped_column(String(255), default="")
    secret: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str] = mapped_column(Text)
    home: Mapped[str] = mapped_column(String(300))
    sends: Mapped[list[Any]] = mapped_column(default=list)
    names: Mapped[bool] = mapped_column(default=False)
    texts: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(3), default="off")
    failures: Mapped[int] = mapped_column(default=0)
    quiet_until: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(40), default="")
    problem_at: Mapped[datetime | None]
    sent: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    lost: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(default=now)


class LearningRecord(Model):
    """A deed that waits to be sent, or that the store refused. What it says is gathered when it is sent."""

    __tablename__ = "learning_record"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'refused')", name="state"),
        Index("ix_learning_record_due", "endpoint_id", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("record_endpoint.id"))
    kind: Mapped[str] = mapped_column(String(12))
    assignment_id: Mapped[str] = mapped_column(String(36))
    object_id: Mapped[str] = mapped_column(String(36))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    happened_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    problem: Mapped[str] = mapped_column(String(40), default="")
