"""Describe a passage of a text by selectors, and find it again when the text has changed.

Cheap and exact first, fuzzy last, and rather an orphan than the wrong words. ``anchor.ts`` is the twin: the
same steps, the same numbers, held together by ``cases.json``. The idea of going from position over quote to
a fuzzy match follows Hypothesis (hypothesis/client, ``anchoring``); the rules for refusing are ours.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from annotators.selectors import (
    CONTEXT,
    MAX_QUOTE,
    Anchored,
    Selector,
    Span,
    TextPositionSelector,
    TextQuoteSelector,
    pick,
)
from annotators.text.fuzzy import find_changed, remains_near

ENOUGH = 48
"""Code points of agreeing words (quote, and each side that is still there) that make a place certain."""

ALIKE = 0.8
"""A side (prefix or suffix) whose similarity is at least this is “still there”."""

MARGIN = 0.1
"""By so much the best place must beat the next one, unless it agrees in every letter."""

TOUCH = 3
"""Code points right beside a short quote of which one side must agree in every letter."""

NEAR_ENOUGH = 16
"""A place no further than this from the old one is not questioned."""

FIRST_OF_MANY = 0.5
"""How sure a quote is that stands in several places and tells nothing to choose by. By the W3C's model it
means all of them; a span is one, so it gets the first. With an old position it is rather an orphan."""

MOST_PLACES = 2_000
"""A quote that occurs more often is no quote to rank; the words around it decide, or nothing does."""


class Place(NamedTuple):
    """One place where the quote stands: where, how alike all of it is (0–1), how much still agrees."""

    start: int
    score: float
    evidence: int


def describe(text: str, start: int, end: int) -> list[Selector]:
    """Return quote and position selectors of ``text[start:end]``; ValueError for what is no passage of it."""
    if not 0 <= start < end <= len(text):
        raise ValueError("start and end are no passage of this text")
    if end - start > MAX_QUOTE:
        raise ValueError(f"the passage is longer than {MAX_QUOTE} characters")
    quote = TextQuoteSelector(
        exact=text[start:end], prefix=text[max(0, start - CONTEXT) : start], suffix=text[end : end + CONTEXT]
    )
    return [quote, TextPositionSelector(start=start, end=end)]


def anchor(text: str, selectors: Sequence[Selector]) -> Anchored | None:
    """Return where ``selectors`` point in ``text``, or None if they are orphaned."""
    position, quote = pick(selectors, TextPositionSelector), pick(selectors, TextQuoteSelector)
    if quote is None:
        return _by_position(text, position) if position else None
    if position and _confirmed(text, position.start, quote):
        return Anchored(Span(position.start, position.start + len(quote.exact)), "exact", 1.0)
    return find_quote(text, quote, position.start if position else None)


def find_quote(text: str, quote: TextQuoteSelector, hint: int | None = None) -> Anchored | None:
    """Find a quote: with all its surroundings, then among all places of its words, then with changed words.

    ``hint`` is where it once began: what still stands there may show that a place elsewhere is only a twin,
    and it decides between places when the quote brought no surroundings. Who never knew a position (a script
    that posts a quote alone) gets the first of several places.
    """
    if not quote.prefix and not quote.suffix:
        places = list(_occurrences(text, quote.exact, MOST_PLACES + 1))
        best = _bare(places, hint)
        return find_changed(text, quote) if not places else best and _found(best, quote)
    whole = list(_occurrences(text, quote.prefix + quote.exact + quote.suffix, 2))
    if len(whole) > 1:
        first = Place(whole[0] + len(quote.prefix), FIRST_OF_MANY, 0)
        return _found(first, quote) if hint is None else None
    if whole:
        place: Place | None = Place(whole[0] + len(quote.prefix), 1.0, ENOUGH)
    else:
        places = list(_occurrences(text, quote.exact, MOST_PLACES + 1))
        ranked = sorted((_judge(text, start, quote) for start in places), key=lambda place: -place.score)
        place = _best(ranked, quote) if len(places) <= MOST_PLACES else None
        if place and not _clear(ranked):
            return None
    if place is None:
        return find_changed(text, quote)
    moved = hint is not None and abs(place.start - hint) > NEAR_ENOUGH
    return None if moved and remains_near(text, quote, hint or 0, place.start) else _found(place, quote)


def _best(ranked: list[Place], quote: TextQuoteSelector) -> Place | None:
    enough = min(ENOUGH, len(quote.prefix) + len(quote.exact) + len(quote.suffix))
    return next((place for place in ranked if place.evidence >= enough), None)


def _by_position(text: str, position: TextPositionSelector) -> Anchored | None:
    if position.end > len(text):
        return None
    return Anchored(Span(position.start, position.end), "position", 1.0)


def _confirmed(text: str, start: int, quote: TextQuoteSelector) -> bool:
    """Whether quote and surroundings stand at the position, letter by letter."""
    before = start - len(quote.prefix)
    return before >= 0 and text.startswith(quote.prefix + quote.exact + quote.suffix, before)


def _occurrences(text: str, words: str, most: int) -> Iterator[int]:
    """At most ``most`` places of ``words``, overlapping ones too."""
    found = text.find(words)
    while found >= 0 and most > 0:
        yield found
        most -= 1
        found = text.find(words, found + 1)


def _found(place: Place, quote: TextQuoteSelector) -> Anchored:
    return Anchored(Span(place.start, place.start + len(quote.exact)), "quote", place.score)


def _bare(places: list[int], hint: int | None) -> Place | None:
    """Choose for a quote without surroundings: the only place, the one by far nearest to the hint, or the first."""
    if len(places) == 1:
        return Place(places[0], 1.0, 0)
    if hint is None:
        return Place(places[0], FIRST_OF_MANY, 0) if places else None
    if len(places) > MOST_PLACES:
        return None
    near = sorted(places, key=lambda start: (abs(start - hint), start))[:2]
    if near and abs(near[0] - hint) * 4 < abs(near[1] - hint):
        return Place(near[0], 0.9, 0)
    return None


def _judge(text: str, start: int, quote: TextQuoteSelector) -> Place:
    before = text[max(0, start - len(quote.prefix)) : start]
    end = start + len(quote.exact)
    sides = ((quote.prefix, before), (quote.suffix, text[end : end + len(quote.suffix)]))
    agreeing, total, evidence = len(quote.exact), len(quote.exact), len(quote.exact)
    for told, found in sides:
        same = len(told) - Levenshtein.distance(told, found)
        agreeing += same
        total += len(told)
        evidence += len(told) if same >= ALIKE * len(told) else 0
    touching = before.endswith(quote.prefix[-TOUCH:]) or sides[1][1].startswith(quote.suffix[:TOUCH])
    # a short word of the same letters, two letters further on, has nearly the same surroundings
    certain = touching or len(quote.exact) >= ENOUGH
    return Place(start, max(0, agreeing) / total, evidence if certain else 0)


def _clear(ranked: list[Place]) -> bool:
    """Whether the best place is certain enough, and the next one far enough behind it."""
    return len(ranked) == 1 or ranked[0].score - ranked[1].score >= MARGIN
