"""Regions of a picture. ``anchor.ts`` is the twin."""

from collections.abc import Sequence

from annotators.fragments import Box, write_box
from annotators.selectors import MEDIA_FRAGMENTS, FragmentSelector, Selector, pick


def describe(box: Box) -> list[Selector]:
    """Return the selector of a rectangle in percent of the picture."""
    return [FragmentSelector(value=write_box(box), conformsTo=MEDIA_FRAGMENTS)]


def region(selectors: Sequence[Selector]) -> Box | None:
    """Return the rectangle that selectors point at, also on a page or in a frame; None if there is none."""
    selector = pick(selectors, FragmentSelector)
    return selector.fragment.box if selector else None
