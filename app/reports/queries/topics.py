"""Finding topics: those of an assignment, and one by its id."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import NotFound

from ..models import Topic


def topics_of(assignment: Assignment) -> Sequence[Topic]:
    """Every topic that an assignment ever had, but for those that became part of another."""
    return session.scalars(
        select(Topic)
        .where(Topic.assignment_id == assignment.id, Topic.merged_into.is_(None))
        .options(joinedload(Topic.outcome))
        .order_by(Topic.id)
    ).all()


def topic_or_404(topic_id: str) -> Topic:
    """The topic of this id; of one that was merged, the topic that it became part of."""
    topic = session.get(Topic, topic_id)
    while topic is not None and topic.merged_into:
        topic = session.get(Topic, topic.merged_into)
    if topic is None or topic.assignment.deleted_at is not None:
        raise NotFound(_("This topic does not exist, or is not shared with you."))
    return topic
