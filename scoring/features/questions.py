"""Questions, doubts and hedges, with and without a question mark; curiosity and rhetoric apart."""

import math
from collections.abc import Callable

from scoring.phrases import count, starts_like_a_question
from scoring.reading import Reading
from scoring.wording import Sentence


def _text(r: Reading, sentence: Sentence) -> str:
    return r.wording.lower[sentence.start : sentence.end]


def _started(r: Reading) -> int:
    return sum(starts_like_a_question(_text(r, s)) for s in r.own)


def _marked_and_started(r: Reading) -> int:
    return sum("?" in _text(r, s) and starts_like_a_question(_text(r, s)) for s in r.own)


def _last_is_marked(r: Reading) -> float:
    return float(bool(r.own) and "?" in _text(r, r.own[-1]))


def _said(concept: str) -> Callable[[Reading], float]:
    return lambda r: math.log1p(min(count(concept, r.said), 3))


def _telling_question(r: Reading) -> float:
    """A question that names at least two things of the subject."""
    content = set(r.content)
    asked = [s for s in r.telling if "?" in _text(r, s) or starts_like_a_question(_text(r, s))]
    return float(max((len(content & set(s.key)) for s in asked), default=0) >= 2)


CONCEPTS = (
    "lost", "resolved", "curious", "rhetorical",
    "request", "indirect", "answering", "doubting", "logistics",
)  # fmt: skip

FEATURES: dict[str, Callable[[Reading], float]] = {
    "marks": lambda r: math.log1p(min(r.said.count("?"), 3)),
    "started": lambda r: math.log1p(min(_started(r), 3)),
    "marked_and_started": lambda r: math.log1p(min(_marked_and_started(r), 3)),
    "last_is_marked": _last_is_marked,
    "first_is_started": lambda r: float(bool(r.own) and starts_like_a_question(_text(r, r.own[0]))),
    "telling_question": _telling_question,
    "hedge": lambda r: math.log1p(min(count("hedge", r.told), 3)),
} | {concept: _said(concept) for concept in CONCEPTS}
