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
from scoring.shipped import (
    ASKING_HEADS,
    CONFUSION_HEADS,
    GENRE_HEADS,
    GENRES,
    HEADS,
    NOTE_HEADS,
    QUALITY_HEADS,
    Model,
)
from scoring.table import Rows, Table
from scoring.weighing import GENRE_OF, STRENGTH, WANTS_HELP, kind_of, weights_of

SEED = 20261121
GRADED = (*QUALITY_HEADS, *NOTE_HEADS)
LEVEL_OF_GRADE = np.array([0, 1, 1, 2])  # nothing, vague, general, specific
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
ABOUT, WORDED = 4.0, 8.0  # how much of the vectors, together, beside standardised features
UNGRADED = "forum."  # what quality never reads: how long a post is, how it asks the staff for help

WITHOUT_PASSAGE = (
    *NOTE_HEADS, "genre", "confusion_post", "confusion_comment", "question_post", "question_comment",
)  # fmt: skip


def labelled(table: Table, sources: set[str], kind: str) -> Rows:
    """Rows of these sets that are labelled for one kind of judgement and have a weight in it."""
    wanted = sources & set(weights_of(kind))
    fits = [e.source in wanted and target_of(e, kind) is not None for e in table.examples]
    if kind in WITHOUT_PASSAGE:
        fits = [fit and not e.remark.quote for fit, e in zip(fits, table.examples, strict=True)]
    return np.flatnonzero(fits)


def _targets(table: Table, rows: Rows, kind: str) -> NDArray[np.int64]:
    return np.array([target_of(table.examples[row], kind) for row in rows], np.int64)


def _weights(table: Table, rows: Rows, kind: str) -> Floats:
    weights = weights_of(kind)
    return np.array([weights[source] for source in table.sources[rows]], np.float32)


def target_of(example: Example, kind: str) -> int | None:
    """The 0/1 label of an example for one head, or None when its set does not say."""
    if kind in GRADED:
        return None if example.grade is None else int(example.grade >= int(kind[-1]))
    if kind == "genre":
        return GENRES.index(GENRE_OF[example.source]) if example.source in GENRE_OF else None
    if kind in CONFUSION_HEADS:
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
    """Means and scales of the rows that quality is fitted on; what they are about is near unit length as it is."""
    mean, scale = _standard(table.features[rows], 0.05)
    width = table.told.shape[1]
    return Space(mean, scale, np.zeros(width, np.float32), np.full(width, 1 / ABOUT, np.float32))


def fit_asking_space(table: Table, rows: Rows) -> Space:
    """Means and scales of the rows that tell the genres apart; the middle's numbers differ widely in size."""
    mean, scale = _standard(table.said[rows], 1e-3)
    return Space(*_standard(table.features[rows], 0.05), mean, scale * np.float32(len(scale) ** 0.5 / WORDED))


def _standard(values: Floats, least: float) -> tuple[Floats, Floats]:
    return values.mean(axis=0).astype(np.float32), np.maximum(values.std(axis=0), least).astype(np.float32)


def fit_head(table: Table, rows: Rows, kind: str, space: Space) -> tuple[Head, Floats]:
    """One head, calibrated on folds of whole groups it did not see, and what it said of them."""
    odds, targets, weights = (
        np.zeros(len(rows), np.float32),
        _targets(table, rows, kind),
        _weights(table, rows, kind),
    )
    shares = _shares(table, rows, kind)
    inputs = space.inputs(table.features[rows], table.vectors(kind)[rows])
    folds = min(FOLDS, len(set(table.groups[rows])))
    for fit, held in GroupKFold(folds).split(rows, groups=table.groups[rows]):
        odds[held] = _raw_head(inputs[fit], shares[fit], weights[fit], kind).odds(inputs[held])
    platt = LogisticRegression(C=100.0).fit(odds[:, None], targets, sample_weight=weights)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    if kind not in GRADED:  # these two are read as yes or no, so one half is where they agree best
        offset -= best_split(slope * odds + offset, targets, weights)
    raw = _raw_head(inputs, shares, weights, kind)
    return Head(raw.coefficients, raw.intercept, slope, offset), sigmoid(slope * odds + offset)


def _shares(table: Table, rows: Rows, kind: str) -> Floats:
    """How likely each row is a yes: its label, or for a forum post what its urgency says."""
    if kind != "confusion_post":
        return _targets(table, rows, kind).astype(np.float32)
    return np.array([WANTS_HELP[int(table.examples[row].extra["urgency"])] for row in rows], np.float32)


def _raw_head(inputs: Floats, shares: Floats, weights: Floats, kind: str) -> Head:
    """A logistic regression whose coefficients all point the way they must.

    What comes out the forbidden way is left out and the rest fitted again, twice at most; what then still
    does becomes 0. A row that is a yes only to a share counts as both, in shares.
    """
    wanted = _directions(kind, inputs.shape[1])
    kept = _readable(kind, inputs.shape[1])
    doubled = np.vstack([inputs, inputs])
    answers = np.repeat([1, 0], len(inputs))
    counts = np.concatenate([weights * shares, weights * (1 - shares)])
    seen = counts > 0
    for last in (False, True):
        line = LogisticRegression(C=STRENGTH[kind_of(kind)], max_iter=300, tol=1e-3)
        line.fit(doubled[seen][:, kept], answers[seen], sample_weight=counts[seen])
        coefficients = np.zeros(inputs.shape[1], np.float32)
        coefficients[kept] = line.coef_[0]
        wrong = coefficients * wanted < 0
        if last or not wrong.any():
            break
        kept &= ~wrong
    return Head(np.where(wrong, 0, coefficients).astype(np.float32), float(line.intercept_[0]))


def _readable(kind: str, width: int) -> NDArray[np.bool_]:
    """The inputs that a head may read."""
    found = np.ones(width, bool)
    if kind in GRADED:
        found[: len(NAMES)] = [not name.startswith(UNGRADED) for name in NAMES]
    return found


def fit_genres(table: Table, rows: Rows, space: Space) -> dict[str, Head]:
    """Heads whose odds, set against each other, say what kind of text a row is."""
    inputs = space.inputs(table.features[rows], table.vectors("genre")[rows])
    genres = _targets(table, rows, "genre")
    line = LogisticRegression(C=STRENGTH["genre"], max_iter=300, tol=1e-3)
    line.fit(inputs, genres, sample_weight=_weights(table, rows, "genre"))
    return {
        kind: Head(line.coef_[place].astype(np.float32), float(line.intercept_[place]))
        for place, kind in enumerate(GENRE_HEADS)
    }


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
    space = fit_space(table, np.union1d(rated, rows_for("confusion_remark")))
    asking_space = fit_asking_space(table, rows_for("genre"))
    fitted = {
        kind: fit_head(table, rows_for(kind), kind, asking_space if kind in ASKING_HEADS else space)
        for kind in kinds
        if kind not in GENRE_HEADS
    }
    cuts, note_cuts = (
        _cuts(table, rows_for(graded[0]), [fitted[kind][1] for kind in graded], graded[-1])
        if graded[0] in fitted
        else (0.5, 1.5)
        for graded in (QUALITY_HEADS, NOTE_HEADS)
    )
    grades = np.array([table.examples[row].grade for row in rated])
    thoughtful = table.features[rated][grades == 3].mean(axis=0).astype(np.float32)
    heads = {kind: head for kind, (head, _) in fitted.items()}
    heads |= fit_genres(table, rows_for("genre"), asking_space)
    return Model(space, asking_space, heads, cuts, note_cuts, thoughtful)


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
