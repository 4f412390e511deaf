"""Topics of two assignments that are about the same find each other by their middles; others do not."""

import numpy as np

from scoring.embeddings import DIMENSIONS, embed
from scoring.likeness import alike, likenesses, middle_of

from .test_report import LEAF, VETO


def test_halves_of_one_subject_are_alike_and_two_subjects_are_not():
    leaf, again, veto = (middle_of(embed(texts)) for texts in (LEAF[:4], LEAF[4:], VETO))
    assert alike(leaf, [veto, again]) == [1]
    assert alike(veto, [leaf, again]) == []


def test_the_closest_comes_first():
    leaf, again, same = (middle_of(embed(texts)) for texts in (LEAF[:4], LEAF[4:], LEAF[:4]))
    assert alike(leaf, [again, same]) == [1, 0]


def test_what_could_not_be_read_is_like_nothing():
    unknown = middle_of(np.zeros((2, DIMENSIONS), np.float32))
    assert unknown == ""
    leaf = middle_of(embed(LEAF))
    assert alike(unknown, [leaf]) == alike(leaf, [unknown, ""]) == alike(leaf, []) == []


def test_a_kept_middle_is_nearly_the_exact_one():
    leaf, veto = (middle_of(embed(texts)) for texts in (LEAF, VETO))
    (itself, other) = likenesses(leaf, [leaf, veto])
    assert abs(itself - 1) < 1e-5
    assert other < 0.4
