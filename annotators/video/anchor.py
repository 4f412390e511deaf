"""Moments and intervals of a video or sound. ``anchor.ts`` is the twin."""

from collections.abc import Sequence

from annotators.fragments import Box, write_box, write_number
from annotators.selectors import (
    MEDIA_FRAGMENTS,
    Anchored,
    FragmentSelector,
    Selector,
    Span,
    TextQuoteSelector,
    pick,
)

GRACE = 0.5
"""Seconds by which a moment may lie after the end: players and containers round the duration differently."""


def describe(
    start: float, end: float | None = None, *, box: Box | None = None, quote: str | None = None
) -> list[Selector]:
    """Return the selectors of a moment, or of an interval, in seconds.

    ``box`` is a region of the picture; ``quote`` the words of a transcript line, which only refine.
    """
    if start < 0 or (end is not None and end < start):
        raise ValueError("start and end are no interval")
    time = f"t={write_number(start)}" + (f",{write_number(end)}" if end is not None else "")
    value = f"{time}&{write_box(box)}" if box else time
    fragment = FragmentSelector(value=value, conformsTo=MEDIA_FRAGMENTS)
    return [fragment, TextQuoteSelector(exact=quote)] if quote else [fragment]


def anchor(selectors: Sequence[Selector], duration: float | None = None) -> Anchored | None:
    """Return the interval that selectors point at; a moment has equal ends.

    With a known ``duration`` an interval is cut at the end, and what begins after it is an orphan.
    """
    selector = pick(selectors, FragmentSelector)
    fragment = selector.fragment if selector else None
    if fragment is None or fragment.start is None:
        return None
    start, end = fragment.start, fragment.end if fragment.end is not None else fragment.start
    if duration is not None:
        if start > duration + GRACE:
            return None
        start, end = min(start, duration), min(end, duration)
    return Anchored(Span(start, end), "position", 1.0)
