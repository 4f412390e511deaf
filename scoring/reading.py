"""A remark as it is read: which of its words are the author's own, and how they stand to what was there.

Repeated sentences, sentences copied from the passage, the parent or a peer, and sentences that fit any text
("this is very interesting") are set apart *before* anything is counted, so that adding them cannot help.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from scoring.lexicon import FUNCTION_WORDS, carries_content, is_english, lemma
from scoring.remark import Remark
from scoring.wording import Sentence, Wording

MAX_OWN_WORDS = 250  # an annotation, not an essay: more is read, not rewarded
_SHINGLE = 3


def shingles(words: tuple[str, ...] | list[str]) -> set[tuple[str, ...]]:
    """Every run of three words."""
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


@dataclass(frozen=True)
class Source:
    """A text that was there before the remark."""

    words: frozenset[str]
    stems: frozenset[str]
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, text: str) -> "Source":
        return _source(text)


@lru_cache(maxsize=20_000)
def _source(text: str) -> Source:
    words = [word.text for word in Wording(text).words]
    stems = frozenset(lemma(word) for word in words if carries_content(word))
    return Source(frozenset(words), stems, frozenset(shingles(words)))


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosine similarity of the remark to its surroundings; None where there are none."""

    passage: float | None = None
    parent: float | None = None
    earlier: float | None = None


class Reading:
    """What the features look at. Costly parts are worked out once, when first asked for."""

    def __init__(self, remark: Remark, near: Nearness = Nearness()) -> None:  # noqa: B008 - frozen, so safe to share
        self.remark = remark
        self.near = near
        self.wording = Wording(remark.text)

    @cached_property
    def passage(self) -> Source:
        return Source.of(f"{self.remark.quote}\n{self.remark.context}")

    @cached_property
    def parent(self) -> Source:
        return Source.of(self.remark.parent)

    @cached_property
    def earlier(self) -> tuple[Source, ...]:
        return tuple(Source.of(text) for text in self.remark.earlier)

    @cached_property
    def _sorted_out(self) -> tuple[list[Sentence], int, int, int]:
        """Own sentences, then how many words were copied from the text, from peers, and repeated."""
        own: list[Sentence] = []
        from_text = from_peers = repeated = total = 0
        for sentence in self.wording.sentences:
            size = len(sentence.words)
            if _is_copied(sentence.key, (self.passage, self.parent)):
                from_text += size
            elif _is_copied(sentence.key, self.earlier):
                from_peers += size
            elif _is_repeated(sentence, own):
                repeated += size
            elif total < MAX_OWN_WORDS:
                own.append(sentence)
                total += size
        return own, from_text, from_peers, repeated

    @property
    def own(self) -> list[Sentence]:
        return self._sorted_out[0]

    @cached_property
    def telling(self) -> list[Sentence]:
        """Own sentences that say something about this subject rather than about any."""
        return [s for s in self.own if any(carries_content(word) for word in s.key) and not _is_a_list(s.key)]

    @cached_property
    def words(self) -> list[str]:
        """Words of the author's own telling sentences."""
        return [word for sentence in self.telling for word in sentence.key]

    @cached_property
    def all_words(self) -> list[str]:
        return [word for sentence in self.own for word in sentence.key]

    @cached_property
    def content(self) -> list[str]:
        """Distinct lemmas that carry content, in the order of their first use."""
        return list(dict.fromkeys(lemma(word) for word in self.words if carries_content(word)))

    @cached_property
    def said(self) -> str:
        """Own sentences in lower case, one line."""
        return " ".join(self.wording.lower[s.start : s.end].strip() for s in self.own)

    @cached_property
    def told(self) -> str:
        """Own telling sentences in lower case, one line."""
        return " ".join(self.wording.lower[s.start : s.end].strip() for s in self.telling)

    def _share(self, part: int) -> float:
        return part / max(1, len(self.wording.words))

    @property
    def copied_from_text(self) -> float:
        return self._share(self._sorted_out[1])

    @property
    def copied_from_peers(self) -> float:
        return self._share(self._sorted_out[2])

    @property
    def repeated(self) -> float:
        return self._share(self._sorted_out[3])

    @cached_property
    def function_share(self) -> float:
        """Share of small grammatical words; flowing English has about half, a list of keywords none."""
        return sum(word in FUNCTION_WORDS for word in self.all_words) / max(1, len(self.all_words))

    @cached_property
    def english_share(self) -> float:
        words = [w.text for w in self.wording.words if not any(c.isdigit() for c in w.text)]
        return sum(is_english(word) for word in words) / len(words) if words else 0.0

    @cached_property
    def is_a_list(self) -> bool:
        """Nothing but keywords in a row."""
        return bool(self.own) and not self.telling and any(_is_a_list(s.key) for s in self.own)


def _is_a_list(key: tuple[str, ...]) -> bool:
    """Keywords in a row: many content words, hardly anything that joins them."""
    joined = sum(word in FUNCTION_WORDS for word in key)
    return joined < 0.15 * len(key) and sum(carries_content(word) for word in key) >= 6


def _is_copied(key: tuple[str, ...], sources: tuple[Source, ...]) -> bool:
    runs = shingles(key)
    if len(key) < 4:
        return False
    return any(len(runs & source.runs) >= 0.6 * len(runs) for source in sources)


def _is_repeated(sentence: Sentence, before: list[Sentence]) -> bool:
    words = set(sentence.key)
    return any(len(words & set(s.key)) >= 0.8 * len(words | set(s.key)) for s in before[-50:])
