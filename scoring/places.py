"""Places on a document's axis (code points or seconds): joining them, and what stands there."""

from bisect import bisect_left
from collections.abc import Sequence

from scoring.evidence import Document, Evidence, Id

BINS = 40
POINT = 1e-9  # a place without extent still takes this much

Span = tuple[float, float]


def length_of(evidence: Evidence) -> float:
    """The end of the document's axis; at least the last place that anything happened at."""
    document = evidence.document
    ends = [float(len(document.text)), *(cue.end for cue in document.cues)]
    if document.cues or document.medium in ("video", "audio"):
        ends = [cue.end for cue in document.cues]
    ends.append(document.length)
    ends += [a.end for a in evidence.annotations if a.end is not None]
    return max([*ends, *(s.end for s in evidence.signals), 0.0])


def merged(spans: Sequence[Span], gap: float = 0.0) -> list[Span]:
    """Spans that touch (or leave at most this gap) as one, those that hold most first."""
    joined: list[tuple[float, float, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + gap:
            before = joined[-1]
            joined[-1] = (before[0], max(before[1], end), before[2] + 1)
        else:
            joined.append((start, end, 1))
    return [(start, end) for start, end, _ in sorted(joined, key=lambda span: (-span[2], span[0]))]


def overlaps(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span shares anything with one of the others; a point inside one does."""
    return touching([span], spans)[0]


def touching(spans: Sequence[Span], places: Sequence[Span]) -> list[bool]:
    """For each span, whether it shares anything with one of the places.

    The places are joined and sorted once, so that thousands of spans against thousands of places stay quick.
    """
    joined = sorted(merged(places))
    starts = [start for start, _ in joined]
    ends = [max(end, start + POINT) for start, end in joined]
    found = []
    for start, end in spans:
        last = bisect_left(starts, max(end, start + POINT)) - 1
        found.append(last >= 0 and ends[last] > start)
    return found


def heat(spots: Sequence[tuple[Id, float, float]], length: float) -> list[int]:
    """Distinct people in each of 40 equal parts of the axis."""
    people: list[set[Id]] = [set() for _ in range(BINS)]
    for author, start, end in spots:
        first = _bin(start, length)
        for place in range(first, max(first, _bin(end, length, last=True)) + 1):
            people[place].add(author)
    return [len(here) for here in people]


def _bin(place: float, length: float, last: bool = False) -> int:
    if length <= 0:
        return 0
    position = place / length * BINS
    number = int(position) - int(last and position == int(position))
    return min(BINS - 1, max(0, number))


def words_at(document: Document, span: Span) -> str:
    """The document's words at a place: a stretch of its text, or the transcript lines heard then."""
    if document.cues:
        return " ".join(cue.text for cue in document.cues if overlaps((cue.start, cue.end), [span])).strip()
    return document.text[int(span[0]) : int(span[1])].strip()
