"""Recording what a model says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.annotations.models import Annotation
from app.core.db import session
from app.core.ids import now
from app.scores.models import Score
from app.scores.queries import body_hash

from .telling import tell_staff

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
            tell_staff(annotation)
        else:
            score.created_at = now()  # the words have not changed; note that we looked


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
        traits=list(rating.traits),
    )
