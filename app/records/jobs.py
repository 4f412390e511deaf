"""What the worker does with learning records: it sends them, and keeps what waits within bounds."""

from datetime import timedelta

from sqlalchemy import delete, func, or_, select, update

from app.core.db import session
from app.core.ids import now
from app.core.jobs import job, sweep

from .models import LearningRecord, RecordEndpoint
from .operations import sending

MOST = 50_000
"""Records that may wait for one store; beyond, the oldest are dropped."""

KEPT = timedelta(days=30)


@job(retries=0)
def send_records(endpoint_id: str) -> None:
    """Send what is due to one store. Each has a job of its own, so that a sick one delays no other."""
    sending.send_due(endpoint_id)


@sweep(seconds=10)
def send_due_records() -> None:
    """Stores for which records wait, and which are not to be left alone just now."""
    moment = now()
    due = (
        select(RecordEndpoint.id)
        .join(LearningRecord, LearningRecord.endpoint_id == RecordEndpoint.id)
        .where(RecordEndpoint.state == "on")
        .where(or_(RecordEndpoint.quiet_until.is_(None), RecordEndpoint.quiet_until <= moment))
        .where(or_(RecordEndpoint.claimed_until.is_(None), RecordEndpoint.claimed_until < moment))
        .where(LearningRecord.state == "waiting", LearningRecord.due_at <= moment)
        .distinct()
    )
    for endpoint_id in session.scalars(due).all():
        send_records(endpoint_id)


@sweep(seconds=60)
def keep_within_bounds() -> None:
    """Drop what has waited for a month, or is too much; how many is counted where the admin sees it."""
    for endpoint_id in session.scalars(select(RecordEndpoint.id)).all():
        mine = LearningRecord.endpoint_id == endpoint_id
        old = mine & (LearningRecord.happened_at < now() - KEPT)
        # A score that was not released within a month was never meant to be told.
        lost = _count(old & (LearningRecord.kind != "scored"))
        session.execute(delete(LearningRecord).where(old))
        too_many = _count(mine) - MOST
        if too_many > 0:
            oldest = (
                select(LearningRecord.id).where(mine).order_by(LearningRecord.happened_at).limit(too_many)
            )
            session.execute(delete(LearningRecord).where(LearningRecord.id.in_(oldest.scalar_subquery())))
        if lost + max(too_many, 0):
            session.execute(
                update(RecordEndpoint)
                .where(RecordEndpoint.id == endpoint_id)
                .values(lost=RecordEndpoint.lost + lost + max(too_many, 0))
            )


def _count(condition: object) -> int:
    return session.scalar(select(func.count()).select_from(LearningRecord).where(condition)) or 0  # type: ignore[arg-type]  # a condition of SQL
