"""Fitting a rating to one teacher: from some twenty comments that the teacher rated to an ``Adaptation``.

Two steps, each small enough for so few ratings: first the cut points between the levels are shifted to where the
levels come as often as the teacher gives them, then a small ordinal model (cumulative logits, McCullagh 1980) says
which traits of a comment count beside its quality. Both are held near the rating as it was: a teacher must say
something often before it moves. Nothing here needs the models or the encoder, and an ``Adaptation`` goes to JSON and
back.

    chosen = choose(candidates, 24)                     # which comments the teacher should rate
    adaptation = adapt(rated, method="model")           # rated: list of Rated
    quality, level = adaptation.apply(quality, traits)
    compare(rated)["model"].kappa                        # held out, so an honest “after”
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scoring.agreement import LEVELS, Agreement, agreement, kappa_of, table_of

ENOUGH = 20  # ratings before an adaptation may be used
CUTS = (0.5, 1.5)  # between the levels, on the scale of quality
OWN = 12  # comments' worth of the model's own shares of the levels, beside the teacher's
BANDS = 6  # of quality, from which comments are chosen
LOOKED_AT = 90  # comments among which those to be rated are chosen
NEAREST = 0.05  # that the two cut points come to each other
SLOPE = 3.0  # how steeply the odds of a higher level rise with quality, before any ratings
PULL = {"quality": 1.0, "trait": 3.0, "cut": 2.0}  # how firmly each number is held where it was
STEPS = 60

Method = Literal["shift", "model"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rated:
    """A comment as the model and as a person rated it; ``traits`` come from ``Rating.traits``."""

    quality: float  # 0 to 2
    level: int  # the person's: 0, 1 or 2
    traits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment that could be shown to the teacher."""

    quality: float
    certainty: float
    traits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How one course reads quality. The default changes nothing.

    ``cuts`` are where level 1 and level 2 begin, on quality plus the weighted ``traits``.
    """

    cuts: tuple[float, float] = CUTS
    weights: tuple[float, ...] = ()
    ratings: int = 0  # how many it was fitted on
    method: Method = "shift"

    def apply(self, quality: float, traits: Sequence[float] = ()) -> tuple[float, int]:
        """Quality moved so that the levels begin at .5 and 1.5, and the level; traits may be missing."""
        moved = quality + sum(w * t for w, t in zip(self.weights, traits, strict=False))
        low, high = self.cuts
        scaled = float(
            np.interp(moved, [min(0.0, low - 0.5), low, high, max(2.0, high + 0.5)], [0.0, *CUTS, 2.0])
        )
        return scaled, int(moved >= low) + int(moved >= high)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self) | {"cuts": list(self.cuts), "weights": list(self.weights)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Adaptation":
        """What ``as_json`` gave."""
        low, high = kept["cuts"]
        return cls((low, high), tuple(kept["weights"]), kept["ratings"], kept["method"])


def adapt(rated: Sequence[Rated], method: Method = "model") -> Adaptation:
    """The adaptation that these ratings call for; with none at all, the one that changes nothing."""
    if not rated:
        return Adaptation()
    if method == "shift":
        low, high = _cut(np.array([r.quality for r in rated]), np.array([r.level for r in rated]))
        return Adaptation((round(low, 6), round(high, 6)), (), len(rated), "shift")
    return _modelled(rated)


def _cut(moved: Floats, level: NDArray[np.int64]) -> tuple[float, float]:
    """Cut points at which the levels come as often as this teacher gives them, on these comments.

    The shares are held near those of the model's own levels, as if ``OWN`` more comments had been rated as it does.
    With two dozen ratings this moves less by chance than the cut points that fit each single rating best, and where
    one level is rare it does not run away from it, as a likelihood does.
    """
    own = np.bincount((moved >= CUTS[0]).astype(int) + (moved >= CUTS[1]), minlength=LEVELS) / len(moved)
    shares = (np.bincount(level, minlength=LEVELS) + OWN * own) / (len(level) + OWN)
    low, high = np.quantile(moved, np.clip(np.cumsum(shares)[:2], 0.0, 1.0))
    return float(low), max(float(high), float(low) + NEAREST)


def _modelled(rated: Sequence[Rated]) -> Adaptation:
    """What traits count beside quality, by damped Newton steps on a penalised likelihood; then the cut points anew."""
    width = min(len(each.traits) for each in rated)
    rows = np.array([[each.quality, *each.traits[:width]] for each in rated], np.float64)
    usual = np.array(
        [0.0, *rows[:, 1:].mean(axis=0)]
    )  # so that a trait's weight does not move the cuts as well
    level = np.array([each.level for each in rated])
    start = np.concatenate([[SLOPE], np.zeros(width), SLOPE * np.array(_cut(rows[:, 0], level))])
    pull = np.array([PULL["quality"], *[PULL["trait"]] * width, PULL["cut"], PULL["cut"]])
    found = _newton(rows - usual, level, start, pull)
    weights = np.round(found[1:-2] / max(float(found[0]), 0.5), 6)
    low, high = _cut(rows[:, 0] + (rows - usual)[:, 1:] @ weights, level)
    moved = float(usual[1:] @ weights)
    return Adaptation(
        (round(low + moved, 6), round(high + moved, 6)), tuple(weights.tolist()), len(rated), "model"
    )


def _newton(rows: Floats, level: NDArray[np.int64], start: Floats, pull: Floats) -> Floats:
    """The numbers with the highest penalised likelihood. Each level has two yes-or-no questions: 1 or more? 2?"""
    found = start.copy()
    for _ in range(STEPS):
        slope, bend = pull * (found - start), np.diag(pull)
        for step in range(LEVELS - 1):
            cut = np.zeros((len(rows), LEVELS - 1))
            cut[:, step] = -1.0
            inputs = np.hstack([rows, cut])
            chance = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
            slope = slope + inputs.T @ (chance - (level > step))
            bend = bend + (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        move = np.linalg.solve(bend, slope)
        found = found - move * min(1.0, 1.0 / max(1e-12, float(np.abs(move).max())))
        if float(np.abs(move).max()) < 1e-6:
            break
    return found


def compare(rated: Sequence[Rated]) -> dict[str, Agreement]:
    """Agreement ``before``, and after a ``shift`` and a ``model``, each comment judged without its own rating."""
    truth = [each.level for each in rated]
    found = {"before": agreement(truth, [Adaptation().apply(each.quality)[1] for each in rated])}
    for method in ("shift", "model"):
        found[method] = agreement(truth, held_out(rated, method))
    return found


def held_out(rated: Sequence[Rated], method: Method, folds: int = 30) -> list[int]:
    """The level of each comment by an adaptation that has not seen its rating."""
    levels = [0] * len(rated)
    for fold in range(min(folds, len(rated))):
        here = range(fold, len(rated), folds)
        rest = [each for place, each in enumerate(rated) if place % folds != fold]
        fitted = adapt(rest, method)
        for place in here:
            levels[place] = fitted.apply(rated[place].quality, rated[place].traits)[1]
    return levels


def best_method(rated: Sequence[Rated]) -> Method:
    """The plainer method unless the other agrees clearly better on comments it has not seen."""
    truth = np.array([each.level for each in rated])
    kappas = {m: kappa_of(table_of(truth, np.array(held_out(rated, m)))) or 0.0 for m in ("shift", "model")}
    return "model" if kappas["model"] > kappas["shift"] + 0.03 else "shift"


def choose(candidates: Sequence[Candidate], count: int = 24) -> list[int]:
    """Places of the comments worth a teacher's rating: spread over quality and kind, unsure ones first.

    Quality is cut into bands of equally many comments, and each band gives as many as the others. Within a band
    the next is the one furthest from those chosen, the more so the less certain its rating is. Of many comments only
    some are looked at, evenly over quality: the furthest of thousands are oddities, and who rates only those
    tells little about the rest.
    """
    if len(candidates) <= count:
        return list(range(len(candidates)))
    if len(candidates) > LOOKED_AT:
        order = np.argsort([each.quality for each in candidates], kind="stable")
        some = order[np.linspace(0, len(order) - 1, LOOKED_AT).round().astype(int)].tolist()
        return sorted(some[place] for place in choose([candidates[place] for place in some], count))
    space = _space(candidates)
    doubt = np.array([1.0 - each.certainty for each in candidates])
    order = np.argsort([each.quality for each in candidates], kind="stable")
    bands = [band.tolist() for band in np.array_split(order, min(BANDS, count))]
    chosen: list[int] = []
    distance = np.full(len(candidates), 1.0)
    while len(chosen) < count:
        band = bands[len(chosen) % len(bands)]
        best = max((place for place in band if place not in chosen), key=lambda p: distance[p] * (0.5 + doubt[p]),
                   default=None)  # fmt: skip
        if best is None:
            best = max(set(range(len(candidates))) - set(chosen), key=lambda p: (distance[p], -p))
        chosen.append(best)
        distance = np.minimum(distance, np.linalg.norm(space - space[best], axis=1))
    return sorted(chosen)


def _space(candidates: Sequence[Candidate]) -> Floats:
    """Quality and traits on one scale, so that distance means difference."""
    width = min(len(each.traits) for each in candidates)
    rows = np.array([[each.quality, *each.traits[:width]] for each in candidates], np.float64)
    return (rows - rows.mean(axis=0)) / np.maximum(rows.std(axis=0), 1e-6) / np.sqrt(width + 1)
