"""The verbs of rating: record what a model or a teacher says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.annotations.models import Annotation
from app.core import audit
from app.core.changes import log_change
from app.core.db import session
from app.core.ids import now
from app.core.policy import Viewer

from .models import Score, TeacherScore
from .queries import body_hash

if TYPE_CHECKING:
    from scoring import Rating


def record_ratings(
    annotations: Sequence[Annotation], ratings: Sequence["Rating"], model_version: str
) -> None:
    """Keep each rating with the words and the model it belongs to; the same twice changes nothing."""
    known = _known([a.id for a in annotations], model_version)
    for annotation, rating in zip(annotations, ratings, strict=True):
        score = known.get((annotation.id, body_hash(annotation.body)))
        if score is None:
            session.add(_score(annotation, rating, model_version))
            _tell(annotation)
        else:
            score.created_at = now()  # the words have not changed; note that we looked


def give_level(viewer: Viewer, annotation: Annotation, level: int | None) -> None:
    """Give an annotation a level by hand, or take it back; it stands above every model's."""
    given = session.get(TeacherScore, annotation.id)
    if level is None:
        if given is not None:
            session.delete(given)
    elif given is None:
        session.add(TeacherScore(annotation_id=annotation.id, level=level, given_by=viewer.account_id))
    else:
        given.level, given.given_by, given.given_at = level, viewer.account_id, now()
    audit.record(
        "score.given",
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=annotation.course_id,
        object_id=annotation.id,
        level=level,
    )
    _tell(annotation)


def _known(annotation_ids: list[str], model_version: str) -> dict[tuple[str, str], Score]:
    rows = session.scalars(
        select(Score).where(Score.annotation_id.in_(annotation_ids), Score.model_version == model_version)
    )
    return {(score.annotation_id, score.body_hash): score for score in rows}


def _score(annotation: Annotation, rating: "Rating", model_version: str) -> Score:
    return Score(
        annotation_id=annotation.id,
        assignment_id=annotation.assignment_id,
        body_hash=body_hash(annotation.body),
        model_version=model_version,
        quality=rating.quality,
        level=rating.level,
        confusion=rating.confusion,
        question=rating.question,
        certainty=rating.certainty,
        reasons=[
            {"code": r.code, "params": r.params, "text": r.text, "effect": r.effect} for r in rating.reasons
        ],
        marks=[list(mark) for mark in rating.marks],
        flags=list(rating.flags),
    )


def _tell(annotation: Annotation) -> None:
    staff = f"staff:{annotation.course_id}"
    log_change(annotation.assignment_id, "score.changed", annotation.id, before=staff, after=staff)
