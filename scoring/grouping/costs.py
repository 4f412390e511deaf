"""What an arrangement costs: between two people, and in a group as a whole. Lower is better.

Three kinds of weight, each far above the next: a pair kept apart, a group that misses what groups are made for
(two positions, something shared, somebody who has it right), and how two people suit each other.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .people import Learner, Wishes

Matrix = NDArray[np.float32]

APART = 10_000.0
MISSING = 100.0  # the group lacks what it is made for
MET = 2.0  # for each time that two have worked together
UNKNOWN = 0.6  # how two suit each other when nothing is known of one of them


class Costs:
    """The costs of one pool of learners: ``pairs`` (n x n), and ``missing`` for whole groups."""

    def __init__(self, learners: Sequence[Learner], wishes: Wishes) -> None:
        self.by = wishes.by
        self.marks = _marks(learners, wishes)
        self.pairs = _pairs(self.marks, wishes) + _history(learners, wishes)
        np.fill_diagonal(self.pairs, 0.0)

    def joining(self, people: NDArray[Any], rest: Matrix) -> Matrix:
        """What each of ``people`` costs in each group (k x g), given the others of each group (n x g)."""
        return self.pairs[people] @ rest + MISSING * self._lacks(self.marks[people], rest)

    def total(self, where: NDArray[Any], groups: int) -> float:
        """What the whole arrangement costs; ``where`` is each learner's group."""
        seats = one_hot(where, groups)
        inside = float(np.einsum("ig,ij,jg->", seats, self.pairs, seats, optimize=True)) / 2
        return inside + MISSING * float(self._lacking(seats).sum())

    def _lacks(self, marks: Matrix, rest: Matrix) -> Matrix:
        """1 where a group would still lack what it is made for after the person has joined."""
        if self.by == "chance" or not self.marks.size:
            return np.zeros((len(marks), rest.shape[1]), np.float32)
        there = self.marks.T @ rest  # marks x groups
        if self.by == "mixed":
            have = marks @ np.ones_like(there) + there.sum(axis=0) > 0
        elif self.by == "conflict":
            have = (there > 0).sum(axis=0) + marks @ (there == 0).astype(np.float32) >= 2
        else:
            everybody = (there == rest.sum(axis=0)).astype(np.float32)
            have = marks @ everybody > 0
        return 1.0 - have.astype(np.float32)

    def _lacking(self, seats: Matrix) -> NDArray[Any]:
        if self.by == "chance" or not self.marks.size:
            return np.zeros(seats.shape[1])
        there = self.marks.T @ seats
        if self.by == "mixed":
            return there.sum(axis=0) == 0
        if self.by == "conflict":
            return (there > 0).sum(axis=0) < 2
        return ~(there == seats.sum(axis=0)).any(axis=0)


def one_hot(where: NDArray[Any], groups: int) -> Matrix:
    """Learners x groups: 1 where somebody sits."""
    seats = np.zeros((len(where), groups), np.float32)
    seats[np.arange(len(where)), where] = 1.0
    return seats


def _marks(learners: Sequence[Learner], wishes: Wishes) -> Matrix:
    """Learners x marks: positions, topics, or one column for “has it right”."""
    if wishes.by == "mixed":
        return np.array([[one.right is True] for one in learners], np.float32).reshape(len(learners), 1)
    of = [one.topics if wishes.by == "shared" else _sides(one) for one in learners]
    names = sorted(frozenset().union(*of)) if wishes.by != "chance" else []
    return np.array([[name in has for name in names] for has in of], np.float32).reshape(
        len(learners), len(names)
    )


def _sides(one: Learner) -> frozenset[str]:
    return frozenset([one.position]) if one.position else frozenset()


def _pairs(marks: Matrix, wishes: Wishes) -> Matrix:
    """How badly two people suit each other, from 0 to 1."""
    n = len(marks)
    if wishes.by == "chance" or not marks.size:
        return np.zeros((n, n), np.float32)
    shared = marks @ marks.T
    if wishes.by == "mixed":
        return shared
    has = marks.sum(axis=1)
    either = has[:, None] + has[None, :] - shared
    alike = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    unknown = (has[:, None] == 0) | (has[None, :] == 0)
    cost = alike if wishes.by == "conflict" else 1.0 - alike
    return np.where(unknown, np.float32(UNKNOWN), cost).astype(np.float32)


def _history(learners: Sequence[Learner], wishes: Wishes) -> Matrix:
    place = {one.id: number for number, one in enumerate(learners)}
    cost = np.zeros((len(learners), len(learners)), np.float32)
    weights = [*((pair, MET * times) for pair, times in wishes.met.items())]
    for pair, weight in [*weights, *((pair, APART) for pair in wishes.apart)]:
        here = [place[one] for one in pair if one in place]
        if len(here) == 2:
            cost[here[0], here[1]] += weight
            cost[here[1], here[0]] += weight
    return cost
