"""The quality of annotations as others count it: what each stands at now, and who says so."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.scores.models import Score, TeacherScore

from .finding import body_hash, is_ratable
from .standing import FACTS, Source, Standing, newest_facts, reading_of, teacher_scores


class Quality(NamedTuple):
    """One annotation. ``quality`` is real, 0 to 2.

    With ``source`` “none” nobody has rated it: it was just written, or is in a language that the model does not
    know. Quality and level are None then, which is not zero.
    """

    annotation_id: str
    creator_id: str | None
    quality: float | None
    level: int | None
    source: Source
    certainty: float


def qualities(assignment_id: str) -> list[Quality]:
    """All annotations of an assignment that can be rated, the oldest first; staff's own are among them."""
    course_id = session.scalar(select(Assignment.course_id).where(Assignment.id == assignment_id))
    if course_id is None:
        return []
    reading, scores = reading_of(course_id), newest_facts(assignment_id)
    given = teacher_scores([assignment_id])
    rows = session.execute(
        select(Annotation.id, Annotation.creator_id, Annotation.body)
        .where(Annotation.assignment_id == assignment_id, is_ratable())
        .order_by(Annotation.id)
    )
    found = []
    for annotation_id, creator_id, body in rows:
        score, by_hand = scores.get(annotation_id), given.get(annotation_id)
        current = score if score and score.body_hash == body_hash(body) else None
        standing = reading.standing(current, by_hand.level if by_hand else None)
        found.append(Quality(annotation_id, creator_id, *standing))
    return found


class Rated(NamedTuple):
    """One annotation for staff: what counts, what would count without them, and who gave it another level.

    ``by`` is the name of who gave ``given``; empty where nobody did, or where the name is gone.
    """

    standing: Standing
    machine: Standing
    given: TeacherScore | None
    by: str


def ratings_of(course_id: str, annotation_ids: Collection[str]) -> dict[str, Rated]:
    """How these annotations of one course stand; those that are not to be rated are left out."""
    reading, given = reading_of(course_id), _given(annotation_ids)
    rated = session.execute(
        select(*FACTS).where(Score.annotation_id.in_(annotation_ids)).order_by(Score.created_at, Score.id)
    )
    newest = {(row.annotation_id, row.body_hash): row for row in rated}
    rows = session.execute(
        select(Annotation.id, Annotation.body).where(Annotation.id.in_(annotation_ids), is_ratable())
    )
    found = {}
    for annotation_id, body in rows:
        current = newest.get((annotation_id, body_hash(body)))
        by_hand, by = given.get(annotation_id, (None, ""))
        counting = reading.standing(current, by_hand.level if by_hand else None)
        found[annotation_id] = Rated(counting, reading.standing(current, None), by_hand, by)
    return found


def _given(annotation_ids: Collection[str]) -> dict[str, tuple[TeacherScore, str]]:
    rows = session.execute(
        select(TeacherScore, Account.name)
        .outerjoin(Account, Account.id == TeacherScore.given_by)
        .where(TeacherScore.annotation_id.in_(annotation_ids))
    )
    return {row.annotation_id: (row, name or "") for row, name in rows}
