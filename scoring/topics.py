"""Topics: which confusions are about one idea, and what to call it in the students' and document's words."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.embeddings import Vectors
from scoring.lexicon import carries_content, is_a, is_english, lemma
from scoring.wording import Wording

PLACE_WEIGHT = 0.6  # beside a meaning of weight 1
PLACE_BINS = 24
KEEP_DIMENSIONS = 64
FEWEST, MOST = 2, 15

Labels = NDArray[np.signedinteger[Any]]
Places = Sequence[tuple[float, float] | None]


def cluster(
    vectors: Vectors, places: Places, length: float, number: int | None = None
) -> tuple[Labels, float]:
    """Group confusions by meaning and place.

    ``vectors``: unit rows; ``places``: where each stands on an axis of this ``length``, or None; ``number``:
    of groups, chosen when not given. Returns a label for each row and how well apart the groups lie
    (mean silhouette, -1 to 1). Ward's method on the two signals side by side (Ward 1963).
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    rows = _reduced(np.hstack([vectors, PLACE_WEIGHT * _place_signal(places, length)]))
    if len(rows) < 3:
        return np.ones(len(rows), np.int64), 0.0
    tree = linkage(rows, "ward")
    cuts = {k: fcluster(tree, k, "maxclust") for k in ([number] if number else _numbers(len(rows)))}
    distances = _distances(rows)
    scores = {k: _silhouette(distances, labels) for k, labels in cuts.items()}
    best = max(scores, key=lambda k: (round(scores[k], 3), -k))
    return cuts[best], scores[best]


def _numbers(size: int) -> range:
    """Numbers of groups worth trying: a teacher can use a handful, never one for each remark."""
    return range(FEWEST, max(FEWEST + 1, min(MOST, size // 2) + 1))


def _place_signal(places: Places, length: float) -> Vectors:
    """A soft position of unit length for each row, near for near places; zeros without a place."""
    centres = (np.arange(PLACE_BINS) + 0.5) / PLACE_BINS
    rows = np.zeros((len(places), PLACE_BINS), np.float32)
    for row, place in enumerate(places):
        if place is not None and length > 0:
            middle = min(1.0, (place[0] + place[1]) / 2 / length)
            bump = np.exp(-(((middle - centres) * PLACE_BINS / 2) ** 2))
            rows[row] = bump / max(1e-9, float(np.linalg.norm(bump)))
    return rows


def _reduced(rows: Vectors) -> Vectors:
    """The rows in fewer dimensions (distances kept as well as may be), since Ward looks at every pair."""
    if len(rows) <= 4 * KEEP_DIMENSIONS:
        return rows
    centred = rows - rows.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    reduced: Vectors = centred @ axes[:, -KEEP_DIMENSIONS:]
    return reduced


def _distances(rows: Vectors) -> Vectors:
    """Every row's distance to every other."""
    squares = (rows**2).sum(axis=1)
    apart: Vectors = np.sqrt(np.maximum(0.0, squares[:, None] + squares[None] - 2 * rows @ rows.T))
    return apart


def _silhouette(distances: Vectors, labels: Labels) -> float:
    """Mean silhouette (Rousseeuw 1987): how much nearer rows are to their own group than to the next one."""
    _, places = np.unique(labels, return_inverse=True)
    sizes, everyone = np.bincount(places), np.arange(len(places))
    if len(sizes) < 2:
        return 0.0
    sums = distances @ np.eye(len(sizes), dtype=np.float32)[places]
    own = sums[everyone, places] / np.maximum(1, sizes[places] - 1)
    means = sums / sizes
    means[everyone, places] = np.inf
    other = means.min(axis=1)
    scores = np.where(sizes[places] == 1, 0.0, (other - own) / np.maximum(np.maximum(own, other), 1e-9))
    return float(scores.mean())


@lru_cache(maxsize=8192)  # a report asks for those of each remark three times
def phrases(text: str) -> tuple[str, ...]:
    """Runs of one to three content words that end in what can be a noun, as they stand in the text."""
    found = []
    for sentence in Wording(text).sentences:
        words = [word.text for word in sentence.words]
        for start in range(len(words)):
            for end in range(start + 1, min(start + 3, len(words)) + 1):
                run = words[start:end]
                if all(carries_content(word) for word in run) and _can_be_a_noun(run[-1]):
                    found.append(" ".join(run))
    return tuple(found)


def _can_be_a_noun(word: str) -> bool:
    return word.isalpha() and (is_a(word, "noun") or not is_english(word))


def label(members: Sequence[str], others: Counter[str], total: int, document_words: set[str]) -> str:
    """The phrase that these texts share and other texts do not (class TF-IDF), "" when there is none.

    ``others`` counts the texts of the whole report that hold each phrase, ``total`` is their number.
    """
    counts: Counter[str] = Counter(phrase for text in members for phrase in set(_stemmed(text)))
    spelled: dict[str, Counter[str]] = {}
    for text in members:
        for phrase in phrases(text):
            spelled.setdefault(_stem(phrase), Counter())[phrase] += 1
    if not counts:
        return ""

    def worth(stem: str) -> tuple[float, str]:
        rare = math.log(1 + total / max(1, others[stem]))
        own = stem.split()
        known = 1.25 if all(word in document_words for word in own) else 1.0
        return counts[stem] * rare * known * (1 + 0.35 * (len(own) - 1)), stem

    best = max(counts, key=worth)
    rest = [
        stem
        for stem in counts
        if not set(stem.split()) & set(best.split()) and counts[stem] >= 0.3 * len(members)
    ]
    second = max(rest, key=worth, default="")
    names = [spelled[stem].most_common(1)[0][0] for stem in (best, second) if stem]
    return " and ".join(names).capitalize()


@lru_cache(maxsize=50_000)
def _stem(phrase: str) -> str:
    return " ".join(lemma(word) for word in phrase.split())


def _stemmed(text: str) -> list[str]:
    return [_stem(phrase) for phrase in phrases(text)]


def phrase_counts(texts: Sequence[str]) -> Counter[str]:
    """In how many texts each phrase (of lemmas) occurs."""
    return Counter(phrase for text in texts for phrase in set(_stemmed(text)))
