"""What people said of each item, beside what the model says."""

from collections.abc import Iterable
from statistics import median_low
from typing import NamedTuple

from sqlalchemy import select

from app.calibration.models import CalibrationItem
from app.core.db import session
from app.courses.models import Enrollment
from app.scores.models import Score

from .items import levels_by_item


class Pair(NamedTuple):
    """An item, the level that people gave it, and the model's rating of the same words."""

    item: CalibrationItem
    people: int
    score: Score

    @property
    def is_blind(self) -> bool:
        """Was it rated without knowing what the machine says?"""
        return self.item.origin == "chosen"


def pairs_of(course_id: str, model_version: str) -> list[Pair]:
    """Everything that people rated and this model as well."""
    said = judged(course_id)
    items = session.scalars(
        select(CalibrationItem).where(CalibrationItem.id.in_(said)).order_by(CalibrationItem.id)
    ).all()
    scores = _scores([item.annotation_id for item in items], model_version)
    return [
        Pair(item, said[item.id], scores[item.annotation_id, item.body_hash])
        for item in items
        if (item.annotation_id, item.body_hash) in scores
    ]


def judged(course_id: str) -> dict[str, int]:
    """Item to level: what teachers gave, where one did, else assistants; of several the lower middle one."""
    teachers = set(
        session.scalars(
            select(Enrollment.account_id).where(
                Enrollment.course_id == course_id, Enrollment.role == "teacher"
            )
        )
    )
    return {
        item_id: median_low([level for rater, level in given.items() if rater in teachers] or given.values())
        for item_id, given in levels_by_item(course_id).items()
    }


def own_levels(course_id: str) -> dict[tuple[str, str], int]:
    """Annotation and the hash of its words to the level that people gave: that stands, whatever is adapted."""
    said = judged(course_id)
    items = session.scalars(select(CalibrationItem).where(CalibrationItem.id.in_(said)))
    return {(item.annotation_id, item.body_hash): said[item.id] for item in items}


def _scores(annotation_ids: Iterable[str], model_version: str) -> dict[tuple[str, str], Score]:
    rows = session.scalars(
        select(Score).where(Score.annotation_id.in_(annotation_ids), Score.model_version == model_version)
    )
    return {(score.annotation_id, score.body_hash): score for score in rows}
