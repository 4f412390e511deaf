"""The confusion report: what a class does not understand, how many, where, and how sure that is."""

from collections.abc import MutableMapping, Sequence
from typing import Any

from threadpoolctl import threadpool_limits

from scoring.beside import NONE, beside, is_asked_by_staff
from scoring.confusion import Judged, judge
from scoring.counting import silent_places
from scoring.evidence import Evidence, Id
from scoring.gathering import ENOUGH, Grouping, group, span_of
from scoring.identity import Before
from scoring.places import heat, length_of
from scoring.ranking import ranked
from scoring.remark import MODEL_VERSION, ModelName
from scoring.shaping import Whole, shape
from scoring.sources import sources_of

NOTHING_BEFORE = Before()
SURE = 0.25  # mean silhouette of groups that people would have made, too


def report(
    evidence: Evidence,
    model: ModelName = "licensed",
    cache: MutableMapping[str, Any] | None = None,
    before: Before = NOTHING_BEFORE,
) -> dict[str, Any]:
    """The report of one assignment, in the shape of the package's documentation; plain values only.

    ``cache``: see ``embeddings.embed``; ``before``: earlier topics, which keep their ids, order and names.
    Deterministic: the same evidence gives the same report.
    """
    with threadpool_limits(1):  # the matrices are small: sharing them out costs more than it saves
        return _made(evidence, model, cache, before)


def _made(
    evidence: Evidence, model: ModelName, cache: MutableMapping[str, Any] | None, before: Before
) -> dict[str, Any]:
    judged = judge(evidence, model, cache)
    confused = sorted((j for j in judged if j.counts), key=lambda j: str(j.annotation.id))
    length = length_of(evidence)
    found = group(confused, length, cache, before)
    of_staff = beside(found.topics, [j for j in judged if is_asked_by_staff(j)], length, cache)
    whole = Whole.of(evidence, judged, found.topics, sources_of(evidence.document, cache))
    shapes = [
        shape(topic, whole, before.named.get(topic.id)) | {"of_staff": whole.sorted_ids(of_staff[topic.id])}
        for topic in found.topics
    ]
    spoken = [(*span, j.annotation.author) for j in confused if (span := span_of(j))]
    return {
        "topics": ranked(shapes, [topic.id for topic in before.topics]),
        "silent": silent_places(evidence.signals, spoken, length),
        "unclustered": [j.annotation.id for j in found.left],
        "unclustered_of_staff": [j.annotation.id for j in of_staff[NONE]],
        "heat": heat([*_spots(confused), *((s.author, s.start, s.end) for s in evidence.signals)], length),
        "method": _method(len(confused), found),
    }


def _spots(confused: Sequence[Judged]) -> list[tuple[Id, float, float]]:
    return [(j.annotation.author, *span) for j in confused if (span := span_of(j))]


def _method(confusions: int, found: Grouping) -> dict[str, Any]:
    """What was done and how sure it is, by code."""
    certainty = round(min(1.0, max(0.0, found.sure / SURE)), 2) if found.topics else 0.0
    base = {
        "confusions": confusions,
        "model": MODEL_VERSION,
        "certainty": certainty,
        "grouped": found.grouped,
    }
    if not found.topics:
        text = f"Not enough to say: {confusions} questions or doubts; they are listed one by one."
        params = {"count": confusions, "enough": ENOUGH}
        return base | {"name": "list", "code": "not_enough_to_say", "params": params, "text": text}
    text = f"{confusions} questions and doubts, put together by what they say and where they stand."
    params = {"count": confusions, "topics": len(found.topics)}
    return base | {"name": "topics", "code": "grouped_by_meaning_and_place", "params": params, "text": text}
