"""What to call a topic, in the students' and the document's own words."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scoring.lexicon import FUNCTION_WORDS, carries_content, is_a, is_english, lemma, words_in
from scoring.wording import Sentence, Wording

LONGEST = 3  # content words in a phrase
KNOWN = 1.3  # what a phrase gains that the document or its title has, too
LONGER = 0.4  # what each further word adds to a phrase that is said as often
OFTEN = 0.8  # power of how many say it: more of the same says less and less
DULL = 0.6  # what is left of a phrase that any class could say, or that rather does something
QUALITY = 0.6  # what is left of a phrase that ends in what rather is a quality (“little”)
ALONE = 0.5  # what is left of a phrase that one member alone says, and the document does not
FEW = 3  # who say a word, of whom one is enough
WIDER = 0.3  # share of those who say a word that must say a longer phrase with it, to name the topic by that
SECOND = 0.15  # share of the members that a second phrase must be in
DETERMINERS = frozenset(
    ("the", "a", "an", "this", "these", "those", "my", "our", "your", "his", "her", "its", "their")
    + ("it", "me", "us", "them", "you", "i", "we")
)
BEFORE_VERBS = frozenset(
    ("to", "i", "we", "you", "they", "he", "she", "it", "not", "can", "could", "do", "does", "did")
    + ("will", "would", "should", "don't", "didn't", "doesn't")
)
BEFORE_NOUNS = DETERMINERS | {
    "of",
    "in",
    "on",
    "by",
    "with",
    "without",
    "for",
    "about",
    "between",
    "from",
    "into",
}
VAGUE = frozenset(
    (
        "different",
        "certain",
        "given",
        "related",
        "multiple",
        "various",
        "several",
        "specific",
        "same",
        "other",
    )
)
NO_NOUNS = frozenset(
    (
        "versus",
        "vs",
        "via",
        "etc",
        "inside",
        "outside",
        "little",
        "much",
        "more",
        "most",
        "less",
        "lot",
        "bit",
    )
)
ABOUT_CLASS = words_in("classroom")  # what any class could say of any lesson

Stem = str


@dataclass(frozen=True)
class Phrases:
    """The phrases of one text: their stems, each with the way it is written there."""

    spelled: dict[Stem, str]

    @property
    def stems(self) -> frozenset[Stem]:
        """What is counted."""
        return frozenset(self.spelled)


@lru_cache(maxsize=20_000)
def phrases_of(text: str) -> Phrases:
    """Runs of one to three content words that end in what is used as a noun, also joined by “of”."""
    spelled: dict[Stem, str] = {}
    wording = Wording(text)
    for sentence in wording.sentences:
        written = _written(sentence, wording.text)
        for start, end in _runs([word.text for word in sentence.words]):
            stem = " ".join(lemma(word.text) for word in sentence.words[start:end])
            spelled.setdefault(stem, " ".join(written[start:end]))
    return Phrases(spelled)


def _written(sentence: Sentence, text: str) -> list[str]:
    """The words as they stand there; what is large only because a sentence begins or somebody shouts is small."""
    found = [text[word.start : word.end] for word in sentence.words]
    if all(word.isupper() for word in found) and len(found) > 1:
        return [word.text for word in sentence.words]
    first = found[0] if any(letter.isupper() for letter in found[0][1:]) else sentence.words[0].text
    return [first, *found[1:]]


def _runs(words: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            run = words[start:end]
            inside = [word for word in run if word != "of"]
            joined = run[0] != "of" and run[-1] != "of" and len(inside) >= len(run) - 1
            if not joined or not all(carries_content(word) for word in inside):
                continue
            if _can_be_a_noun(run[-1]) and _stands_as_a_noun(words, start, end):
                found.append((start, end))
    return found


def _can_be_a_noun(word: str) -> bool:
    """A noun, its plural, or a word that the dictionary lacks; “ended” and “going” only lead to one."""
    if word.isdigit() or len(word) < 2 or word in NO_NOUNS or _is_superlative(word):
        return False
    inflected = lemma(word) != word and not word.endswith("s")
    return not is_english(word) or (is_a(word, "noun") and not inflected)


def _stands_as_a_noun(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a last word that may be something else, too, is a noun here: “the light”, never “inside the glass”,
    “a little confused” or “I struggle”.
    """
    last = words[end - 1]
    if start and words[start - 1] == "per":  # “per cent”, “per week”: a measure
        return False
    quality = _is_rather_a_quality(last)
    if not quality and not is_a(last, "verb"):
        return True
    before, after = words[start - 1] if start else "", words[end] if end < len(words) else ""
    if after in DETERMINERS or (quality and after and after not in FUNCTION_WORDS):
        return False
    if end - start > 1 or not start:
        return True
    return before in BEFORE_NOUNS if is_a(last, "adverb") else before not in BEFORE_VERBS


@dataclass(frozen=True)
class Namer:
    """Names topics against all texts of a report, so that each name tells its topic from the others."""

    spread: Counter[Stem]  # in how many texts each phrase stands
    texts: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Namer":
        """A namer for topics that are made of these texts."""
        return cls(Counter(stem for text in texts for stem in phrases_of(text).stems), len(texts))

    def name(self, members: Sequence[str], document: Sequence[str] = ()) -> str:
        """One phrase that many members share and others do not (class TF-IDF), or two where a second says
        something else; "" when there is none. Phrases of the ``document``'s words are preferred.
        """
        found = [phrases_of(text) for text in members]
        counts = Counter(stem for phrases in found for stem in phrases.stems)
        known = {word for text in document for stem in phrases_of(text).stems for word in stem.split()}
        if not counts:
            return ""
        best = max(counts, key=lambda stem: (self._worth(stem, counts, known), stem))
        best = self._widened(best, counts)
        names = [_spelling(best, found)]
        others = [s for s, n in counts.items() if n >= max(2, SECOND * len(members))]
        apart = [stem for stem in others if not set(stem.split()) & set(best.split())]
        if apart:
            second = max(apart, key=lambda stem: (self._worth(stem, counts, known), stem))
            names.append(_spelling(second, found))
        joined = ", ".join(names)
        return joined[:1].upper() + joined[1:]

    def _widened(self, stem: Stem, counts: Counter[Stem]) -> Stem:
        """A single word with what the members put before or after it, where enough of those who say it do."""
        if " " in stem or any(character.isdigit() for character in stem):
            return stem
        least = max(WIDER * counts[stem], 2 if counts[stem] > FEW else 1)
        wider = [s for s, said in counts.items() if " " in s and stem in s.split() and said >= least]
        wider = [s for s in wider if not _only_leads(s.split()[0])]
        ends = [s for s in wider if s.split()[-1] == stem]
        wider = [s for s in wider if not is_a(s.split()[-1], "verb")]  # “SSE come” is no phrase
        return max(ends or wider, key=lambda s: (counts[s], -len(s.split()), s), default=stem)

    def _worth(self, stem: Stem, counts: Counter[Stem], known: set[str]) -> float:
        words, said = stem.split(), counts[stem]
        rare = math.log(1 + self.texts / max(1, self.spread[stem]))
        is_known = all(word in known or word == "of" for word in words)
        own = KNOWN if is_known else ALONE if said < 2 else 1.0
        dull = DULL if all(word in ABOUT_CLASS or _is_rather_a_verb(word) for word in words) else 1.0
        quality = QUALITY if _is_rather_a_quality(words[-1]) else 1.0
        longer = 1 + LONGER * (len(words) - 1) * (said > 1)
        return float(said**OFTEN * rare * own * dull * quality * longer)


def _is_rather_a_quality(word: str) -> bool:
    return is_a(word, "adverb") or (is_a(word, "adjective") and not word.endswith("ing"))


def _only_leads(word: str) -> bool:
    """Whether a phrase says no more for beginning with this: “identify users”, “different users”."""
    is_named = is_a(word, "noun") or is_a(word, "adjective")
    return word in VAGUE or (is_a(word, "verb") and not is_named)


def _is_superlative(word: str) -> bool:
    return word.endswith("est") and any(is_a(base, "adjective") for base in (word[:-3], word[:-2]))


def _is_rather_a_verb(word: str) -> bool:
    return is_a(word, "verb") and not word.endswith(("ment", "tion", "sion", "ing"))


def _spelling(stem: Stem, found: Sequence[Phrases]) -> str:
    ways = Counter(phrases.spelled[stem] for phrases in found if stem in phrases.spelled)
    return max(ways, key=lambda way: (ways[way], way))
