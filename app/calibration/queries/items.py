"""What is rated blind: which annotations could be, which were chosen, and what people said."""

from collections import defaultdict
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select, select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.calibration.models import CalibrationItem, CalibrationRating
from app.core.db import session
from app.core.errors import NotFound
from app.courses.models import Enrollment
from app.scores.models import Score
from app.scores.queries import NOT_OWN_WORDS, is_ratable
from app.scores.wording import SURE_ENOUGH

NEWEST = 2000  # annotations to choose among; an older one says less about how the class writes now


class Choice(NamedTuple):
    """An annotation that could be rated blind, with what the model makes of it."""

    annotation_id: str
    body_hash: str
    quality: float
    certainty: float
    traits: list[float]


def model_version_of(course_id: str) -> str:
    """The model that rated last in the course; empty if none has."""
    newest = (
        select(Score.model_version)
        .join(Assignment, Assignment.id == Score.assignment_id)
        .where(Assignment.course_id == course_id)
        .order_by(Score.created_at.desc(), Score.id.desc())
        .limit(1)
    )
    return session.scalar(newest) or ""


def students_annotations(course_id: str) -> Select[Any]:
    """Ids of what the course's students wrote and can be rated."""
    return (
        select(Annotation.id)
        .join(Assignment, Assignment.id == Annotation.assignment_id)
        .join(
            Enrollment,
            (Enrollment.course_id == Assignment.course_id) & (Enrollment.account_id == Annotation.creator_id),
        )
        .where(Assignment.course_id == course_id, Assignment.deleted_at.is_(None))
        .where(Enrollment.role == "student", is_ratable(), Annotation.hidden_at.is_(None))
    )


def candidates(course_id: str) -> list[Choice]:
    """The newest annotations with a rating that can be compared, less those that were chosen already."""
    chosen = select(CalibrationItem.annotation_id).where(CalibrationItem.course_id == course_id)
    rows = session.execute(
        select(
            Score.annotation_id, Score.body_hash, Score.quality, Score.certainty, Score.traits, Score.flags
        )
        .join(Annotation, Annotation.id == Score.annotation_id)
        .where(Score.annotation_id.in_(students_annotations(course_id)), Score.annotation_id.not_in(chosen))
        .where(Score.model_version == model_version_of(course_id), Score.certainty >= SURE_ENOUGH)
        .where(Score.created_at >= Annotation.modified_at)
        .order_by(Score.annotation_id.desc(), Score.created_at.desc())
        .limit(NEWEST)
    )
    found = {
        row[0]: Choice(*row[:5]) for row in reversed(rows.all()) if not NOT_OWN_WORDS.intersection(row[5])
    }
    return list(found.values())


def chosen_items(course_id: str) -> list[CalibrationItem]:
    """What staff of the course rate blind, in the order in which it was chosen."""
    return list(
        session.scalars(
            select(CalibrationItem)
            .where(CalibrationItem.course_id == course_id, CalibrationItem.origin == "chosen")
            .order_by(CalibrationItem.id)
        )
    )


def item_or_404(course_id: str, item_id: str) -> CalibrationItem:
    """One of the course's items that are rated blind."""
    found = session.get(CalibrationItem, item_id)
    if found is None or found.course_id != course_id or found.origin != "chosen":
        raise NotFound(_("This does not exist, or is not shared with you."))
    return found


def levels_by_item(course_id: str) -> dict[str, dict[str, int]]:
    """Item to rater to level."""
    rows = session.execute(
        select(CalibrationRating.item_id, CalibrationRating.rater_id, CalibrationRating.level)
        .join(CalibrationItem, CalibrationItem.id == CalibrationRating.item_id)
        .where(CalibrationItem.course_id == course_id)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for item_id, rater_id, level in rows:
        found[item_id][rater_id] = level
    return found
