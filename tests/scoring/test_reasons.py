"""Reasons are true: what is said to have helped did help, as the remark without those words shows."""

import json
from pathlib import Path

import pytest

from scoring import Remark, rate

HERE = Path(__file__).parent
FAITHFUL = 0.95


def held_out_texts():
    """Remarks that no model was fitted on."""
    suite = json.loads((HERE / "behaviour.json").read_text())
    pairs = [
        pair
        for kind in ("quality", "confusion", "question")
        for family in suite[kind].values()
        for pair in family
    ]
    found = {text for pair in pairs for text in pair[1:]}
    return sorted(found | set((HERE / "remarks.txt").read_text().splitlines()))


def without(text, marks):
    """The text with the marked stretches taken out."""
    kept, at = [], 0
    for start, end in marks:
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])


@pytest.mark.parametrize("model", ["licensed", "full"])
def test_a_remark_without_the_words_that_helped_rates_lower(model):
    texts = held_out_texts()
    ratings = rate([Remark(str(n), text) for n, text in enumerate(texts)], model)
    marked = [(text, rating) for text, rating in zip(texts, ratings, strict=True) if rating.marks]
    stripped = rate([Remark("", without(text, rating.marks)) for text, rating in marked], model)
    lower = [after.quality < rating.quality for (_, rating), after in zip(marked, stripped, strict=True)]
    wrong = [text for (text, _), fell in zip(marked, lower, strict=True) if not fell]
    assert len(texts) >= 200
    assert len(marked) >= 100
    assert sum(lower) >= FAITHFUL * len(lower), wrong
