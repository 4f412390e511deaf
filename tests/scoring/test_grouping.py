"""The group maker: what groups are made for, what must never happen, and what is said about it."""

from itertools import combinations

import numpy as np
import pytest

from scoring.grouping import Learner, Wishes, why
from scoring.grouping.making import make_groups, sizes_for
from scoring.grouping.redoing import redo_groups


def class_of(n, seed=1, **fixed):
    chance = np.random.default_rng(seed)
    return [
        Learner(
            id=f"p{number:03}",
            section=fixed.get("section", ["red", "blue"][number % 2]),
            position=fixed.get("position", ["a", "b", "c", None][int(chance.integers(4))]),
            topics=frozenset(t for t in ("speed", "index", "angle") if chance.random() < 0.4),
            right=bool(chance.random() < 0.5),
        )
        for number in range(n)
    ]


def of(learners, groups):
    by_id = {one.id: one for one in learners}
    return [[by_id[one] for one in group] for group in groups]


@pytest.mark.parametrize("by", ["conflict", "shared", "mixed", "chance"])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5, 7, 26, 61])
def test_everybody_sits_once_and_sizes_are_near_the_wish(by, n):
    learners = class_of(n, section=None)
    groups = make_groups(learners, Wishes(by=by, size=3))
    assert sorted(one for group in groups for one in group) == [one.id for one in learners]
    assert sorted(map(len, groups)) == sorted(sizes_for(n, 3))


def test_sizes_prefer_one_more_to_one_alone():
    assert sizes_for(500, 3) == [4, 4] + [3] * 164
    assert sizes_for(5, 3) == [3, 2]
    assert sizes_for(4, 3) == [4]
    assert sizes_for(0, 3) == []


def test_different_answers_meet():
    learners = class_of(60, section=None)
    groups = of(learners, make_groups(learners, Wishes(by="conflict", size=3)))
    differing = [len({one.position for one in group} - {None}) for group in groups]
    assert min(differing) >= 2


def test_each_group_has_one_who_has_it_right_when_there_are_enough():
    learners = [Learner(f"p{n:02}", right=n < 10) for n in range(30)]
    groups = of(learners, make_groups(learners, Wishes(by="mixed", size=3)))
    assert [sum(one.right for one in group) for group in groups] == [1] * 10


def test_too_few_who_have_it_right_are_spread_and_it_is_said():
    learners = [Learner(f"p{n:02}", right=n < 4) for n in range(30)]
    wishes = Wishes(by="mixed", size=3)
    groups = of(learners, make_groups(learners, wishes))
    assert max(sum(one.right for one in group) for group in groups) == 1
    codes = [why(group, wishes)[0]["code"] for group in groups]
    assert sorted(codes) == ["none_right"] * 6 + ["some_right"] * 4


def test_those_lost_at_the_same_place_sit_together():
    learners = [Learner(f"p{n:02}", topics=frozenset({"speed" if n % 2 else "index"})) for n in range(24)]
    wishes = Wishes(by="shared", size=3)
    groups = of(learners, make_groups(learners, wishes))
    assert {why(group, wishes)[0]["code"] for group in groups} == {"all_lost_here"}


def test_sections_are_kept():
    learners = class_of(47)
    groups = of(learners, make_groups(learners, Wishes(by="conflict")))
    assert all(len({one.section for one in group}) == 1 for group in groups)


@pytest.mark.parametrize("by", ["conflict", "shared", "mixed", "chance"])
def test_pairs_that_are_kept_apart_never_meet(by):
    learners = class_of(40, section=None)
    ids = [one.id for one in learners]
    apart = frozenset(
        frozenset(pair) for pair in [*zip(ids, ids[1:], strict=False), *zip(ids, ids[5:], strict=False)]
    )
    groups = make_groups(learners, Wishes(by=by, apart=apart))
    assert not [pair for group in groups for pair in combinations(group, 2) if frozenset(pair) in apart]


def test_a_pair_that_cannot_be_kept_apart_is_named_as_a_failure_without_a_name():
    learners = [Learner("x"), Learner("y")]
    wishes = Wishes(by="chance", size=2, apart=frozenset({frozenset({"x", "y"})}))
    (group,) = of(learners, make_groups(learners, wishes))
    reason = next(r for r in why(group, wishes) if r["code"] == "apart_failed")
    assert reason["params"] == {"pairs": 1}


def test_people_meet_somebody_new_the_next_time():
    learners = class_of(30, section=None)
    first = make_groups(learners, Wishes(by="chance"))
    met = {frozenset(pair): 1 for group in first for pair in combinations(group, 2)}
    second = make_groups(learners, Wishes(by="chance", met=met, seed=1))
    assert not [pair for group in second for pair in combinations(group, 2) if frozenset(pair) in met]


def test_the_same_seed_makes_the_same_groups():
    learners = class_of(30)
    assert make_groups(learners, Wishes(seed=4)) == make_groups(list(reversed(learners)), Wishes(seed=4))


def test_who_can_stay_stays_when_somebody_is_missing():
    learners = class_of(27, section=None)
    before = make_groups(learners, Wishes(by="mixed"))
    missing = before[0][0]
    present = [one for one in learners if one.id != missing]
    after = redo_groups(before, present, Wishes(by="mixed"))
    assert after == [before[0][1:], *before[1:]]


def test_one_left_alone_joins_another_group_of_the_own_section():
    learners = class_of(24)
    before = make_groups(learners, Wishes())
    gone = set(before[0][1:])
    present = [one for one in learners if one.id not in gone]
    after = redo_groups(before, present, Wishes())
    (home,) = [group for group in of(present, after) if before[0][0] in {one.id for one in group}]
    assert len(home) == 4
    assert len({one.section for one in home}) == 1
    assert sorted(one for group in after for one in group) == sorted(one.id for one in present)


def test_latecomers_and_whole_absent_groups_are_seated():
    learners = class_of(30, section=None)
    before = make_groups(learners[:20], Wishes())
    after = redo_groups(before, learners[5:], Wishes())
    assert sorted(one for group in after for one in group) == [one.id for one in learners[5:]]
    assert min(map(len, after)) >= 2


def test_redoing_nothing_makes_groups_anew():
    learners = class_of(9, section=None)
    assert sorted(map(len, redo_groups([], learners, Wishes()))) == [3, 3, 3]


def test_reasons_name_nobody():
    learners = class_of(12, section=None)
    wishes = Wishes(by="conflict", met={frozenset({"p000", "p001"}): 2})
    for group in of(learners, make_groups(learners, wishes)):
        assert "p0" not in repr(why(group, wishes))
