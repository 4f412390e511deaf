"""Fitting: from labelled examples to the plain arrays of heads.py. scikit-learn is needed here only."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import GroupKFold

from scoring.datasets import FREELY_LICENSED, NO_LICENCE_STATED, Example
from scoring.features import NAMES
from scoring.heads import Floats, Head, Space, sigmoid
from scoring.quality import raw_from
from scoring.shipped import HEADS, NOTE_HEADS, QUALITY_HEADS, Model
from scoring.table import Rows, Table

SEED = 20261121
GRADED = (*QUALITY_HEADS, *NOTE_HEADS)
LEVEL_OF_GRADE = np.array([0, 1, 1, 2])  # nothing, vague, general, specific
STRENGTH = {
    "quality": 0.01,
    "note": 0.01,
    "confusion": 0.02,
    "question": 0.01,
}  # scikit-learn's C: less holds harder
FOLDS = 3

# What must never raise a rating, and what must never lower it, whatever the data say.
LOWERS = (
    "relation.copied_from_text", "novelty.copied_from_peers", "discourse.repeated", "substance.is_a_list",
    "substance.says_nothing", "substance.nothing_told", "discourse.praising", "discourse.agreeing",
    "claims.bare", "claims.starts_with_nothing", "claims.nothing_left",
)  # fmt: skip
RAISES = (
    "reasoning.",
    "substance.named_things",
    "substance.terms",
    "substance.pairs_joined",
    "relation.beyond_passage",
)

# How much one example of a set weighs, per head: sets differ in size and in nearness to annotations.
WEIGHTS: dict[str, dict[str, float]] = {
    "quality": {
        "reflections": 2.0,
        "arguments": 0.1,
        "written": 1.5,
        "notes": 1.5,
        "composed": 1.0,
        "contrasts": 5.0,
        "video_comments": 2.0,
    },
    "note": {
        "reflections": 2.0,
        "arguments": 0.01,
        "written": 0.2,
        "notes": 1.0,
        "composed": 1.0,
        "contrasts": 0.3,
        "video_comments": 0.3,
    },
    "confusion": {
        "urgency": 4.0,
        "video_comments": 3.0,
        "emotions": 0.15,
        "written": 3.0,
        "notes": 1.0,
        "composed": 0.2,
        "contrasts": 4.0,
    },
    "question": {
        "forum_posts": 2.0,
        "urgency": 3.0,
        "video_comments": 3.0,
        "emotions": 0.15,
        "written": 0.5,
        "notes": 0.5,
        "composed": 0.05,
        "contrasts": 0.1,
    },
}  # fmt: skip


def labelled(table: Table, sources: set[str], kind: str) -> Rows:
    """Rows of these sets that are labelled for one kind of judgement and have a weight in it."""
    wanted = sources & set(WEIGHTS[kind.rstrip("123")])
    fits = [e.source in wanted and target_of(e, kind) is not None for e in table.examples]
    if kind in NOTE_HEADS:
        fits = [fit and not e.remark.quote for fit, e in zip(fits, table.examples, strict=True)]
    return np.flatnonzero(fits)


def _targets(table: Table, rows: Rows, kind: str) -> NDArray[np.int64]:
    return np.array([target_of(table.examples[row], kind) for row in rows], np.int64)


def _weights(table: Table, rows: Rows, kind: str) -> Floats:
    weights = WEIGHTS[kind.rstrip("123")]
    return np.array([weights[source] for source in table.sources[rows]], np.float32)


def target_of(example: Example, kind: str) -> int | None:
    """The 0/1 label of an example for one head, or None when its set does not say."""
    if kind in GRADED:
        return None if example.grade is None else int(example.grade >= int(kind[-1]))
    if kind == "confusion":
        return example.confusion
    if example.question is None and example.confusion == 0 and "?" not in example.remark.text:
        return 0
    if example.question is None and example.confusion == 1 and "?" in example.remark.text:
        return 1
    return example.question


def sources_of(model: str) -> set[str]:
    """The sets that a variant may be fitted on."""
    return FREELY_LICENSED if model == "licensed" else FREELY_LICENSED | NO_LICENCE_STATED


def fit_space(table: Table, rows: Rows) -> Space:
    """Means and scales of the rows a model is fitted on."""
    features = table.features[rows]
    scale = np.maximum(features.std(axis=0), 0.05)
    return Space(features.mean(axis=0).astype(np.float32), scale.astype(np.float32))


def fit_head(table: Table, rows: Rows, kind: str, space: Space) -> tuple[Head, Floats]:
    """One head, calibrated on folds of whole groups it did not see, and what it said of them."""
    odds, targets, weights = (
        np.zeros(len(rows), np.float32),
        _targets(table, rows, kind),
        _weights(table, rows, kind),
    )
    inputs = space.inputs(table.features[rows], table.vectors(kind)[rows])
    folds = min(FOLDS, len(set(table.groups[rows])))
    for fit, held in GroupKFold(folds).split(rows, groups=table.groups[rows]):
        odds[held] = _raw_head(inputs[fit], targets[fit], weights[fit], kind).odds(inputs[held])
    platt = LogisticRegression(C=100.0).fit(odds[:, None], targets, sample_weight=weights)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    if kind not in GRADED:  # these two are read as yes or no, so one half is where they agree best
        offset -= best_split(slope * odds + offset, targets, weights)
    raw = _raw_head(inputs, targets, weights, kind)
    return Head(raw.coefficients, raw.intercept, slope, offset), sigmoid(slope * odds + offset)


def _raw_head(inputs: Floats, targets: NDArray[np.int64], weights: Floats, kind: str) -> Head:
    """A logistic regression whose coefficients all point the way they must.

    What comes out the forbidden way is left out and the rest fitted again, twice at most; what then still
    does becomes 0.
    """
    wanted = _directions(kind, inputs.shape[1])
    kept = np.ones(inputs.shape[1], bool)
    for last in (False, True):
        line = LogisticRegression(C=STRENGTH[kind.rstrip("123")], max_iter=300, tol=1e-3)
        line.fit(inputs[:, kept], targets, sample_weight=weights)
        coefficients = np.zeros(inputs.shape[1], np.float32)
        coefficients[kept] = line.coef_[0]
        wrong = coefficients * wanted < 0
        if last or not wrong.any():
            break
        kept &= ~wrong
    return Head(np.where(wrong, 0, coefficients).astype(np.float32), float(line.intercept_[0]))


def _directions(kind: str, width: int) -> NDArray[np.int64]:
    found = np.zeros(width, np.int64)
    if kind in GRADED:
        found[: len(NAMES)] = [
            -1 if name in LOWERS else 1 if name.startswith(RAISES) else 0 for name in NAMES
        ]
    return found


def fit_model(
    table: Table, model: str, without: frozenset[str] = frozenset(), kinds: Sequence[str] = HEADS
) -> Model:
    """A variant, fitted on its sets except the groups held out; only some heads where no more are asked for."""
    allowed = sources_of(model)
    usable = np.array([group not in without for group in table.groups])

    def rows_for(kind: str) -> Rows:
        rows = labelled(table, allowed, kind)
        return rows[usable[rows]]

    rated = rows_for("quality1")
    space = fit_space(table, np.union1d(rated, rows_for("confusion")))
    fitted = {kind: fit_head(table, rows_for(kind), kind, space) for kind in kinds}
    cuts, note_cuts = (
        _cuts(table, rows_for(graded[0]), [fitted[kind][1] for kind in graded], graded[0])
        if graded[0] in fitted
        else (0.5, 1.5)
        for graded in (QUALITY_HEADS, NOTE_HEADS)
    )
    grades = np.array([table.examples[row].grade for row in rated])
    thoughtful = table.features[rated][grades == 3].mean(axis=0).astype(np.float32)
    return Model(space, {kind: head for kind, (head, _) in fitted.items()}, cuts, note_cuts, thoughtful)


def _cuts(table: Table, rows: Rows, steps: Sequence[Floats], kind: str) -> tuple[float, float]:
    """Cut points for what was said of held-out rows; ranked arguments left out, since a rank is no level."""
    rated = table.sources[rows] != "arguments"
    grades = np.array([table.examples[row].grade for row in rows])[rated]
    return best_cuts(raw_from(steps)[rated], LEVEL_OF_GRADE[grades], _weights(table, rows, kind)[rated])


def best_split(odds: Floats, targets: NDArray[np.int64], weights: Floats) -> float:
    """The log odds at which saying yes agrees best with the labels (kappa); near 0, so never far off."""
    places = np.linspace(-1.0, 1.0, 21)
    kappas = [cohen_kappa_score(targets, odds > place, sample_weight=weights) for place in places]
    return float(places[int(np.argmax(kappas))])


def best_cuts(raw: Floats, levels: NDArray[np.int64], weights: Floats) -> tuple[float, float]:
    """The two cut points with the highest quadratic weighted kappa."""
    places = np.unique(np.quantile(raw, np.linspace(0.02, 0.98, 49)))
    best, found = -1.0, (0.5, 1.5)
    for low in places[places < 1.2]:
        for high in places[places > max(low + 0.2, 0.8)]:
            guess = (raw > low).astype(int) + (raw > high)
            kappa = cohen_kappa_score(levels, guess, weights="quadratic", sample_weight=weights)
            if kappa > best:
                best, found = kappa, (float(low), float(high))
    return found
