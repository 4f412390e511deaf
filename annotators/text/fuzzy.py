"""Find a passage whose own words have changed a little. ``fuzzy.ts`` is the twin.

The quote with its surroundings is cut into pieces; places where several pieces still stand in order are
looked at closely: the two ends of the passage are set where the letters around them agree best, and the
whole must be nearly the same. Anything less, or two places nearly as good, is an orphan.
"""

from collections import defaultdict
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from annotators.selectors import Anchored, Span, TextQuoteSelector

PIECE = 8
"""Code points of a piece."""

MOST_HITS = 50
"""A piece that stands at more places than this says nothing about the place."""

MOST_CANDIDATES = 8

STRICT = 0.9
"""Least similarity of quote and surroundings together."""

STRICT_QUOTE = 0.8
"""Least similarity of the quote itself."""

MARGIN = 0.1

DAMAGED = 0.7
"""Similarity from which a passage at the old place may be the original, damaged."""

NEAR = 128
"""Code points around the old place in which the original is looked for."""

AROUND = 32
"""Code points on each side of an end that decide where it lies."""


class Candidate(NamedTuple):
    """A passage that may be the one meant, and how alike it is with its surroundings (0–1)."""

    start: int
    end: int
    score: float


def find_changed(text: str, quote: TextQuoteSelector) -> Anchored | None:
    """Return the one passage that is nearly the quote, or None: also when two are nearly as good."""
    candidates = _candidates(text, quote)
    best = candidates[0] if candidates else None
    if best is None or best.score < STRICT or not _same_enough(text, quote, best):
        return None
    rivals = [one for one in candidates[1:] if one.start >= best.end or one.end <= best.start]
    if rivals and best.score - rivals[0].score < MARGIN:
        return None
    return Anchored(Span(best.start, best.end), "fuzzy", best.score)


def remains_near(text: str, quote: TextQuoteSelector, hint: int, found: int) -> bool:
    """Whether the damaged original, or the gap it left, still stands near ``hint``.

    Then its twin at ``found``, however alike, is another passage: a refrain, a table's next row, a command
    that a lesson repeats.
    """
    begin = max(0, hint - len(quote.prefix) - NEAR)
    window = text[begin : hint + len(quote.exact) + len(quote.suffix) + NEAR]
    damaged = _candidates(window, quote)
    if any(one.score >= DAMAGED and abs(begin + one.start - found) > PIECE for one in damaged):
        return True
    around = quote.prefix + quote.suffix
    closed = TextQuoteSelector(exact=around) if len(around) >= 2 * PIECE else None
    gaps = _candidates(window, closed) if closed else []
    twin = range(found - len(around), found + len(quote.exact) + len(around))
    return any(gap.score >= STRICT and begin + gap.start not in twin for gap in gaps)


def _candidates(text: str, quote: TextQuoteSelector) -> list[Candidate]:
    """Passages that may be the quote, the likeliest first."""
    whole = quote.prefix + quote.exact + quote.suffix
    slack = 4 + len(whole) // 10
    candidates: list[Candidate] = []
    for shift in _shifts(text, whole, slack):
        candidate = _look(text, quote, shift, slack)
        if candidate and candidate not in candidates:
            candidates.append(candidate)
    return sorted(candidates, key=lambda one: (-one.score, one.start))


def _shifts(text: str, whole: str, slack: int) -> list[int]:
    """Where ``whole`` may begin: most agreeing pieces first, then the earliest; one for each
    neighbourhood.
    """
    votes: dict[int, int] = defaultdict(int)
    for offset in range(0, len(whole) - PIECE + 1, PIECE):
        hits = _hits(text, whole[offset : offset + PIECE])
        for hit in hits:
            votes[hit - offset] += 1
    chosen: list[int] = []
    for shift, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if all(abs(shift - other) > slack for other in chosen):
            chosen.append(shift)
        if len(chosen) == MOST_CANDIDATES:
            break
    return chosen


def _hits(text: str, piece: str) -> list[int]:
    hits: list[int] = []
    found = text.find(piece)
    while found >= 0:
        hits.append(found)
        if len(hits) > MOST_HITS:
            return []
        found = text.find(piece, found + 1)
    return hits


def _look(text: str, quote: TextQuoteSelector, shift: int, slack: int) -> Candidate | None:
    """Set both ends of the passage near ``shift``, and measure it."""
    exact = quote.exact
    guess = shift + len(quote.prefix)
    start = _edge(text, guess, slack, quote.prefix[-AROUND:], exact[:AROUND])
    # what changed inside the quote moves its end, so the end is looked for from where it would lie unchanged
    end = _edge(text, guess + len(exact), slack, exact[-AROUND:], quote.suffix[:AROUND])
    if start >= end:
        return None
    before = text[max(0, start - len(quote.prefix)) : start]
    after = text[end : end + len(quote.suffix)]
    errors = Levenshtein.distance(exact, text[start:end])
    errors += Levenshtein.distance(quote.prefix, before) + Levenshtein.distance(quote.suffix, after)
    total = len(quote.prefix) + len(exact) + len(quote.suffix)
    return Candidate(start, end, max(0, total - errors) / total)


def _edge(text: str, guess: int, slack: int, left: str, right: str) -> int:
    """The offset near ``guess`` with ``left`` best before it and ``right`` best after it; nearest wins."""
    best, least = guess, len(left) + len(right) + 1
    for step in range(2 * slack + 1):
        at = guess + (step + 1) // 2 * (1 if step % 2 else -1)
        if not 0 <= at <= len(text):
            continue
        errors = Levenshtein.distance(left, text[max(0, at - len(left)) : at])
        errors += Levenshtein.distance(right, text[at : at + len(right)])
        if errors < least:
            best, least = at, errors
        if least == 0:
            break
    return min(max(best, 0), len(text))


def _same_enough(text: str, quote: TextQuoteSelector, candidate: Candidate) -> bool:
    """A quote of three letters may have lost one where its surroundings stand; longer ones a fifth."""
    length = len(quote.exact)
    errors = Levenshtein.distance(quote.exact, text[candidate.start : candidate.end])
    if quote.prefix or quote.suffix:
        return length >= 3 and errors <= max(1, int(length * (1 - STRICT_QUOTE) + 1e-9))
    return length >= 3 * PIECE and errors <= int(length * (1 - STRICT) + 1e-9)
