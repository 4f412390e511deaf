"""Which confusions are about one idea: groups by meaning, shared words and place."""

import math
from collections import Counter
from collections.abc import MutableMapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.background import against_background
from scoring.embeddings import Vectors, embed
from scoring.frames import without_frame
from scoring.lexicon import content_of

PLACE_WEIGHT = 0.6  # beside a meaning of weight 1
WORDS_WEIGHT = 0.3
MOST_WORDS = 200  # that at least two remarks share
PLACE_BINS = 24
KEEP_DIMENSIONS = 64
FARTHER = 2.5  # power of squared distances: what differs much in one thing shares no group for the others
FEWEST, MOST = 2, 15
USUAL = 5  # topics that a teacher names for a lesson, and can use
UNUSUAL = 0.03  # what each topic more or less than usual must win in silhouette
NEIGHBOURS = 3  # members of a topic that a new remark is compared with
FAR = 0.15  # likeness below which a new remark belongs to none of the topics

Labels = NDArray[np.signedinteger[Any]]
Places = Sequence[tuple[float, float] | None]


def rows_for(
    texts: Sequence[str], places: Places, length: float, cache: MutableMapping[str, Any] | None = None
) -> Vectors:
    """What grouping looks at, a row for each remark: meaning, rare words that it shares, and place.

    ``places``: where each stands on an axis of this ``length``, or None; ``cache``: see ``embed``. A remark means
    what its subject means by itself and in its frame, since a frame, too, may tell (“how to calculate” from “why”).
    """
    bare = [without_frame(text) for text in texts]
    meaning = against_background(_unit(embed(bare, cache) + embed(texts, cache)))
    words = WORDS_WEIGHT * _shared_words(bare)
    return np.hstack([meaning, words, PLACE_WEIGHT * _place_signal(places, length)])


def cluster(rows: Vectors, number: int | None = None) -> Labels:
    """A label for each row, by Ward's method (Ward 1963) on distances of which large ones are made larger.

    Without a ``number`` of groups it is the one whose groups lie best apart (mean silhouette), which must
    win something for every group that it is away from the number that teachers use.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist

    if len(rows) < 3:
        return np.ones(len(rows), np.int64)
    rows = _reduced(rows)
    tree = linkage(pdist(rows, "sqeuclidean") ** FARTHER, "ward")
    if number:
        return np.asarray(fcluster(tree, number, "maxclust"))
    usual = _usual(len(rows))
    cuts = {k: np.asarray(fcluster(tree, k, "maxclust")) for k in _numbers(len(rows))}
    worth = {k: float(silhouettes(rows, cut).mean()) - UNUSUAL * abs(k - usual) for k, cut in cuts.items()}
    return cuts[max(worth, key=lambda k: (round(worth[k], 3), -k))]


def assign(rows: Vectors, known: Sequence[str]) -> list[str]:
    """Every row's topic: the known one, or that of its nearest neighbours; "" where nothing is near."""
    names = sorted({name for name in known if name})
    if not names:
        return list(known)
    members = [np.flatnonzero([name == topic for name in known]) for topic in names]
    found = list(known)
    for row in (row for row, name in enumerate(known) if not name):
        likeness = [_nearest(rows[row] @ rows[own].T / float(rows[row] @ rows[row])) for own in members]
        best = int(np.argmax(likeness))
        found[row] = names[best] if likeness[best] >= FAR else ""
    return found


def _nearest(likeness: Vectors) -> float:
    return float(np.sort(likeness)[-NEIGHBOURS:].mean())


def _usual(size: int) -> int:
    return max(USUAL, round(size ** (1 / 3)))


def _numbers(size: int) -> range:
    """Numbers of groups worth trying: a teacher can use a handful, never one for each remark."""
    return range(FEWEST, max(FEWEST + 1, min(MOST, size // 2) + 1))


def _shared_words(texts: Sequence[str]) -> Vectors:
    """A row of unit length for each text, of the content words that another text has, too (TF-IDF)."""
    words = [content_of(text) for text in texts]
    spread = Counter(word for own in words for word in own)
    shared = [word for word, count in spread.most_common() if count > 1][:MOST_WORDS]
    column = {word: number for number, word in enumerate(sorted(shared))}
    rows = np.zeros((len(texts), len(column)), np.float32)
    for row, own in enumerate(words):
        for word in own & column.keys():
            rows[row, column[word]] = math.log(1 + len(texts) / spread[word])
    return _unit(rows)


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit


def _place_signal(places: Places, length: float) -> Vectors:
    """A soft position of unit length for each row, near for near places; zeros without a place."""
    rows = np.zeros((len(places), PLACE_BINS), np.float32)
    known = [row for row, place in enumerate(places) if place is not None and length > 0]
    if known:
        ends = np.array([places[row] for row in known], float)
        middles = np.minimum(1.0, ends.mean(axis=1) / length)
        centres = (np.arange(PLACE_BINS) + 0.5) / PLACE_BINS
        bumps = np.exp(-(((middles[:, None] - centres) * PLACE_BINS / 2) ** 2))
        rows[known] = bumps / np.maximum(1e-9, np.linalg.norm(bumps, axis=1, keepdims=True))
    return rows


def _reduced(rows: Vectors) -> Vectors:
    """The rows in fewer dimensions (distances kept as well as may be), since Ward looks at every pair."""
    if len(rows) <= 4 * KEEP_DIMENSIONS:
        return rows
    centred = rows - rows.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    reduced: Vectors = centred @ axes[:, -KEEP_DIMENSIONS:]
    return reduced


def silhouettes(rows: Vectors, labels: Labels | Sequence[str]) -> Vectors:
    """For each row how much nearer it is to its own group than to the next one, -1 to 1 (Rousseeuw 1987).

    The distance to a group is the root mean square of those to its members: unlike their mean, it follows from
    the group's centre and spread, so that thousands of rows need no table of all pairs.
    """
    _, places = np.unique(np.asarray(labels), return_inverse=True)
    sizes, everyone = np.bincount(places), np.arange(len(places))
    if len(sizes) < 2:
        return np.zeros(len(places), np.float32)
    members = np.eye(len(sizes), dtype=np.float32)[places].T
    squares = (rows**2).sum(axis=1)
    sums = sizes * squares[:, None] + members @ squares - 2 * rows @ (members @ rows).T
    own = sums[everyone, places] / np.maximum(1, sizes[places] - 1)
    means = sums / sizes
    means[everyone, places] = np.inf
    near, other = np.sqrt(np.maximum(0.0, own)), np.sqrt(np.maximum(0.0, means.min(axis=1)))
    return np.where(sizes[places] == 1, 0.0, (other - near) / np.maximum(np.maximum(near, other), 1e-9))
