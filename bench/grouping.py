"""Groups of three for five hundred students, with sections, pairs kept apart and earlier groups."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from time import perf_counter

import numpy as np

from bench.figures import Figure
from bench.server import Server
from scoring.grouping import Learner, Wishes
from scoring.grouping.making import make_groups
from scoring.grouping.people import By
from scoring.grouping.redoing import redo_groups

STUDENTS = 500
REACH_S = 2.0
WAYS: tuple[By, ...] = ("conflict", "shared", "mixed")


def measure(_server: Server) -> Iterator[Figure]:
    """Each way of grouping, and redoing."""
    for name, took in seconds().items():
        yield Figure(f"{STUDENTS} students into groups of 3: {name}", took, "s", most=REACH_S)


def seconds() -> dict[str, float]:
    """How long each way of grouping takes, the slowest of three; and redoing them for ten who are missing."""
    learners = class_of(STUDENTS)
    wishes = {by: _wishes(learners, by) for by in WAYS}
    make_groups(learners[:20], Wishes())  # SciPy loads with the first call
    found = {by: max(_timed(learners, wishes[by]) for _ in range(3)) for by in WAYS}
    groups = make_groups(learners, wishes["mixed"])
    began = perf_counter()
    redo_groups(groups, learners[10:], wishes["mixed"])
    return found | {"redo": perf_counter() - began}


def _timed(learners: list[Learner], wishes: Wishes) -> float:
    began = perf_counter()
    make_groups(learners, wishes)
    return perf_counter() - began


def class_of(n: int) -> list[Learner]:
    """A lecture in two sections: four answers, six topics, half have it right."""
    chance = np.random.default_rng(7)
    topics = [f"topic {number}" for number in range(6)]
    return [
        Learner(
            id=f"student {number:03}",
            section="AB"[number % 2],
            position=("a", "b", "c", "d", None)[int(chance.integers(5))],
            topics=frozenset(name for name in topics if chance.random() < 0.3),
            right=bool(chance.random() < 0.5),
        )
        for number in range(n)
    ]


def _wishes(learners: list[Learner], by: By) -> Wishes:
    """Every tenth pair of neighbours is kept apart; three earlier lessons are remembered."""
    ids = [one.id for one in learners]
    met: dict[frozenset[str], int] = {}
    for lesson in range(3):
        for group in make_groups(learners, Wishes(by="chance", met=dict(met), seed=lesson)):
            for pair in combinations(group, 2):
                met[frozenset(pair)] = met.get(frozenset(pair), 0) + 1
    apart = frozenset(frozenset(pair) for pair in list(pairwise(ids))[::10])
    return Wishes(by=by, size=3, apart=apart, met=met)
