"""Substance and specificity: does it name things, or could it stand under any text?"""

import math

from scoring.lexicon import GENERAL_WORDS, is_a, is_english
from scoring.phrases import count
from scoring.reading import Reading


def _at_most(value: int, cap: int) -> float:
    """Counts grow slowly and stop: the tenth detail says less than the second."""
    return math.log1p(min(value, cap))


def _nouns(r: Reading) -> int:
    return sum(is_a(word, "noun") or not is_english(word) for word in r.content)


def _verbs(r: Reading) -> int:
    return sum(is_a(word, "verb") and not is_a(word, "noun") for word in r.content)


def _long_words(r: Reading) -> int:
    return sum(len(word) > 7 for word in r.content)


def _pairs_joined(r: Reading) -> int:
    """Telling sentences that set at least two things in relation."""
    content = set(r.content)
    return sum(len({w for w in s.key if w in content}) >= 2 for s in r.telling)


FEATURES = {
    "named_things": lambda r: _at_most(len(r.content), 20),
    "nouns": lambda r: _at_most(_nouns(r), 12),
    "verbs": lambda r: _at_most(_verbs(r), 8),
    "adjectives": lambda r: _at_most(sum(is_a(w, "adjective") for w in r.content), 8),
    "long_words": lambda r: _at_most(_long_words(r), 8),
    "terms": lambda r: _at_most(sum(not is_english(w) for w in r.content), 5),
    "numbers": lambda r: _at_most(sum(any(c.isdigit() for c in w) for w in r.content), 4),
    "content_share": lambda r: len(r.content) / max(1, len(r.all_words)),
    "pairs_joined": lambda r: _at_most(_pairs_joined(r), 5),
    "detail": lambda r: _at_most(count("detail", r.told), 6),
    "how_or_why": lambda r: _at_most(count("how_or_why", r.told), 3),
    "general_share": lambda r: sum(w in GENERAL_WORDS for w in r.all_words) / max(1, len(r.all_words)),
    "says_nothing": lambda r: float(count("empty", r.said[:40]) > 0),
    "nothing_told": lambda r: float(not r.content),
    "is_a_list": lambda r: float(r.is_a_list),
}
