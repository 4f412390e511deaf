"""Which annotations say that their authors do not understand something, and which of those are still open."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.batch import prepare
from scoring.evidence import Annotation, Evidence, Id
from scoring.language import is_unknown
from scoring.phrases import count
from scoring.reading import Reading
from scoring.remark import ModelName, Remark
from scoring.shipped import load

CONFUSED = 0.5
ASKING = 0.5
ENOUGH_TO_ANSWER = 4  # words: "me too" and "good question" answer nothing


@dataclass(frozen=True, slots=True)
class Judged:
    """An annotation with what was made of it."""

    annotation: Annotation
    confusion: float
    question: float
    foreign: bool  # in a language that the models do not know

    @property
    def counts(self) -> bool:
        """Whether it is a student's confusion, or a question that others share or that we cannot read."""
        if self.annotation.by_staff:
            return False
        shared = bool(self.annotation.me_too) and self.question >= ASKING
        return self.confusion >= CONFUSED or shared or (self.foreign and self.question >= ASKING)


def judge(
    evidence: Evidence, model: ModelName = "licensed", cache: MutableMapping[str, Any] | None = None
) -> list[Judged]:
    """Every annotation judged; ratings that came with it are taken as they are."""
    texts = {annotation.id: annotation.text for annotation in evidence.annotations}
    unrated = [a for a in evidence.annotations if a.confusion is None or a.question is None]
    fresh = dict(zip((id(a) for a in unrated), _probabilities(unrated, texts, model, cache), strict=True))
    judged = []
    for annotation in evidence.annotations:
        confusion, question = fresh.get(id(annotation)) or (
            annotation.confusion or 0.0,
            annotation.question or 0.0,
        )
        foreign = _is_foreign(annotation)
        if foreign and id(annotation) in fresh:
            question = float(any(mark in annotation.text for mark in "?？؟"))
            confusion = 0.0
        judged.append(Judged(annotation, confusion, question, foreign))
    return judged


def _is_foreign(annotation: Annotation) -> bool:
    return is_unknown(Reading(Remark("", annotation.text)))


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
    confusion, question = (
        fitted.heads[kind].probability(fitted.space, batch.features, batch.said)
        for kind in ("confusion", "question")
    )
    return [(float(c), float(q)) for c, q in zip(confusion, question, strict=True)]


def still_open(judged: Sequence[Judged]) -> dict[Id, bool]:
    """For every annotation by id: whether nobody has answered it yet."""
    replies: dict[Id, list[Judged]] = {}
    for reply in judged:
        if reply.annotation.parent is not None:
            replies.setdefault(reply.annotation.parent, []).append(reply)
    return {j.annotation.id: not _is_solved(j, replies.get(j.annotation.id, [])) for j in judged}


def _is_solved(asked: Judged, replies: Sequence[Judged]) -> bool:
    if asked.annotation.resolved is not None:
        return asked.annotation.resolved
    return any(_answers(asked.annotation, reply) for reply in replies)


def _answers(asked: Annotation, reply: Judged) -> bool:
    """Staff's word, the asker's own "now I see", or a peer's telling sentence that asks nothing itself."""
    said = Reading(Remark("", reply.annotation.text))
    if reply.annotation.author == asked.author:
        return count("resolved", said.said) > 0 and reply.confusion < CONFUSED
    if reply.confusion >= CONFUSED or reply.question >= ASKING or "?" in reply.annotation.text:
        return False
    return reply.annotation.by_staff or (len(said.words) >= ENOUGH_TO_ANSWER and bool(said.content))
