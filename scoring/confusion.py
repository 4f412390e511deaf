"""Which annotations say that their authors do not understand something."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scoring.asking import asking
from scoring.batch import prepare
from scoring.evidence import Annotation, Evidence, Id
from scoring.features.claims import says_nothing
from scoring.language import is_unknown
from scoring.reading import Reading
from scoring.remark import ModelName, Remark
from scoring.shipped import load

CONFUSED = 0.5
ASKING = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """An annotation with what was made of it."""

    annotation: Annotation
    confusion: float
    question: float
    foreign: bool  # in a language that the models do not know
    noted: bool = False  # a note on a lesson that says something, see Evidence.are_notes

    @property
    def counts(self) -> bool:
        """Whether it is a student's, and says that they are lost."""
        return not self.annotation.by_staff and self.is_lost

    @property
    def is_lost(self) -> bool:
        """Whether it is somebody's confusion, or a question that others share or that we cannot read, or a note."""
        shared = bool(self.annotation.me_too) and self.question >= ASKING
        unread = self.foreign and self.question >= ASKING
        return self.confusion >= CONFUSED or shared or unread or self.noted


def judge(
    evidence: Evidence, model: ModelName = "licensed", cache: MutableMapping[str, Any] | None = None
) -> list[Judged]:
    """Every annotation judged; ratings that came with it are taken as they are."""
    texts = {annotation.id: annotation.text for annotation in evidence.annotations}
    unrated = [a for a in evidence.annotations if a.confusion is None or a.question is None]
    fresh = dict(zip((id(a) for a in unrated), _probabilities(unrated, texts, model, cache), strict=True))
    are_notes = evidence.are_notes
    judged = []
    for annotation in evidence.annotations:
        confusion, question = fresh.get(id(annotation)) or (
            annotation.confusion or 0.0,
            annotation.question or 0.0,
        )
        foreign = _is_foreign(annotation.text)
        if foreign and id(annotation) in fresh:
            question = float(any(mark in annotation.text for mark in "?？؟"))
            confusion = 0.0
        noted = are_notes and not says_nothing(Reading(Remark("", annotation.text)))
        judged.append(Judged(annotation, confusion, question, foreign, noted))
    return judged


@lru_cache(maxsize=20_000)
def _is_foreign(text: str) -> bool:
    return is_unknown(Reading(Remark("", text)))


def _probabilities(
    annotations: Sequence[Annotation],
    texts: dict[Id, str],
    model: ModelName,
    cache: MutableMapping[str, Any] | None,
) -> list[tuple[float, float]]:
    if not annotations:
        return []
    remarks = [
        Remark(str(a.id), a.text, quote=a.quote, parent="" if a.parent is None else texts.get(a.parent, ""))
        for a in annotations
    ]
    fitted, batch = load(model), prepare(remarks, cache)
    confusion, question = asking(fitted, batch.features, batch.said)
    return [(float(c), float(q)) for c, q in zip(confusion, question, strict=True)]
