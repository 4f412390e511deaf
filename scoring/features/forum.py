"""Forum: how posts in a course's forum ask its staff and each other for help, or give it.

Only the judgements of asking and confusion read these: length counts here beyond a note's, which must never
move a rating of quality. Extents are of the text as it was sent, with what was repeated or pasted: posts that paste
instructions full of questions ask nothing themselves.
"""

import math
from collections.abc import Callable

from scoring.phrases import count
from scoring.reading import Reading

CONCEPTS = (
    "broken", "unable", "coursework", "media", "to_staff", "pleading",
    "asking_around", "marked_wrong", "in_trouble", "advising", "thanking",
)  # fmt: skip
LONG = (120, 250)  # words: a post that explains, an essay or a pasted instruction
EDGE = 160  # characters at either end, where posts put what they want


def _often(r: Reading, concept: str) -> float:
    return math.log1p(min(count(concept, r.said), 6))


def _dense(r: Reading, concept: str) -> float:
    return count(concept, r.said) / math.sqrt(len(r.all_words) + 4)


def _said(concept: str, measure: Callable[[Reading, str], float]) -> Callable[[Reading], float]:
    return lambda r: measure(r, concept)


def _longer_than(words: int) -> Callable[[Reading], float]:
    return lambda r: float(len(r.wording.words) > words)


def _marks(r: Reading) -> int:
    return r.wording.text.count("?")


def _last_mark(r: Reading) -> float:
    """How far into the text the last question mark stands; 0 where there is none."""
    return (r.wording.text.rfind("?") + 1) / (len(r.wording.text) + 1)


def _address(r: Reading) -> float:
    return float("http" in r.wording.lower or "www." in r.wording.lower)


FEATURES: dict[str, Callable[[Reading], float]] = (
    {concept: _said(concept, _often) for concept in CONCEPTS}
    | {f"{concept}_density": _said(concept, _dense) for concept in CONCEPTS}
    | {f"over_{words}_words": _longer_than(words) for words in LONG}
    | {
        "length": lambda r: math.log1p(min(len(r.wording.words), 600)),
        "under_12_words": lambda r: float(len(r.wording.words) < 12),
        "all_marks": lambda r: math.log1p(min(_marks(r), 12)),
        "marks_a_sentence": lambda r: _marks(r) / max(1, len(r.own)),
        "many_marks": lambda r: float(_marks(r) > 4),
        "mark_near_start": lambda r: float("?" in r.wording.text[:EDGE]),
        "mark_near_end": lambda r: float("?" in r.wording.text[-EDGE:]),
        "last_mark": _last_mark,
        "ends_with_mark": lambda r: float(r.wording.text.rstrip().endswith("?")),
        "web_address": _address,
        "formulas": lambda r: math.log1p(r.wording.text.count("$$")),
        "digits": lambda r: math.log1p(sum(character.isdigit() for character in r.wording.text)),
        "shouts": lambda r: math.log1p(r.wording.text.count("!")),
    }
)
