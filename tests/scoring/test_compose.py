"""Composed remarks teach form and not length, are the same every time, and share nothing with what tests judge by."""

import json
from collections import defaultdict
from pathlib import Path
from statistics import median

import pytest

from scoring.compose import composed
from scoring.datasets import written

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def remarks():
    return list(composed())


def test_they_are_the_same_every_time(remarks):
    assert remarks == list(composed())


def test_there_are_thousands_on_many_subjects_and_few_are_alike(remarks):
    assert len(remarks) > 5000
    assert len({each.subject for each in remarks}) > 35
    assert len({each.text for each in remarks}) > 0.85 * len(remarks)


def test_no_slot_is_left_open(remarks):
    assert not [each.text for each in remarks if "{" in each.text or not each.text.strip()]


def test_every_grade_comes_short_and_long(remarks):
    words = defaultdict(list)
    for each in remarks:
        words[each.grade].append(len(each.text.split()))
    assert all(min(lengths) <= 6 and max(lengths) >= 35 for lengths in words.values())
    assert median(words[3]) < 30


def test_the_suites_own_passages_are_never_fitted_on(remarks):
    suite = json.loads((HERE / "behaviour.json").read_text("utf-8"))
    judged = set(suite["passages"].values())
    for kind in ("quality", "confusion", "question"):
        judged |= {text for family in suite[kind].values() for pair in family for text in pair[1:]}
    fitted = {example.remark.text for example in written()} | {example.remark.quote for example in written()}
    long_enough = {text for text in judged if len(text.split()) > 5}  # "I agree." stands in both, as it must
    assert not long_enough & fitted
