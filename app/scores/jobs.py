"""Rating in the worker: a few annotations at a time, the model kept warm."""

from collections import defaultdict
from typing import Any

from flask import current_app
from sqlalchemy import select

from annotators.selectors import TextQuoteSelector
from app.annotations.models import Annotation
from app.core.db import session
from app.core.jobs import sweep
from app.core.markdown import blanked, words
from app.documents.models import DocumentVersion

from .operations import record_ratings
from .queries import unrated

AT_ONCE = 25  # so that recording them stays one short write
AROUND = 400  # code points of the document on each side of the passage
EARLIER = 40  # annotations by peers, near the same place, to compare with


@sweep(seconds=1.5)
def rate_what_is_new() -> None:
    """Rate annotations whose words have no rating yet."""
    model = current_app.config["SETTINGS"].rating_model
    import scoring  # the worker alone loads the models, and only when there is work

    version = f"{scoring.MODEL_VERSION}-{model}"
    annotations = list(session.scalars(unrated(version, AT_ONCE)))
    if annotations:
        ratings = scoring.rate(remarks_of(annotations), model=model)
        record_ratings(annotations, ratings, version)


def remarks_of(annotations: list[Annotation]) -> list[Any]:
    """What rating is told: words and surroundings, never who wrote them."""
    from scoring import Remark

    contexts = _contexts({a.version_id for a in annotations})
    parents = _bodies({a.parent_id for a in annotations if a.parent_id})
    earlier = _earlier(annotations)
    return [
        Remark(
            id=a.id,
            text=blanked(a.body),
            quote=quote_of(a),
            context=_around(contexts.get(a.version_id, ""), a),
            parent=words(parents.get(a.parent_id or "", "")),
            earlier=earlier[a.id],
            language=a.locale or "",
        )
        for a in annotations
    ]


def quote_of(annotation: Annotation) -> str:
    """The words that the annotation is about, if its target has words."""
    kinds = TextQuoteSelector.model_fields["type"].default
    return next((s["exact"] for s in annotation.selectors if s.get("type") == kinds), "")


def _contexts(version_ids: set[str]) -> dict[str, str]:
    rows = session.execute(
        select(DocumentVersion.id, DocumentVersion.text).where(DocumentVersion.id.in_(version_ids))
    )
    return {key: text for key, text in rows}


def _around(text: str, annotation: Annotation) -> str:
    if annotation.start is None or annotation.end is None or not text:
        return ""
    return text[max(0, int(annotation.start) - AROUND) : int(annotation.end) + AROUND]


def _bodies(annotation_ids: set[str]) -> dict[str, str]:
    rows = session.execute(select(Annotation.id, Annotation.body).where(Annotation.id.in_(annotation_ids)))
    return {key: body for key, body in rows}


def _earlier(annotations: list[Annotation]) -> dict[str, tuple[str, ...]]:
    """What others wrote before each annotation, in the same audience and nearest in the document first."""
    rows = session.execute(
        select(
            Annotation.id,
            Annotation.assignment_id,
            Annotation.audience,
            Annotation.creator_id,
            Annotation.start,
            Annotation.body,
        )
        .where(Annotation.assignment_id.in_({a.assignment_id for a in annotations}))
        .where(Annotation.deleted_at.is_(None), Annotation.body != "")
    ).all()
    by_place: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        by_place[row.assignment_id, row.audience].append(row)
    return {a.id: _nearest(a, by_place[a.assignment_id, a.audience]) for a in annotations}


def _nearest(annotation: Annotation, rows: list[Any]) -> tuple[str, ...]:
    place = annotation.start or 0.0
    before = [r for r in rows if r.id < annotation.id and r.creator_id != annotation.creator_id]
    before.sort(key=lambda row: abs((row.start or 0.0) - place))
    return tuple(row.body for row in before[:EARLIER])
