"""Whether topics of different assignments are about the same: the middles of what was said, compared.

A topic's middle is the mean of its members' vectors, seen against the background of all remarks and kept as 384
signed bytes in base64, so that a report can be compared with later ones without anybody's words.
"""

import base64
from collections.abc import Sequence

import numpy as np

from scoring.background import against_background
from scoring.embeddings import DIMENSIONS, Vectors

ALIKE = 0.6  # cosine from which two topics are about the same; docs/report.md says how it was chosen
_WIDEST = 127


def middle_of(vectors: Vectors) -> str:
    """The middle of a topic's members, given as rows of `embed`; "" where no member could be read."""
    read = vectors[np.linalg.norm(vectors, axis=1) > 0]
    if not len(read):
        return ""
    mean = against_background(read.mean(axis=0, keepdims=True))[0]
    whole = np.rint(mean * (_WIDEST / max(1e-9, float(np.abs(mean).max()))))
    return base64.b64encode(whole.astype(np.int8).tobytes()).decode()


def alike(middle: str, others: Sequence[str]) -> list[int]:
    """Which of the others are about the same, as positions, the closest first."""
    likeness = likenesses(middle, others)
    close = [place for place, value in enumerate(likeness) if value >= ALIKE]
    return sorted(close, key=lambda place: -likeness[place])


def likenesses(middle: str, others: Sequence[str]) -> list[float]:
    """The cosine of a middle and each of the others; 0 where one of the two is unknown."""
    if not middle or not others:
        return [0.0] * len(others)
    return [float(value) for value in np.stack([_unit(other) for other in others]) @ _unit(middle)]


def _unit(middle: str) -> Vectors:
    row = np.frombuffer(base64.b64decode(middle), np.int8).astype(np.float32)
    if len(row) != DIMENSIONS:
        return np.zeros(DIMENSIONS, np.float32)
    unit: Vectors = row / max(1e-9, float(np.linalg.norm(row)))
    return unit
