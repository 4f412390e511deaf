"""The table of cases that the browser's twin runs too, and what no table can hold: no place is
silently wrong.
"""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotators.selectors import SELECTORS, Selector, dump
from annotators.text import anchor as text_anchor
from annotators.text.anchor import anchor, describe

CASES = json.loads((Path(text_anchor.__file__).parent / "cases.json").read_text("utf-8"))
TALE = (
    "light enters glass slowly because matter answers every wave with another one and their sum lags behind "
    "what went in so refraction follows while reflection keeps its angle and colour depends upon frequency"
)
WORDS = TALE.split()


@pytest.mark.parametrize("name", CASES["anchor"])
def test_a_case_of_the_table(name: str) -> None:
    case = CASES["anchor"][name]
    found = anchor(case["text"], SELECTORS.validate_python(case["selectors"]))
    assert (found and list(found.span)) == case["span"]
    assert (found.how if found else None) == case["how"]


@pytest.mark.parametrize("case", CASES["describe"], ids=lambda case: case["name"])
def test_a_passage_is_described_as_the_table_says(case: dict) -> None:
    assert dump(describe(case["text"], case["start"], case["end"])) == case["selectors"]


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (-1, 2), (1, 99), (0, 6_000)])
def test_what_is_no_passage_cannot_be_described(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="passage"):
        describe("abc" if end < 1_000 else "a" * 7_000, start, end)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_an_unchanged_text_is_found_exactly(data: st.DataObject) -> None:
    text = data.draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = anchor(text, describe(text, start, end))
    assert found is not None
    assert (*found.span, found.how) == (start, end, "exact")


@given(st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=150, deadline=None)
def test_one_percent_of_edits_leave_nothing_silently_wrong(chance: random.Random, deleted: bool) -> None:
    """Every letter carries where it came from, so the truth is known; a passage deleted has no place at
    all.
    """
    text = " ".join(chance.choice(WORDS) for _ in range(400))
    start = chance.randrange(len(text) - 200)
    end = start + chance.choice([4, 9, 20, 60, 150])
    letters = list(enumerate(text))
    for _ in range(len(text) // 100):
        at = chance.randrange(len(letters))
        letters[at : at + chance.randint(0, 1)] = [(-1, chance.choice("abc 😀"))] * chance.randint(0, 1)
    if deleted:
        letters = [one for one in letters if not start <= one[0] < end]
    truth = [at for at, (origin, _) in enumerate(letters) if start <= origin < end]
    found = anchor("".join(letter for _, letter in letters), describe(text, start, end))
    if found is not None:
        assert truth, "a deleted passage was found"
        first, last = found.span
        assert abs(first - truth[0]) <= 3
        assert abs(last - truth[-1] - 1) <= 3


def test_most_passages_survive_one_percent_of_edits() -> None:
    chosen = random.Random(7)
    text = " ".join(chosen.choice(WORDS) for _ in range(1_500))
    edited = "".join("#" if at % 100 == 50 else letter for at, letter in enumerate(text))
    spans = [(start, start + 40) for start in range(0, len(text) - 40, 61)]
    found = [anchor(edited, describe(text, *span)) for span in spans]
    assert sum(one is not None and one.span == span for one, span in zip(found, spans, strict=True)) >= (
        0.98 * len(spans)
    )


BAD: list[list[dict[str, object]]] = [
    [],
    [{"type": "TextQuoteSelector", "exact": ""}],
    [{"type": "TextQuoteSelector", "exact": "a" * 5_001}],
    [{"type": "TextQuoteSelector", "exact": "a", "prefix": "b" * 201}],
    [{"type": "TextQuoteSelector", "exact": "a", "more": 1}],
    [{"type": "TextQuoteSelector", "exact": "\ud800"}],
    [{"type": "TextPositionSelector", "start": 3, "end": 2}],
    [{"type": "TextPositionSelector", "start": -1, "end": 2}],
    [{"type": "TextPositionSelector", "start": 0.5, "end": 2}],
    [{"type": "TextPositionSelector", "start": 0, "end": 2**40}],
    [{"type": "CssSelector", "value": "body *"}],
    [{"type": "XPathSelector", "value": "/html"}],
    [{"type": "TextPositionSelector", "start": 0, "end": 2}] * 9,
]


@pytest.mark.parametrize("selectors", BAD)
def test_selectors_that_are_not_selectors_are_refused(selectors: list[Selector]) -> None:
    with pytest.raises(ValueError, match="error"):
        SELECTORS.validate_python(selectors)
