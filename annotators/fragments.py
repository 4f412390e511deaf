"""Media Fragments (W3C, 2012): moments and intervals, rectangles, pages. ``fragments.ts`` is the twin."""

import re
from typing import NamedTuple

LONGEST = 359_999.0
"""Seconds: just under a hundred hours; nothing that a class watches is longer."""

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_CLOCK = rf"(?:(?:[0-9]{{1,3}}:)?[0-9]{{1,2}}:)?{_NUMBER}"
_TIME = re.compile(rf"(?:npt:)?({_CLOCK})?(?:,({_CLOCK}))?")
_BOX = re.compile(rf"percent:({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})")
_PAGE = re.compile(r"[1-9][0-9]{0,4}")


class Box(NamedTuple):
    """A rectangle in percent of the picture, page or frame (0–100), origin top left."""

    x: float
    y: float
    width: float
    height: float


class Fragment(NamedTuple):
    """What a fragment says; None where it says nothing. ``end`` None beside a ``start`` is a moment."""

    start: float | None = None
    end: float | None = None
    box: Box | None = None
    page: int | None = None


def parse_fragment(value: str) -> Fragment:
    """Read ``t=…``, ``xywh=percent:…`` and ``page=…`` joined by ``&``.

    Raises ValueError for anything else, for the same key twice, for an interval that ends before it starts
    and for a rectangle that is empty or leaves the picture.
    """
    fragment = Fragment()
    seen: set[str] = set()
    for part in value.split("&"):
        key, _, text = part.partition("=")
        if key in seen or key not in _READERS:
            raise ValueError(f"not a fragment that can be read: {part!r}")
        seen.add(key)
        fragment = _READERS[key](fragment, text)
    return fragment


def _read_time(fragment: Fragment, text: str) -> Fragment:
    match = _TIME.fullmatch(text)
    if not match or not any(match.groups()):
        raise ValueError(f"not a time: {text!r}")
    start = _seconds(match[1]) if match[1] else 0.0
    end = _seconds(match[2]) if match[2] else None
    if start > LONGEST or (end is not None and (end > LONGEST or end < start)):
        raise ValueError(f"not an interval: {text!r}")
    return fragment._replace(start=start, end=end)


def _seconds(clock: str) -> float:
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total


def _read_box(fragment: Fragment, text: str) -> Fragment:
    match = _BOX.fullmatch(text)
    if not match:
        raise ValueError(f"not a rectangle in percent: {text!r}")
    box = Box(*(float(number) for number in match.groups()))
    # half a thousandth is what rounding to three places can add
    if box.width <= 0 or box.height <= 0 or box.x + box.width > 100.001 or box.y + box.height > 100.001:
        raise ValueError(f"a rectangle that is empty or leaves the picture: {text!r}")
    return fragment._replace(box=box)


def _read_page(fragment: Fragment, text: str) -> Fragment:
    if not _PAGE.fullmatch(text):
        raise ValueError(f"not a page number: {text!r}")
    return fragment._replace(page=int(text))


_READERS = {"t": _read_time, "xywh": _read_box, "page": _read_page}


def write_number(number: float) -> str:
    """Write a number with at most three places and no empty ones: 12.5, 17, 0.333."""
    # half up, as JavaScript rounds, so that both sides write the same digits
    thousandths = int(number * 1000 + 0.5)
    return f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")


def write_box(box: Box) -> str:
    """Write a rectangle as ``xywh=percent:…``."""
    return "xywh=percent:" + ",".join(write_number(side) for side in box)
