"""Reasons are true: what is said to have helped did help, as the remark without those words shows."""

import json
from collections import defaultdict
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


def rated(model):
    """The texts whose rating names words that helped, each with its rating and how it rates without them."""
    texts = held_out_texts()
    ratings = rate([Remark(str(n), text) for n, text in enumerate(texts)], model)
    marked = [(text, rating) for text, rating in zip(texts, ratings, strict=True) if rating.marks]
    stripped = rate([Remark("", without(text, rating.marks)) for text, rating in marked], model)
    assert len(texts) >= 200
    assert len(marked) >= 100
    return [(*pair, after) for pair, after in zip(marked, stripped, strict=True)]


@pytest.mark.parametrize("model", ["licensed", "full"])
def test_a_remark_without_the_words_that_helped_rates_lower(model):
    found = rated(model)
    wrong = [text for text, rating, after in found if after.quality >= rating.quality]
    assert len(wrong) <= (1 - FAITHFUL) * len(found), wrong


@pytest.mark.parametrize("model", ["licensed", "full"])
def test_each_kind_of_reason_by_itself_is_true(model):
    """Where one thing alone is said to have helped, the marked words are that thing's."""
    falls = defaultdict(list)
    for _text, rating, after in rated(model):
        helped = [reason.code for reason in rating.reasons if reason.effect > 0]
        if len(helped) == 1:
            falls[helped[0]].append(after.quality < rating.quality)
    assert set(falls) >= {"asks_precisely", "names_things"}  # a reason given mostly names things, too
    shares = {code: sum(lower) / len(lower) for code, lower in falls.items()}
    assert {code: share for code, share in shares.items() if share < FAITHFUL} == {}
