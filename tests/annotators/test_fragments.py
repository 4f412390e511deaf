"""Media Fragments, by the table that the browser's twin runs too; moments, intervals and regions."""

import json
from pathlib import Path

import pytest

import annotators
from annotators.fragments import Box, parse_fragment, write_box, write_number
from annotators.image import anchor as image
from annotators.selectors import SELECTORS, TextQuoteSelector
from annotators.video import anchor as video

CASES = json.loads((Path(annotators.__file__).parent / "fragment_cases.json").read_text("utf-8"))


@pytest.mark.parametrize("value", CASES)
def test_a_fragment_of_the_table(value: str) -> None:
    selector = [{"type": "FragmentSelector", "value": value}]
    if CASES[value] is None:
        with pytest.raises(ValueError, match="error"):
            SELECTORS.validate_python(selector)
        return
    parsed = parse_fragment(value)._asdict()
    parsed["box"] = parsed["box"] and parsed["box"]._asdict()
    assert {key: part for key, part in parsed.items() if part is not None} == CASES[value]
    assert SELECTORS.validate_python(selector)


def test_numbers_are_written_short() -> None:
    written = [write_number(number) for number in (12.5, 17, 1 / 3, 0, 0.0004, 2.0005)]
    assert written == ["12.5", "17", "0.333", "0", "0", "2.001"]


@pytest.mark.parametrize(
    ("start", "end", "duration", "span"),
    [
        (12.5, 17, None, (12.5, 17)),
        (12.5, None, 60, (12.5, 12.5)),
        (50, 70, 60, (50, 60)),
        (60.3, None, 60, (60, 60)),
        (61, None, 60, None),
    ],
)
def test_a_moment_or_an_interval(
    start: float, end: float | None, duration: float | None, span: tuple[float, float] | None
) -> None:
    found = video.anchor(video.describe(start, end), duration)
    assert (found and tuple(found.span)) == span


def test_a_transcript_line_is_its_times_and_the_quote_only_refines() -> None:
    found = video.anchor(video.describe(1, 2, quote="its words", box=Box(0, 0, 50, 50)), 60)
    assert found is not None
    assert tuple(found.span) == (1, 2)
    assert video.anchor([TextQuoteSelector(exact="its words")], 60) is None


def test_an_interval_that_ends_before_it_starts_is_none() -> None:
    with pytest.raises(ValueError, match="interval"):
        video.describe(3, 2)


def test_a_region_goes_forth_and_back() -> None:
    box = Box(1, 2.25, 30, 40)
    assert write_box(box) == "xywh=percent:1,2.25,30,40"
    assert image.region(image.describe(box)) == box
