"""Who works on an import. One at a time, and never for somebody who is gone."""

import time
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from app.core.db import session, unit_of_work
from app.core.ids import now

from .models import Document

STALE = timedelta(seconds=90)
_BEAT_S = 1.0


class Stopped(Exception):
    """Somebody stopped the import, or took it over."""


class Claim:
    """The right to work on a document's import; lost when somebody stops it or starts it anew.

    The moment of the last heartbeat is the token: whoever changes it takes the import away.
    """

    def __init__(self, document_id: str, touched_at: datetime) -> None:
        self.document_id, self._touched_at = document_id, touched_at
        self._step, self._beaten = "", 0.0

    def report(self, step: str, part: float) -> None:
        """Store the progress, at most once a second; raises Stopped when the claim is lost."""
        if step == self._step and time.monotonic() - self._beaten < _BEAT_S:
            return
        self._step, self._beaten = step, time.monotonic()
        with unit_of_work():
            self._update(progress=min(max(part, 0.0), 1.0), step=step, touched_at=now())

    def end(self, **values: Any) -> None:
        """Store how it ended (in the current unit of work) and let go."""
        self._update(**values, touched_at=None)

    def _update(self, **values: Any) -> None:
        changed = session.execute(
            update(Document)
            .where(Document.id == self.document_id, Document.status == "processing")
            .where(Document.touched_at == self._touched_at, Document.deleted_at.is_(None))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        if changed.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE's result has it
            raise Stopped
        self._touched_at = values["touched_at"]


def take(document_id: str) -> Claim | None:
    """Claim the import of a document; None if it is not to be read, or somebody else reads it."""
    moment = now()
    with unit_of_work():
        changed = session.execute(
            update(Document)
            .where(Document.id == document_id, Document.status == "processing")
            .where(Document.deleted_at.is_(None))
            .where(or_(Document.touched_at.is_(None), Document.touched_at < moment - STALE))
            .values(attempts=Document.attempts + 1, touched_at=moment)
            .execution_options(synchronize_session=False)
        )
    if changed.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE's result has it
        return None
    return Claim(document_id, moment)


def fresh(document_id: str) -> Document:
    """The document as the database has it now."""
    return session.scalars(
        select(Document).where(Document.id == document_id).execution_options(populate_existing=True)
    ).one()
