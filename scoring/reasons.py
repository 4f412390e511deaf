"""Why a rating came out as it did: what in these words moved it, and what would raise it.

A thing counts as having helped only when the same remark *without those words* rates lower; what is missing
is measured by giving the remark the features of a thoughtful one. So a reason is never a rule of thumb.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scoring.batch import Batch
from scoring.features import NAMES, measure
from scoring.flags import CEILINGS
from scoring.heads import Floats
from scoring.lexicon import carries_content, is_english
from scoring.phrases import pattern, starts_like_a_question
from scoring.reading import Reading
from scoring.remark import Reason

MOST = 3
WORTH_SAYING = 0.012  # of 2: smaller moves are noise
MOST_WORDS = 5  # of the words marked as naming something
QUOTED = 60  # characters of the remark that a reason repeats

TEXTS = {
    "gives_reason": "You say why: “{words}”. Going one step further, to what follows, would add more.",
    "compares": "You set things beside each other: “{words}”. Saying why they differ would add more.",
    "gives_example": "You bring in an example: “{words}”. Saying what it shows would add more.",
    "names_things": "You name what you mean: {words}. Saying how they hang together would add more.",
    "asks_precisely": "Your question says what it is about: “{words}”. Adding what you tried would help too.",
    "add_reason": "It does not say why yet. One “because …” would show how you think.",
    "add_specifics": "It could stand under many texts. Name the word, the step or the line that you mean.",
    "add_question_detail": "It is not clear yet what you ask. Say how far you can follow.",
    "copied_from_passage": "These words are in the text already. Say in your own words what they tell you.",
    "copied_from_peer": "A classmate wrote this already. Add what you see differently.",
    "gibberish": "We could not read this as words. A plain sentence is enough.",
    "off_topic": "We see no link to the passage. Say what in it made you think of this.",
    "too_short": "It is very short. One sentence on what you noticed would do.",
    "unknown_language": "We do not rate this language by machine. Your teacher reads it.",
}

_CONCEPTS = {"gives_reason": "cause", "compares": "comparison", "gives_example": "example"}
_CLAUSE_ENDS = ",.;:!?\n"

Span = tuple[int, int]
Score = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class Change:
    """The reasons of one rating and the words they point at, in code points of the text as given."""

    reasons: list[Reason] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class _Candidate:
    row: int
    code: str
    params: dict[str, Any]
    spans: list[Span]  # in the cleaned text
    features: Floats


def explain(batch: Batch, flags: Sequence[list[str]], score: Score, thoughtful: Floats) -> list[Change]:
    """The reasons of every remark of a batch, with two passes of the model for the whole batch."""
    before = score(batch.features, batch.told)
    candidates = [c for row, reading in enumerate(batch.readings) if not flags[row]
                  for c in _candidates(row, reading, batch.features[row], thoughtful)]  # fmt: skip
    rows = [c.row for c in candidates]
    after: Sequence[Any] = []
    if candidates:
        after = list(score(np.stack([c.features for c in candidates]), batch.told[rows]))
    effects: dict[int, list[tuple[float, _Candidate]]] = {}
    for candidate, value in zip(candidates, after, strict=True):
        effects.setdefault(candidate.row, []).append((float(before[candidate.row] - value), candidate))
    return [
        _flagged(flags[row], float(before[row])) if flags[row] else _told(reading, effects.get(row, []))
        for row, reading in enumerate(batch.readings)
    ]


def _flagged(flags: list[str], before: float) -> Change:
    drops = [(min(0.0, CEILINGS.get(flag, before) - before), flag) for flag in flags]
    return Change([_reason(flag, {}, drop) for drop, flag in sorted(drops)[:MOST]])


def _told(reading: Reading, effects: list[tuple[float, _Candidate]]) -> Change:
    helped = [(effect, c) for effect, c in effects if c.spans and effect > WORTH_SAYING]
    missing = [(effect, c) for effect, c in effects if not c.spans and effect < -WORTH_SAYING]
    best = sorted([*helped, *missing], key=lambda pair: -abs(pair[0]))[:MOST]
    spans = {span for _, candidate in best for span in candidate.spans}
    reasons = [_reason(c.code, c.params, effect) for effect, c in best]
    return Change(reasons, sorted(reading.wording.original(*span) for span in spans))


def _reason(code: str, params: dict[str, Any], effect: float) -> Reason:
    return Reason(code, params, TEXTS[code].format(**params), round(effect, 4))


def _candidates(row: int, reading: Reading, features: Floats, thoughtful: Floats) -> Iterator[_Candidate]:
    for code, spans in _found(reading):
        without = measure(_reading_without(reading, spans))
        joiner = ", " if code == "names_things" else " … "
        words = joiner.join(reading.wording.text[start:end].strip() for start, end in spans)
        yield _Candidate(row, code, {"words": _shortened(words)}, spans, without)
    for code, names in _lacking(reading):
        better = features.copy()
        places = [place for place, name in enumerate(NAMES) if name.startswith(names)]
        better[places] = np.maximum(better[places], thoughtful[places])
        yield _Candidate(row, code, {}, [], better)


def _found(reading: Reading) -> Iterator[tuple[str, list[Span]]]:
    for code, concept in _CONCEPTS.items():
        spans = _concept_spans(reading, concept)
        if spans:
            yield code, spans
    asked = [(s.start, s.end) for s in reading.telling if _asks(reading, s.start, s.end)]
    if asked:
        yield "asks_precisely", asked[:1]
    named = _named(reading)
    if len(named) > 1:
        yield "names_things", named


def _lacking(reading: Reading) -> Iterator[tuple[str, tuple[str, ...]]]:
    asks = "?" in reading.said
    if not asks and not pattern("cause").search(reading.told):
        yield "add_reason", ("reasoning.cause", "reasoning.kinds")
    if len(reading.content) < 5:
        specifics = (
            "substance.named",
            "substance.nouns",
            "substance.long",
            "substance.pairs",
            "substance.verbs",
        )
        yield ("add_question_detail" if asks else "add_specifics"), specifics


def _concept_spans(reading: Reading, concept: str) -> list[Span]:
    """From the turn of phrase to the end of its clause, at most two of them."""
    spans = []
    for sentence in reading.telling:
        match = pattern(concept).search(reading.wording.lower, sentence.start, sentence.end)
        if match:
            ends = [e for mark in _CLAUSE_ENDS if (e := reading.wording.text.find(mark, match.end() + 1)) > 0]
            end = min([*ends, sentence.end])
            spans.append((match.start(), max(match.end(), end)))
    return spans[:2]


def _asks(reading: Reading, start: int, end: int) -> bool:
    sentence = reading.wording.lower[start:end]
    return "?" in sentence or starts_like_a_question(sentence)


def _named(reading: Reading) -> list[Span]:
    """The most telling words: terms no dictionary has, then long ones; each once, in order."""
    first: dict[str, Span] = {}
    for sentence in reading.telling:
        for word in sentence.words:
            if carries_content(word.text):
                first.setdefault(word.text, (word.start, word.end))
    best = sorted(first, key=lambda word: (is_english(word), -len(word)))[:MOST_WORDS]
    return sorted(first[word] for word in best)


def _reading_without(reading: Reading, spans: list[Span]) -> Reading:
    """The same remark with these stretches taken out of it."""
    text, at, kept = reading.wording.text, 0, []
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return Reading(replace(reading.remark, text="".join([*kept, text[at:]])), reading.near)


def _shortened(words: str) -> str:
    return words if len(words) <= QUOTED else words[: QUOTED - 1].rsplit(" ", 1)[0] + "…"
