"""Groups redone when somebody is missing: whoever can stay with their group stays."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from .costs import Costs, one_hot
from .making import make_groups
from .people import Learner, Wishes

FULL = 50.0  # for each member beyond the wished size
STRANGE = 1e6  # a group of another section


def redo_groups(
    groups: Sequence[Sequence[str]], present: Sequence[Learner], wishes: Wishes
) -> list[list[str]]:
    """The groups of those who are there.

    Members who are missing leave; a group that shrank below two, or below the wished size by more than one, is
    given up, and its people and latecomers go where they suit best. Everybody else stays where they were.
    """
    here = {one.id: one for one in present}
    left = [[one for one in group if one in here] for group in groups]
    least = max(2, wishes.size - 1)
    kept = [group for group in left if len(group) >= least]
    seated = {one for group in kept for one in group}
    moving = [one for one in present if one.id not in seated]
    if len(moving) >= 2 * wishes.size or not kept:
        return kept + make_groups(moving, wishes)
    return _placed(kept, moving, here, wishes)


def _placed(
    kept: list[list[str]], moving: list[Learner], here: dict[str, Learner], wishes: Wishes
) -> list[list[str]]:
    """Each who moves into the group where they cost least, at most one more a group and round."""
    pool = list(here.values())
    place = {one.id: number for number, one in enumerate(pool)}
    costs = Costs(pool, wishes)
    result = [list(group) for group in kept]
    strangers = _strange(kept, moving, here) if wishes.keep_sections else None
    waiting = list(range(len(moving)))
    while waiting:
        seats = _seats(result, place)
        cost = costs.joining(np.array([place[moving[number].id] for number in waiting]), seats)
        cost += np.array([FULL * max(0, len(group) - wishes.size) for group in result], np.float32)
        if strangers is not None:
            cost += np.float32(STRANGE) * strangers[waiting]
        for row, column in zip(*linear_sum_assignment(cost), strict=True):
            result[int(column)].append(moving[waiting[int(row)]].id)
        seated = {one for group in result for one in group}
        waiting = [number for number in waiting if moving[number].id not in seated]
    return result


def _seats(groups: list[list[str]], place: dict[str, int]) -> np.ndarray:
    """Learners x groups; who has no seat yet has a row of zeros."""
    where = np.full(len(place), len(groups))
    for number, group in enumerate(groups):
        for one in group:
            where[place[one]] = number
    return one_hot(where, len(groups) + 1)[:, :-1]


def _strange(kept: list[list[str]], moving: list[Learner], here: dict[str, Learner]) -> np.ndarray:
    """1 where a group is of another section than who would join it."""
    sections = [here[group[0]].section for group in kept]
    return np.array([[one.section != section for section in sections] for one in moving], np.float32)
