"""Passages and rectangles of a PDF. ``anchor.ts`` is the twin."""

from collections.abc import Sequence

from annotators.fragments import Box, write_box
from annotators.selectors import MEDIA_FRAGMENTS, Anchored, FragmentSelector, Selector, Span, pick
from annotators.selectors import TextPositionSelector as Position
from annotators.selectors import TextQuoteSelector as Quote
from annotators.text import anchor as words

PAGE_BREAK = "\f"


def describe(text: str, start: int, end: int) -> list[Selector]:
    """Return the selectors of a passage, with the page on which it begins."""
    number = text.count(PAGE_BREAK, 0, start) + 1
    page = FragmentSelector(value=f"page={number}", conformsTo=MEDIA_FRAGMENTS)
    return [*words.describe(text, start, end), page]


def describe_region(page: int, box: Box) -> list[Selector]:
    """Return the selector of a rectangle on a page (1…)."""
    return [FragmentSelector(value=f"page={page}&{write_box(box)}", conformsTo=MEDIA_FRAGMENTS)]


def anchor(text: str, selectors: Sequence[Selector]) -> Anchored | None:
    """Return where selectors point: words by their text; a rectangle or a page at its page's range."""
    if pick(selectors, Quote) or pick(selectors, Position):
        return words.anchor(text, selectors)
    selector = pick(selectors, FragmentSelector)
    span = page_span(text, selector.fragment.page) if selector and selector.fragment.page else None
    return Anchored(span, "position", 1.0) if span else None


def page_span(text: str, number: int) -> Span | None:
    """Return the range of a page (1…) on the axis, without the break after it; None where there is none."""
    start = 0
    for _ in range(number - 1):
        start = text.find(PAGE_BREAK, start) + 1
        if start == 0:
            return None
    end = text.find(PAGE_BREAK, start)
    return Span(start, end if end >= 0 else len(text))
