"""The table of people who were merged."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class PersonMerge(Model):
    """Two accounts of one person became one: ``gone`` moved into ``kept``.

    ``moved`` says which rows changed hands and what stood there before, so that it can be undone for 30 days; then it
    is emptied.
    """

    __tablename__ = "person_merge"

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    kept_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    gone_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]
