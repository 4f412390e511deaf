"""Fitting: from labelled examples to the plain arrays of heads.py. scikit-learn is needed here only."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import GroupKFold

from scoring.batch import Batch, prepare
from scoring.datasets import FREELY_LICENSED, NO_LICENCE_STATED, Example
from scoring.features import NAMES
from scoring.heads import Floats, Forest, Head, Space, sigmoid
from scoring.quality import raw_from
from scoring.shipped import QUALITY_HEADS, Model

SEED = 20261121
COMPONENTS = 32
LEVEL_OF_GRADE = np.array([0, 1, 1, 2])  # nothing, vague, general, specific
TREE_SHARE = 0.35
FOLDS = 2

# What must never raise a rating, and what must never lower it, whatever the data say.
LOWERS = (
    "relation.copied_from_text", "novelty.copied_from_peers", "discourse.repeated", "substance.is_a_list",
    "substance.says_nothing", "substance.nothing_told", "discourse.praising", "discourse.agreeing",
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
    "quality": {"reflections": 3.0, "arguments": 0.1, "written": 3.0, "notes": 10.0, "video_comments": 2.0},
    "confusion": {"urgency": 3.0, "video_comments": 1.0, "emotions": 0.15, "written": 3.0, "notes": 1.0},
    "question": {
        "forum_posts": 2.0,
        "urgency": 0.3,
        "video_comments": 0.3,
        "emotions": 0.15,
        "written": 3.0,
        "notes": 1.0,
    },
}

Rows = NDArray[np.int64]


class Table:
    """Examples with their features and vectors, in one order."""

    def __init__(self, examples: Sequence[Example], cache: dict[str, Any] | None = None) -> None:
        self.examples = list(examples)
        self.batch: Batch = prepare([example.remark for example in examples], cache)
        self.groups = np.array([example.group for example in examples])
        self.sources = np.array([example.source for example in examples])

    def rows(self, sources: set[str], kind: str) -> Rows:
        """Rows of these sets that are labelled for one kind of judgement and have a weight in it."""
        wanted = sources & set(WEIGHTS[kind.rstrip("123")])
        keep = [e.source in wanted and target_of(e, kind) is not None for e in self.examples]
        return np.flatnonzero(keep)

    def targets(self, rows: Rows, kind: str) -> NDArray[np.int64]:
        return np.array([target_of(self.examples[row], kind) for row in rows], np.int64)

    def weights(self, rows: Rows, kind: str) -> Floats:
        table = WEIGHTS[kind.rstrip("123")]
        return np.array([table[self.examples[row].source] for row in rows], np.float32)

    def vectors(self, kind: str) -> Floats:
        return self.batch.told if kind in QUALITY_HEADS else self.batch.said


def target_of(example: Example, kind: str) -> int | None:
    """The 0/1 label of an example for one head, or None when its set does not say."""
    if kind in QUALITY_HEADS:
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
    """Means, scales and principal axes of the rows a model is fitted on."""
    features, vectors = table.batch.features[rows], table.batch.said[rows]
    pca = PCA(COMPONENTS, random_state=SEED).fit(vectors)
    scale = np.maximum(features.std(axis=0), 0.05)
    parts = (features.mean(axis=0), scale, pca.mean_, pca.components_)
    return Space(*(np.asarray(part, np.float32) for part in parts))


def fit_head(table: Table, rows: Rows, kind: str, space: Space) -> tuple[Head, Floats]:
    """One head, calibrated on folds of whole groups it did not see, and what it said of them."""
    odds, targets = np.zeros(len(rows), np.float32), table.targets(rows, kind)
    folds = min(FOLDS, len(set(table.groups[rows])))
    for fit, held in GroupKFold(folds).split(rows, groups=table.groups[rows]):
        odds[held] = decide(table, rows[held], kind, space, _raw_head(table, rows[fit], kind, space))
    weights = table.weights(rows, kind)
    platt = LogisticRegression(C=100.0).fit(odds[:, None], targets, sample_weight=weights)
    raw = _raw_head(table, rows, kind, space)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    if kind not in QUALITY_HEADS:  # these two are read as yes or no, so one half is where they agree best
        offset -= best_split(slope * odds + offset, targets, weights)
    head = Head(raw.coefficients, raw.intercept, raw.forest, slope, offset, raw.tree_share)
    return head, sigmoid(slope * odds + offset)


def decide(table: Table, rows: Rows, kind: str, space: Space, head: Head) -> Floats:
    """Uncalibrated log odds of a head for rows of a table."""
    features, vectors = table.batch.features[rows], table.vectors(kind)[rows]
    return head.blend(space.linear(features, vectors), space.trees(features, vectors))


def _raw_head(table: Table, rows: Rows, kind: str, space: Space) -> Head:
    features, vectors = table.batch.features[rows], table.vectors(kind)[rows]
    targets, weights = table.targets(rows, kind), table.weights(rows, kind)
    line = LogisticRegression(C=0.01, max_iter=400)
    line.fit(space.linear(features, vectors), targets, sample_weight=weights)
    trees = HistGradientBoostingClassifier(
        max_iter=80, learning_rate=0.09, max_leaf_nodes=10, min_samples_leaf=25, l2_regularization=5.0,
        max_bins=64,
        early_stopping=False, random_state=SEED, monotonic_cst=_directions(kind) + [0] * COMPONENTS,
    )  # fmt: skip
    trees.fit(space.trees(features, vectors), targets, sample_weight=weights)
    coefficients = _held_to_direction(line.coef_[0], kind)
    return Head(coefficients, float(line.intercept_[0]), export(trees), 1.0, 0.0, TREE_SHARE)


def _directions(kind: str) -> list[int]:
    if kind not in QUALITY_HEADS:
        return [0] * len(NAMES)
    return [-1 if name in LOWERS else 1 if name.startswith(RAISES) else 0 for name in NAMES]


def _held_to_direction(coefficients: Floats, kind: str) -> Floats:
    """Coefficients that point the forbidden way become 0."""
    wanted = np.array(_directions(kind) + [0] * (len(coefficients) - len(NAMES)))
    return np.where(coefficients * wanted < 0, 0.0, coefficients).astype(np.float32)


def export(model: HistGradientBoostingClassifier) -> Forest:
    """A fitted scikit-learn forest as arrays; a leaf is made its own child."""
    trees = [predictors[0].nodes for predictors in model._predictors]
    width = max(len(tree) for tree in trees)
    shape = (len(trees), width)
    feature, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for row, tree in enumerate(trees):
        size, leaf = len(tree), tree["is_leaf"].astype(bool)
        own = np.arange(size)
        feature[row, :size] = np.where(leaf, 0, tree["feature_idx"])
        threshold[row, :size] = np.where(leaf, 0.0, tree["num_threshold"])
        left[row, :size] = np.where(leaf, own, tree["left"])
        right[row, :size] = np.where(leaf, own, tree["right"])
        value[row, :size] = tree["value"]
    return Forest(feature, threshold, left, right, value, float(np.ravel(model._baseline_prediction)[0]))


def fit_model(table: Table, model: str, without: frozenset[str] = frozenset()) -> Model:
    """A whole variant, fitted on its sets except the groups held out."""
    allowed = sources_of(model)
    usable = np.array([group not in without for group in table.groups])

    def rows_for(kind: str) -> Rows:
        rows = table.rows(allowed, kind)
        return rows[usable[rows]]

    graded = rows_for("quality1")
    space = fit_space(table, np.union1d(graded, rows_for("confusion")))
    kinds = (*QUALITY_HEADS, "confusion", "question")
    fitted = {kind: fit_head(table, rows_for(kind), kind, space) for kind in kinds}
    raw = raw_from([fitted[kind][1] for kind in QUALITY_HEADS])
    grades = np.array([table.examples[row].grade for row in graded])
    thoughtful = table.batch.features[graded][grades == 3].mean(axis=0).astype(np.float32)
    rated = table.sources[graded] != "arguments"  # those are ranked, and a rank is no level
    weights = table.weights(graded, "quality1")[rated]
    cuts = best_cuts(raw[rated], LEVEL_OF_GRADE[grades[rated]], weights)
    return Model(space, {kind: head for kind, (head, _) in fitted.items()}, cuts, thoughtful)


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
