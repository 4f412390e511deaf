"""What admins see of learning records."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.db import session
from app.core.errors import NotFound

from .models import LearningRecord, RecordEndpoint


def endpoint_of(school_id: str) -> RecordEndpoint | None:
    """The school's store, if it has entered one."""
    return session.scalar(select(RecordEndpoint).where(RecordEndpoint.school_id == school_id))


def endpoint_or_404(endpoint_id: str) -> RecordEndpoint:
    """A store by its id."""
    endpoint = session.get(RecordEndpoint, endpoint_id)
    if endpoint is None:
        raise NotFound(_("There is no such store of learning records."))
    return endpoint


@dataclass(frozen=True)
class Standing:
    """How many records wait, since when, and why how many were refused."""

    waiting: int
    since: datetime | None
    refused: list[tuple[str, int]]


def standing(endpoint: RecordEndpoint) -> Standing:
    """How records to a store stand."""
    mine = LearningRecord.endpoint_id == endpoint.id
    waiting, since = session.execute(
        select(func.count(), func.min(LearningRecord.happened_at)).where(
            mine, LearningRecord.state == "waiting"
        )
    ).one()
    refused = session.execute(
        select(LearningRecord.problem, func.count())
        .where(mine, LearningRecord.state == "refused")
        .group_by(LearningRecord.problem)
        .order_by(func.count().desc())
    )
    return Standing(waiting, since, [(problem, number) for problem, number in refused])
