"""From words of a reading, or seconds of a video, to the selectors that a browser would send."""

from annotators.selectors import FragmentSelector, Selector
from annotators.text.anchor import describe


def of_quote(text: str, quote: str) -> list[Selector]:
    """Selectors of the first place where the words stand; ValueError if they do not."""
    start = text.find(quote)
    if start < 0:
        raise ValueError(f"these words do not stand in the text: {quote}")
    return describe(text, start, start + len(quote))


def of_moment(at: float | tuple[float, float]) -> list[Selector]:
    """The selector of a moment, or of an interval."""
    value = f"t={at:g}" if isinstance(at, float) else f"t={at[0]:g},{at[1]:g}"
    return [FragmentSelector(value=value)]
