"""A remark as it is read: which of its words are the author's own, and how they stand to what was there.

Repeated sentences, sentences copied from the passage, the parent or a peer, and sentences that fit any text
("this is very interesting") are set apart *before* anything is counted, so that adding them cannot help.
"""

from dataclasses import dataclass
from functools import cached_property

from scoring.lexicon import FUNCTION_WORDS, carries_content, is_english, lemma
from scoring.own_words import Sorted, Source, sort_out
from scoring.remark import Remark
from scoring.wording import Sentence, Wording


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
    def _sorted_out(self) -> Sorted:
        return sort_out(self.wording, (self.passage, self.parent), self.earlier)

    @property
    def own(self) -> list[Sentence]:
        return self._sorted_out.own

    @cached_property
    def telling(self) -> list[Sentence]:
        """Own sentences that say something about this subject rather than about any."""
        return [s for s in self.own if any(carries_content(word) for word in s.key)]

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
        return self._share(self._sorted_out.from_text)

    @property
    def copied_from_peers(self) -> float:
        return self._share(self._sorted_out.from_peers)

    @property
    def repeated(self) -> float:
        return self._share(self._sorted_out.repeated)

    @cached_property
    def function_share(self) -> float:
        """Share of small grammatical words; flowing English has about half, a list of keywords none."""
        return sum(word in FUNCTION_WORDS for word in self.words) / max(1, len(self.words))

    @cached_property
    def english_share(self) -> float:
        words = [w.text for w in self.wording.words if not any(c.isdigit() for c in w.text)]
        return sum(is_english(word) for word in words) / len(words) if words else 0.0

    @property
    def is_a_list(self) -> bool:
        """Keywords in a row and hardly anything else."""
        return self._share(self._sorted_out.listed) > 0.5
