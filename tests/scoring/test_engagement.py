"""The rules of the engagement score: every worked example of the docs, and what must hold for any work."""

from pathlib import Path

import pytest

from scoring.engagement import (
    COMPONENTS,
    PRESETS,
    Policy,
    Standing,
    Stretch,
    Work,
    Written,
    hints,
    preset_of,
    score,
    weights_here,
)
from scoring.engagement.fairness import ranks, relation, spearman
from scoring.engagement.worked import EXAMPLES, ROUNDINGS, TOTALS, as_markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "engagement.md"
RULES = {each.rule for each in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.rule}: {each.case}")
def test_worked_example(example):
    wanted = None if example.percent is None else round(example.percent, 2)
    assert example.result() == wanted


@pytest.mark.parametrize("case", ROUNDINGS, ids=lambda case: f"{case.percent} of {case.policy.points}")
def test_points_are_rounded_and_compared(case):
    assert case.result() == (case.points, case.passed)


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: str(total.entries))
def test_a_course_is_the_mean_of_what_counts(total):
    assert total.result() == total.percent


def test_the_page_prints_the_same_table():
    assert "\n".join(as_markdown()) in PAGE.read_text(encoding="utf-8")


def test_what_rewards_time_and_popularity_starts_at_nothing():
    for name in ("replies", "endorsed", "endorsing", "active_time", "sittings"):
        assert all(policy.weight(name) == 0 for policy in PRESETS.values())


def test_a_preset_is_recognised_and_a_mixture_is_not():
    assert [preset_of(policy) for policy in PRESETS.values()] == list(PRESETS)
    assert preset_of(Policy(points=100, grace_minutes=0)) == "participation"
    assert preset_of(Policy(weights={"annotations": 70})) is None


def written(*moments, **more):
    return tuple(Written(id=str(number), arrived=moment, **more) for number, moment in enumerate(moments))


@pytest.mark.parametrize("reply_hours", [0, 24, 200])
@pytest.mark.parametrize("before", range(5))
@pytest.mark.parametrize("after", range(5))
def test_replies_after_the_deadline_never_exceed_what_came_before(before, after, reply_hours):
    policy = Policy(weights={"annotations": 100}, reply_hours=reply_hours, late_hours=0)
    in_time = written(*[-3600.0] * before)
    late = tuple(Written(id=f"r{n}", arrived=7200.0, is_reply=True) for n in range(after))
    alone = score(Work(due=0.0, written=in_time), policy).share or 0
    both = score(Work(due=0.0, written=in_time + late), policy).share or 0
    assert alone <= both <= 2 * alone


def test_being_later_never_helps_and_more_work_never_hurts():
    policy = Policy(weights={"annotations": 100}, reply_hours=12)
    shares = [
        score(Work(due=0.0, written=written(*[h * 3600.0] * 3)), policy).share for h in range(-2, 200, 3)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == 0
    more = [score(Work(due=0.0, written=written(*[-1.0] * n)), policy).share for n in range(1, 7)]
    assert more == sorted(more)


def test_weights_grow_where_a_component_cannot_be_earned():
    full = {name: 10 for name in COMPONENTS}
    here = weights_here(Work(questions=0, is_recorded=False), Policy(weights=full))
    assert set(here) == {"annotations", "replies", "endorsed", "endorsing"}
    assert sum(here.values()) == pytest.approx(0.8)


def test_nothing_that_can_be_earned_is_no_score():
    work = Work(written=written(0.0), is_recorded=False)
    assert score(work, Policy(weights={"completion": 100})) == Standing(None)


def test_a_script_that_claims_the_whole_text_at_once_has_read_nothing():
    claim = Stretch(start=0, end=1, seconds=15, began=-100, told=-85)
    work = Work(due=0.0, stretches=(claim,), least_seconds=300)
    assert score(work, Policy(weights={"completion": 100})).share == 0


def test_hints_name_what_would_raise_the_score_most():
    policy = Policy(weights={"annotations": 60, "questions": 40}, content="quality")
    work = Work(due=0.0, written=written(-1.0, -1.0, level=1), questions=3)
    found = hints(score(work, policy), policy)
    assert [(hint.code, hint.number) for hint in found] == [("answer", 3), ("write", 2), ("deepen", 2)]
    assert found[0].gain == pytest.approx(0.4)
    full = score(Work(written=written(*[0.0] * 4)), Policy(weights={"annotations": 100}))
    assert hints(full, policy) == []


def test_a_hint_never_asks_to_be_liked():
    everything = Policy(weights=dict.fromkeys(COMPONENTS, 20))
    work = Work(written=written(0.0), questions=1)
    assert {hint.code for hint in hints(score(work, everything), everything)} <= {
        *("write", "read_on", "answer", "sittings", "active_time", "endorse")
    }


def test_rank_correlation_knows_ties_and_constants():
    assert ranks([5, 1, 5, 3]) == [3.5, 1, 3.5, 2]
    assert spearman([1, 2, 3, 4], [10, 20, 30, 40]) == pytest.approx(1)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    # scipy.stats.spearmanr([1, 2, 2, 4, 5], [2, 1, 4, 4, 5]) by hand: 0.7632
    assert spearman([1, 2, 2, 4, 5], [2, 1, 4, 4, 5]) == pytest.approx(0.7632, abs=1e-4)


def test_a_weight_that_drives_an_unfair_relation_is_named():
    lengths = [float(number) for number in range(12)]
    parts = {"annotations": [length / 20 for length in lengths], "completion": [0.2, 0.1] * 6}
    scores = [sum(both) for both in zip(*parts.values(), strict=True)]
    found = relation("length", lengths, scores, parts)
    assert found.is_strong
    assert found.driver == "annotations"
    assert relation("length", lengths[:5], scores[:5], parts).rho is None
    assert not relation("length", [3.0, 1.0] * 6, lengths, parts).is_strong
