"""Which words of a text are its author's own: not copied, not said twice, no keywords in a row.

Judged by runs of words, not by whole sentences, since what is pasted need not start with a capital.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from scoring.lexicon import carries_content, lemma
from scoring.wording import Sentence, Word, Wording

MAX_OWN_WORDS = 250  # an annotation, not an essay: more is read, not rewarded
RUN = 4  # words; so many in the same order are no accident
LONG_RUN = 6  # copied or repeated words in a row that are set apart
KEYWORDS = 7  # words with content in a row, without one small word between them
COMMA_LIST = 5  # single words between commas
LEAST_PIECE = 3  # words that must be left of a sentence for it to be read

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Source:
    """A text that was there before the remark."""

    words: frozenset[str]
    stems: frozenset[str]
    runs: Runs

    @classmethod
    def of(cls, text: str) -> "Source":
        """The source of a text; the same text is read once."""
        return _source(text)


@lru_cache(maxsize=20_000)
def _source(text: str) -> Source:
    words = [word.text for word in Wording(text).words]
    stems = frozenset(lemma(word) for word in words if carries_content(word))
    return Source(frozenset(words), stems, frozenset(_runs(words)))


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


@dataclass
class Sorted:
    """Own sentences, and how many words were set apart for what reason."""

    own: list[Sentence] = field(default_factory=list)
    from_text: int = 0
    from_peers: int = 0
    repeated: int = 0
    listed: int = 0


def sort_out(wording: Wording, texts: tuple[Source, ...], peers: tuple[Source, ...]) -> Sorted:
    """Sort a text's words into the author's own and the rest."""
    found, seen, total = Sorted(), set[tuple[str, ...]](), 0
    text_runs: Runs = frozenset().union(*(source.runs for source in texts))
    peer_runs: Runs = frozenset().union(*(source.runs for source in peers))
    for sentence in wording.sentences:
        words = [word.text for word in sentence.words]
        copied, taken = _held_by(words, text_runs), _held_by(words, peer_runs)
        again, listed = _said_before(words, seen), _keywords(sentence.words, wording.text)
        for counts, name in (
            (copied, "from_text"),
            (taken, "from_peers"),
            (again, "repeated"),
            (listed, "listed"),
        ):
            setattr(found, name, getattr(found, name) + sum(counts))
        apart = [any(marks) for marks in zip(copied, taken, again, listed, strict=True)]
        for piece in _pieces(sentence, apart):
            if total < MAX_OWN_WORDS and not _resembles_one(piece, found.own):
                found.own.append(piece)
                total += len(piece.words)
    return found


def _held_by(words: list[str], runs: Runs) -> list[bool]:
    """Words inside a long run that a source has too."""
    marks = [False] * len(words)
    if not runs:
        return marks
    for start, run in enumerate(_runs(words)):
        if run in runs:
            marks[start : start + RUN] = [True] * RUN
    return _long_only(marks)


def _said_before(words: list[str], seen: set[tuple[str, ...]]) -> list[bool]:
    """Words inside a long run that this text had before; adds this sentence's runs to ``seen``."""
    marks = [False] * len(words)
    for start, run in enumerate(_runs(words)):
        if run in seen:
            marks[start : start + RUN] = [True] * RUN
        seen.add(run)
    return _long_only(marks)


def _long_only(marks: list[bool]) -> list[bool]:
    """Only runs that are long, or that are nearly the whole sentence."""
    least = min(LONG_RUN, max(RUN, int(0.6 * len(marks))))
    return _runs_of(marks, least)


def _runs_of(marks: list[bool], least: int) -> list[bool]:
    kept, start = [False] * len(marks), 0
    for place in range(len(marks) + 1):
        if place == len(marks) or not marks[place]:
            if place - start >= least:
                kept[start:place] = [True] * (place - start)
            start = place + 1
    return kept


def _keywords(words: tuple[Word, ...], text: str) -> list[bool]:
    """Words that stand in a row like labels: nothing joins them, or a comma stands behind every one."""
    bare = _runs_of([carries_content(word.text) for word in words], KEYWORDS)
    commas = ["," in text[a.end : b.start] for a, b in zip(words, words[1:], strict=False)]
    edged = zip([True, *commas], [*commas, True], strict=True)
    listed = _runs_of([before and after for before, after in edged][: len(words)], COMMA_LIST)
    listed = [here or following for here, following in zip(listed, [*listed[1:], False], strict=True)]
    return [a or b for a, b in zip(bare, listed, strict=True)]


def _pieces(sentence: Sentence, apart: list[bool]) -> list[Sentence]:
    """What is left of a sentence: itself when nothing was set apart, else its longer remains."""
    if not any(apart):
        return [sentence]
    pieces, run = [], list[Word]()
    for word, away in [*zip(sentence.words, apart, strict=True), (None, True)]:
        if word is not None and not away:
            run.append(word)
        elif run:
            if len(run) >= LEAST_PIECE:
                pieces.append(Sentence(run[0].start, _closed(run[-1], sentence), tuple(run)))
            run = []
    return pieces


def _closed(last: Word, sentence: Sentence) -> int:
    """A piece at the end of its sentence keeps the full stop or question mark."""
    return sentence.end if last == sentence.words[-1] else last.end


def _resembles_one(piece: Sentence, before: list[Sentence]) -> bool:
    words = set(piece.key)
    return any(len(words & set(s.key)) >= 0.8 * len(words | set(s.key)) for s in before[-50:])
