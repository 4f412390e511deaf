"""Who did what that matters to somebody else. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, primary_id, session
from .ids import now


class AuditEntry(Model):
    """One deed: the actor, the action, the object, and a few plain details without pupils' words."""

    __tablename__ = "audit"

    id: Mapped[str] = primary_id()
    school_id: Mapped[str | None] = mapped_column(String(36), index=True)
    course_id: Mapped[str | None] = mapped_column(String(36), index=True)
    actor_id: Mapped[str | None] = mapped_column(String(36), index=True)
    action: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[str | None] = mapped_column(String(36))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


def record(
    action: str,
    *,
    school_id: str | None,
    actor_id: str | None,
    object_id: str | None = None,
    course_id: str | None = None,
    **details: str | int | bool | None,
) -> None:
    """Add an entry in the current unit of work."""
    session.add(
        AuditEntry(
            action=action,
            school_id=school_id,
            course_id=course_id,
            actor_id=actor_id,
            object_id=object_id,
            details=details,
        )
    )
