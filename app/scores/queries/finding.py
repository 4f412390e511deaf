"""Finding annotations that have no rating."""

import hashlib

from sqlalchemy import ColumnElement, Select, and_, select

from app.annotations.models import Annotation
from app.core.policy import NOBODYS
from app.scores.models import Score


def body_hash(body: str) -> str:
    """What a rating is keyed by, beside the model: the words that were rated."""
    return hashlib.sha256(body.encode()).hexdigest()


def is_ratable() -> ColumnElement[bool]:
    """Has words, and is not for its author alone: what is for oneself is nobody's to rate."""
    return and_(
        Annotation.deleted_at.is_(None),
        Annotation.body != "",
        Annotation.audience != NOBODYS,
        Annotation.audience.not_like("user:%"),
    )


def unrated(model_version: str, limit: int) -> Select[Annotation]:
    """Annotations whose newest words this model has not rated."""
    done = (
        select(Score.id)
        .where(Score.annotation_id == Annotation.id, Score.model_version == model_version)
        .where(Score.created_at >= Annotation.modified_at)
    )
    return select(Annotation).where(is_ratable(), ~done.exists()).order_by(Annotation.id).limit(limit)
