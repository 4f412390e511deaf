"""How far calibration is, in numbers."""

from sqlalchemy import func, select

from app.annotations.models import Annotation
from app.calibration.models import CalibrationItem, CalibrationRating, Comparison
from app.core.db import session
from app.scores.models import Appeal
from app.scores.queries import body_hash, is_ratable

ENOUGH = 20
"""Annotations that people rated before the quality in a course may count as points."""


def is_calibrated(course_id: str) -> bool:
    """Have people rated at least 20 of the course's annotations? Until then quality is feedback, not points.

    What a teacher has once decided on stays calibrated, even if annotations are erased later.
    """
    return rated_items(course_id) >= ENOUGH or _was_decided(course_id)


def rated_items(course_id: str) -> int:
    """How many of the course's annotations somebody has rated for calibration, or in answer to an appeal."""
    rated = (
        select(func.count(func.distinct(CalibrationRating.item_id)))
        .join(CalibrationItem, CalibrationItem.id == CalibrationRating.item_id)
        .where(CalibrationItem.course_id == course_id)
    )
    return session.scalar(rated) or 0


def _was_decided(course_id: str) -> bool:
    decided = select(Comparison.id).where(
        Comparison.course_id == course_id, Comparison.decided_at.is_not(None), Comparison.ratings >= ENOUGH
    )
    return session.scalar(decided.limit(1)) is not None


def open_appeals(course_id: str) -> list[tuple[Appeal, Annotation]]:
    """Appeals that wait for an answer. One whose words have changed since waits for nothing: they are rated anew."""
    rows = session.execute(
        select(Appeal, Annotation)
        .join(Annotation, Annotation.id == Appeal.annotation_id)
        .where(Appeal.course_id == course_id, Appeal.answered_at.is_(None), is_ratable())
        .order_by(Appeal.id)
    )
    return [(row[0], row[1]) for row in rows if row[0].body_hash == body_hash(row[1].body)]
