"""Making groups by a very large neighbourhood.

One member is taken out of every group, and all of them are put back at once in the best of all g! ways: a linear
assignment, solved exactly by SciPy. No step makes the arrangement worse; steps are repeated until several in a row
have gained nothing. The idea: R. K. Ahuja et al., “A survey of very large-scale neighborhood search techniques”,
Discrete Applied Mathematics 123 (2002). Whole groups are judged, not only pairs, since only one seat of a group is
open at a time.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits

from .costs import Costs, one_hot
from .people import Learner, Wishes

STEPS = 240
PATIENCE = 40  # steps in a row without a gain, after which it is good


def make_groups(learners: Sequence[Learner], wishes: Wishes) -> list[list[str]]:
    """The ids of each group's members. Everybody is in exactly one group; sizes differ by one at most in a pool."""
    groups: list[list[str]] = []
    with threadpool_limits(1):  # the matrices are small: sharing them out costs more than it saves
        for pool in _pools(learners, wishes):
            groups += _divide(pool, wishes)
    return groups


def sizes_for(people: int, size: int) -> list[int]:
    """Sizes as near to the wished one as can be; where both ways are as near, rather larger than smaller."""
    if people == 0:
        return []
    fewer, more = max(1, people // size), max(1, -(-people // size))
    number = min((fewer, more), key=lambda groups: _farthest(people, groups, size))
    return [people // number + (place < people % number) for place in range(number)]


def _farthest(people: int, groups: int, size: int) -> int:
    return max(abs(people // groups - size), abs(-(-people // groups) - size))


def _pools(learners: Sequence[Learner], wishes: Wishes) -> list[list[Learner]]:
    """Those who may meet: each section by itself where sections are kept."""
    by_section: dict[str, list[Learner]] = defaultdict(list)
    for one in sorted(learners, key=lambda one: one.id):
        by_section[(one.section or "") if wishes.keep_sections else ""].append(one)
    return [by_section[name] for name in sorted(by_section)]


def _divide(pool: list[Learner], wishes: Wishes) -> list[list[str]]:
    sizes = sizes_for(len(pool), wishes.size)
    chance = np.random.default_rng(wishes.seed)
    where = _first_seats(pool, sizes, wishes, chance)
    if len(sizes) > 1:
        where = _improved(where, Costs(pool, wishes), len(sizes), chance)
    return [[pool[i].id for i in np.flatnonzero(where == number)] for number in range(len(sizes))]


def _first_seats(
    pool: list[Learner], sizes: list[int], wishes: Wishes, chance: np.random.Generator
) -> NDArray[Any]:
    """A good beginning: like people dealt out over the groups, or put beside each other when groups should share."""
    order = [int(place) for place in chance.permutation(len(pool))]
    order.sort(key=lambda place: _kind_of(pool[place], wishes))
    seats = [(turn, number) for number, size in enumerate(sizes) for turn in range(size)]
    if wishes.by != "shared":
        seats.sort()
    where = np.empty(len(pool), np.int64)
    for place, (_turn, number) in zip(order, seats, strict=True):
        where[place] = number
    return where


def _kind_of(one: Learner, wishes: Wishes) -> str:
    if wishes.by == "mixed":
        return {True: "0", False: "1", None: "2"}[one.right]
    if wishes.by == "shared":
        return min(one.topics, default="\uffff")
    return (one.position or "\uffff") if wishes.by == "conflict" else ""


def _improved(where: NDArray[Any], costs: Costs, groups: int, chance: np.random.Generator) -> NDArray[Any]:
    waited = 0
    for _step in range(STEPS):
        gained = _exchange(where, costs, groups, chance)
        waited = 0 if gained else waited + 1
        if waited >= PATIENCE:
            break
    return where


def _exchange(where: NDArray[Any], costs: Costs, groups: int, chance: np.random.Generator) -> bool:
    """One from each group, all put back as well as can be; changes ``where`` and says whether that gained."""
    order = chance.permutation(len(where))
    taken = order[np.unique(where[order], return_index=True)[1]]
    rest = one_hot(where, groups)
    rest[taken, where[taken]] = 0.0
    cost = costs.joining(taken, rest)
    rows, columns = linear_sum_assignment(cost)
    if float(cost[rows, columns].sum()) >= float(np.trace(cost)) - 1e-4:
        return False
    where[taken[rows]] = columns
    return True
