"""Grammar: how a remark is built, counted over closed classes of words and endings; never whether it is correct."""

import math
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from scoring.lexicon import FUNCTION_WORDS, GENERAL_WORDS, is_a
from scoring.reading import Reading

_FILE = Path(__file__).parents[1] / "words" / "classes.txt"
CLASSES: dict[str, list[str]] = {
    name: words.split()
    for name, words in (line.split(": ") for line in _FILE.read_text("utf-8").splitlines())
}
_CLASS_OF: dict[str, tuple[int, ...]] = {}
for _place, _words in enumerate(CLASSES.values()):
    for _word in _words:
        _CLASS_OF[_word] = (*_CLASS_OF.get(_word, ()), _place)

_VERBS = frozenset(CLASSES["copula"] + CLASSES["has"] + CLASSES["does"] + CLASSES["modal"])

ENDINGS = {
    "ed": ("ed",),
    "ing": ("ing",),
    "tion": ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism"),
    "ly": ("ly",),
    "s": ("s",),
}


@lru_cache(maxsize=4096)
def _counts(words: tuple[str, ...]) -> tuple[float, ...]:
    found = [0] * len(CLASSES)
    for word in words:
        for place in _CLASS_OF.get(word, ()):
            found[place] += 1
    return tuple(math.log1p(min(4, count)) for count in found)


def _ending(endings: tuple[str, ...]) -> Callable[[Reading], float]:
    return lambda r: math.log1p(min(5, sum(len(w) > 4 and w.endswith(endings) for w in r.words)))


def _class(place: int) -> Callable[[Reading], float]:
    return lambda r: _counts(tuple(r.words))[place]


def _first_is(kind: str) -> Callable[[Reading], float]:
    return lambda r: float(bool(r.words) and is_a(r.words[0], kind) and r.words[0] not in FUNCTION_WORDS)


FEATURES: dict[str, Callable[[Reading], float]] = (
    {name: _class(place) for place, name in enumerate(CLASSES)}
    | {f"ends_{name}": _ending(endings) for name, endings in ENDINGS.items()}
    | {
        "small_words": lambda r: math.log1p(min(40, sum(w in FUNCTION_WORDS for w in r.words))),
        "general_words": lambda r: math.log1p(min(12, sum(w in GENERAL_WORDS for w in r.words))),
        "kinds_of_small_words": lambda r: len({w for w in r.words if w in FUNCTION_WORDS}) / 10,
        "starts_with_i": lambda r: float(bool(r.all_words) and r.all_words[0] in ("i", "we")),
        "starts_with_asking": lambda r: float(
            bool(r.words) and r.words[0] in ("how", "why", "what", "when", "where")
        ),
        "starts_with_the": lambda r: float(bool(r.words) and r.words[0] in ("the", "a", "an")),
        "starts_with_noun": _first_is("noun"),
        "has_verb": lambda r: float(any(w in _VERBS for w in r.words)),
        "capitals": lambda r: math.log1p(min(5, _capitals(r))),
    }
)
_VERBS = frozenset(CLASSES["copula"] + CLASSES["has"] + CLASSES["does"] + CLASSES["modal"])


def _capitals(r: Reading) -> int:
    """Words in capitals inside a sentence: names and abbreviations."""
    text = r.wording.text
    return sum(text[w.start].isupper() and len(w.text) > 1 for s in r.telling for w in s.words[1:])
