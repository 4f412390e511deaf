"""Reading ratings, and finding annotations that have none."""

import hashlib
from typing import Any

from sqlalchemy import Select, func, select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session
from app.core.policy import NOBODYS, Viewer

from .models import Score, TeacherScore
from .schemas import RatingList, RatingOut, ReasonOut, StaffRatingOut
from .wording import level_in_words, sentence


def body_hash(body: str) -> str:
    """What a rating is keyed by, beside the model: the words that were rated."""
    return hashlib.sha256(body.encode()).hexdigest()


def unrated(model_version: str, limit: int) -> Select[Annotation]:
    """Annotations whose newest words this model has not rated. What is for oneself is nobody's to rate."""
    done = (
        select(Score.id)
        .where(Score.annotation_id == Annotation.id, Score.model_version == model_version)
        .where(Score.created_at >= Annotation.modified_at)
    )
    return (
        select(Annotation)
        .where(Annotation.deleted_at.is_(None), Annotation.body != "", Annotation.audience != NOBODYS)
        .where(Annotation.audience.not_like("user:%"), ~done.exists())
        .order_by(Annotation.id)
        .limit(limit)
    )


def newest_scores(assignment_id: str) -> dict[str, Score]:
    """The newest rating of each annotation of an assignment."""
    newest = (
        select(Score.annotation_id, func.max(Score.created_at).label("at"))
        .where(Score.assignment_id == assignment_id)
        .group_by(Score.annotation_id)
        .subquery()
    )
    rows = session.scalars(
        select(Score)
        .join(newest, (Score.annotation_id == newest.c.annotation_id) & (Score.created_at == newest.c.at))
        .order_by(Score.id)
    )
    return {score.annotation_id: score for score in rows}


def teacher_levels(assignment_id: str) -> dict[str, int]:
    """Levels that staff gave by hand."""
    rows = session.execute(
        select(TeacherScore.annotation_id, TeacherScore.level)
        .join(Annotation, Annotation.id == TeacherScore.annotation_id)
        .where(Annotation.assignment_id == assignment_id)
    )
    return {annotation_id: level for annotation_id, level in rows}


def ratings_for(assignment: Assignment, viewer: Viewer) -> RatingList:
    """All ratings for staff; for a student their own, and only once they are released."""
    released = assignment.scores_released_at is not None
    staff = viewer.is_staff_of(assignment.course_id)
    if not staff and not released:
        return RatingList(released=False, items=[])
    scores, levels = newest_scores(assignment.id), teacher_levels(assignment.id)
    wanted = select(Annotation.id).where(
        Annotation.assignment_id == assignment.id,
        Annotation.deleted_at.is_(None),
        Annotation.body != "",
        Annotation.audience.not_like("user:%"),
    )
    if not staff:
        wanted = wanted.where(Annotation.creator_id == viewer.account_id)
    make = _for_staff if staff else _for_author
    ids = session.scalars(wanted.order_by(Annotation.id))
    return RatingList(released=released, items=[make(key, scores.get(key), levels.get(key)) for key in ids])


def _for_author(annotation_id: str, score: Score | None, level: int | None) -> RatingOut:
    code, text = _words(score, level)
    return RatingOut(
        annotation_id=annotation_id,
        wording=code,  # type: ignore[arg-type]  # level_in_words returns these codes only
        text=text,
        reasons=_reasons(score),
        marks=[(a, b) for a, b in score.marks] if score else [],
    )


def _for_staff(annotation_id: str, score: Score | None, level: int | None) -> StaffRatingOut:
    own = _for_author(annotation_id, score, level)
    return StaffRatingOut(
        **own.model_dump(),
        level=level if level is not None else (score.level if score else None),
        model_level=score.level if score else None,
        by_teacher=level is not None,
        quality=score.quality if score else None,
        confusion=score.confusion if score else None,
        question=score.question if score else None,
        certainty=score.certainty if score else None,
        flags=score.flags if score else [],
    )


def _words(score: Score | None, level: int | None) -> tuple[str, str]:
    if level is not None:
        return level_in_words(level, 1.0)
    if score is None:
        return "pending", ""
    return level_in_words(score.level, score.certainty)


def _reasons(score: Score | None) -> list[ReasonOut]:
    return [ReasonOut(code=r["code"], text=sentence(r)) for r in score.reasons] if score else []


@describes("score.changed")
def describe_scores(ids: list[str]) -> dict[str, dict[str, Any]]:
    """What staff hear when a rating has changed; ``ids`` are annotations."""
    rows = session.scalars(
        select(Score).where(Score.annotation_id.in_(ids)).order_by(Score.created_at, Score.id)
    )
    return {
        score.annotation_id: {
            "annotation_id": score.annotation_id,
            "level": score.level,
            "certainty": score.certainty,
            "confusion": score.confusion,
        }
        for score in rows
    }
