"""A teacher's own ratings move the rating towards that teacher, never far on little, and never for nothing."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from scoring.agreement import agreement, among, kappa_of, table_of
from scoring.calibration import Adaptation, Candidate, Rated, adapt, best_method, choose, compare

LABELLED = Path(os.environ.get("FOREWORD_LABELLED_SETS", ""))
METHODS = ("shift", "model")


def course(teacher, size=24, seed=1):
    """Comments of a made-up course, with two traits, as ``teacher(quality, traits)`` rates them."""
    random = np.random.default_rng(seed)
    comments = [
        (float(random.uniform(0, 2)), (float(random.random()), float(random.random()))) for _ in range(size)
    ]
    return [Rated(quality, teacher(quality, traits), traits) for quality, traits in comments]


def agreeing(quality, _):
    return int(quality >= 0.5) + int(quality >= 1.5)


def strict(quality, _):
    return int(quality >= 1.1) + int(quality >= 1.8)


def fond_of_questions(quality, traits):
    moved = quality + 1.6 * (traits[0] - 0.5)
    return int(moved >= 0.5) + int(moved >= 1.5)


def mean_difference(adaptation, rated):
    return float(np.mean([abs(adaptation.apply(r.quality, r.traits)[1] - r.level) for r in rated]))


@pytest.mark.parametrize("method", METHODS)
def test_nothing_rated_changes_nothing(method):
    adaptation = adapt([], method)
    assert [adaptation.apply(q)[1] for q in (0.0, 0.49, 0.5, 1.49, 1.5, 2.0)] == [0, 0, 1, 1, 2, 2]
    assert adaptation.apply(1.23)[0] == pytest.approx(1.23)


@pytest.mark.parametrize("method", METHODS)
def test_a_teacher_who_agrees_moves_next_to_nothing(method):
    adaptation = adapt(course(agreeing), method)
    assert mean_difference(adaptation, course(agreeing, 500, seed=2)) < 0.15


@pytest.mark.parametrize("method", METHODS)
def test_a_stricter_teacher_is_followed_on_comments_not_seen(method):
    fresh = course(strict, 500, seed=2)
    assert mean_difference(adapt(course(strict), method), fresh) < 0.4 * mean_difference(Adaptation(), fresh)


def test_a_teacher_with_another_taste_needs_the_model_on_top():
    rated, fresh = course(fond_of_questions, 30), course(fond_of_questions, 500, seed=2)
    assert mean_difference(adapt(rated, "model"), fresh) < 0.8 * mean_difference(adapt(rated, "shift"), fresh)
    assert best_method(rated) == "model"
    assert best_method(course(strict, 30)) == "shift"


@pytest.mark.parametrize("method", METHODS)
def test_one_odd_rating_does_not_turn_everything_over(method):
    adaptation = adapt([*course(agreeing), Rated(1.9, 0, (0.5, 0.5))], method)
    assert mean_difference(adaptation, course(agreeing, 500, seed=2)) < 0.2


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_teacher_who_gives_one_level_only_breaks_nothing(method, level):
    rated = course(lambda *_: level)
    adaptation = adapt(rated, method)
    qualities = [adaptation.apply(q, (0.5, 0.5))[0] for q in np.linspace(0, 2, 21)]
    assert qualities == sorted(qualities)
    assert all(0 <= q <= 2 for q in qualities)
    assert compare(rated)["before"].pairs == len(rated)


@pytest.mark.parametrize("method", METHODS)
def test_the_level_is_the_rounded_quality(method):
    adaptation = adapt(course(fond_of_questions), method)
    for each in course(agreeing, 300, seed=3):
        quality, level = adaptation.apply(each.quality, each.traits)
        assert level == int(quality >= 0.5) + int(quality >= 1.5)


@pytest.mark.parametrize("method", METHODS)
def test_an_adaptation_survives_json(method):
    adaptation = adapt(course(strict), method)
    assert Adaptation.from_json(json.loads(json.dumps(adaptation.as_json()))) == adaptation


def test_what_is_chosen_is_spread_and_repeatable():
    random = np.random.default_rng(4)
    candidates = [
        Candidate(float(random.beta(2, 5) * 2), float(random.random()), (float(random.random()),))
        for _ in range(400)
    ]
    chosen = choose(candidates, 24)
    assert chosen == choose(candidates, 24)
    assert len(set(chosen)) == 24
    edges = np.quantile([c.quality for c in candidates], [0, 0.25, 0.5, 0.75, 1])
    counts, _ = np.histogram([candidates[place].quality for place in chosen], edges)
    assert min(counts) >= 4
    unsure = np.mean([1 - candidates[place].certainty for place in chosen])
    assert unsure > np.mean([1 - c.certainty for c in candidates])


def test_few_comments_are_all_chosen():
    assert choose([Candidate(1.0, 0.5)] * 7, 24) == list(range(7))
    assert len(choose([Candidate(1.0, 0.5)] * 40, 24)) == 24


def test_agreement_in_known_cases():
    assert agreement([0, 1, 2, 2], [0, 1, 2, 2]).kappa == 1
    assert agreement([0, 2], [2, 0]).kappa == -1
    assert agreement([1, 1], [1, 1]).kappa is None
    assert agreement([], []).kappa is None
    half = agreement([0, 0, 2, 2], [0, 2, 0, 2])
    assert half.kappa == pytest.approx(0)
    assert half.table == [[1, 0, 1], [0, 0, 0], [1, 0, 1]]
    with pytest.raises(ValueError, match="same comments"):
        agreement([0], [0, 1])


def test_the_interval_is_wide_where_ratings_are_few():
    few, many = (agreement([0, 1, 2, 1] * n, [0, 1, 1, 1] * n) for n in (5, 100))
    assert few.high - few.low > many.high - many.low
    assert few.low <= few.kappa <= few.high


def test_agreement_among_people_takes_every_pair_over_what_both_rated():
    found = among([{"a": 0, "b": 1}, {"b": 1, "c": 2}, {"a": 2, "b": 1}])
    assert found.pairs == 4
    assert found.same == 0.75


# What people called nothing, vague, general and specific, as the levels of three teachers.
TEACHERS = {"usual": (0, 1, 1, 2), "strict": (0, 0, 1, 2), "lenient": (0, 1, 2, 2)}
DRAWS = 20


@pytest.fixture(scope="module")
def courses():
    """Real notes of five courses, at most 600 each: what the model says of them, and the grade people gave."""
    from scoring import Remark, rate

    rows = [json.loads(line) for line in (LABELLED / "reflections.jsonl").open(encoding="utf-8")]
    found = {}
    for name in sorted({row["course"] for row in rows}):
        mine = [row for row in rows if row["course"] == name][:600]
        ratings = rate([Remark(row["id"], row["text"]) for row in mine])
        found[name] = [(rating, row["level"] - 1) for rating, row in zip(ratings, mine, strict=True)]
    return found


def gains(course, teacher):
    """How much thirty ratings raise agreement on the other half of a course, for many draws of the halves."""
    levels = [TEACHERS[teacher][grade] for _, grade in course]
    rated = [Rated(r.quality, level, r.traits) for (r, _), level in zip(course, levels, strict=True)]
    certainty = [rating.certainty for rating, _ in course]
    return [_gain(rated, certainty, seed) for seed in range(DRAWS)]


def _gain(rated, certainty, seed):
    order = np.random.default_rng(seed).permutation(len(rated))
    half, rest = order[::2], [rated[i] for i in order[1::2]]
    candidates = [Candidate(rated[i].quality, certainty[i], rated[i].traits) for i in half]
    seen = [rated[half[place]] for place in choose(candidates, 30)]
    adaptation = adapt(seen, best_method(seen))
    truth = np.array([each.level for each in rest])
    before, after = (
        np.array([one.apply(each.quality, each.traits)[1] for each in rest])
        for one in (Adaptation(), adaptation)
    )
    return kappa_of(table_of(truth, after)) - kappa_of(table_of(truth, before))


needs_labelled_sets = pytest.mark.skipif(
    not str(LABELLED).strip(".") or not (LABELLED / "reflections.jsonl").is_file(),
    reason="FOREWORD_LABELLED_SETS names no folder with reflections.jsonl",
)


@needs_labelled_sets
def test_a_real_course_as_a_deliberately_different_teacher_is_followed(courses):
    """Who finds general remarks thoughtful already: agreement rises in nearly all draws of every course."""
    for name, course in courses.items():
        assert np.quantile(gains(course, "lenient"), 0.05) > 0, name


@needs_labelled_sets
@pytest.mark.parametrize("teacher", ["usual", "strict"])
def test_a_real_course_as_a_teacher_nearer_to_the_model_loses_nothing_on_the_whole(courses, teacher):
    """There is little to gain where the model's cut points are about right, so chance must not take it away."""
    found = [gains(course, teacher) for course in courses.values()]
    assert np.mean(found) > 0
    assert min(np.mean(each) for each in found) > -0.03
