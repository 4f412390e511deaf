"""Reading ratings, and finding annotations that have none."""

import hashlib
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session
from app.core.policy import NOBODYS, Viewer
from app.courses.models import Enrollment

from .models import Score, TeacherScore
from .schemas import RatingList, RatingOut, ReasonOut, StaffRatingOut, Wording
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
    reader = teachers_name(assignment.course_id)
    wanted = select(Annotation.id, Annotation.body).where(
        Annotation.assignment_id == assignment.id,
        Annotation.deleted_at.is_(None),
        Annotation.body != "",
        Annotation.audience.not_like("user:%"),
    )
    if not staff:
        wanted = wanted.where(Annotation.creator_id == viewer.account_id)
    make = _for_staff if staff else _for_author
    items: list[StaffRatingOut | RatingOut] = []
    for annotation_id, body in session.execute(wanted.order_by(Annotation.id)):
        score = scores.get(annotation_id)
        current = score if score and score.body_hash == body_hash(body) else None
        items.append(make(annotation_id, current, levels.get(annotation_id), reader))
    return RatingList(released=released, items=items)


def teachers_name(course_id: str) -> str:
    """Who reads what cannot be rated: the teacher's name, if there is just one teacher."""
    names = session.scalars(
        select(Account.name)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .where(Enrollment.course_id == course_id, Enrollment.role == "teacher")
        .where(Enrollment.ended_at.is_(None))
        .limit(2)
    ).all()
    return names[0] or "" if len(names) == 1 else ""


def _for_author(annotation_id: str, score: Score | None, level: int | None, reader: str) -> RatingOut:
    code, text = _words(score, level, reader)
    explained = (
        score if score and level in (None, score.level) else None
    )  # a teacher's own level has own reasons
    return RatingOut(
        annotation_id=annotation_id,
        wording=code,
        text=text,
        reasons=_reasons(explained),
        marks=[(a, b) for a, b in explained.marks] if explained else [],
    )


def _for_staff(annotation_id: str, score: Score | None, level: int | None, reader: str) -> StaffRatingOut:
    own = _for_author(annotation_id, score, level, reader)
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


def _words(score: Score | None, level: int | None, reader: str) -> tuple[Wording, str]:
    if level is not None:
        return level_in_words(level)
    if score is None:
        return "pending", _("not read yet")
    return level_in_words(score.level, score.certainty, reader)


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
