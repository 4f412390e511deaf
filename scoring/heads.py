"""Fitted heads: a linear model and a small forest of trees, blended and calibrated, in plain arrays.

Fitted with scikit-learn (see fitting.py), applied with numpy alone, so that rating neither imports
scikit-learn nor opens a pickle. The arrays hold coefficients and thresholds, never a text.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[Any]  # whole numbers and floats alike

EMBEDDING_SCALE = 6.0  # unit vectors of 384 numbers are small beside standardised features


@dataclass(frozen=True)
class Space:
    """How features and embeddings become the inputs of the two kinds of model."""

    mean: Floats
    scale: Floats
    centre: Floats  # of the embeddings
    axes: Floats  # principal axes, shape (k, 384)

    def linear(self, features: Floats, vectors: Floats) -> Floats:
        """Standardised features beside scaled embeddings."""
        standard = np.clip((features - self.mean) / self.scale, -6, 6)
        return np.hstack([standard, vectors * EMBEDDING_SCALE]).astype(np.float32)

    def trees(self, features: Floats, vectors: Floats) -> Floats:
        """Raw features beside the embeddings' principal components."""
        return np.hstack([features, (vectors - self.centre) @ self.axes.T]).astype(np.float32)


@dataclass(frozen=True)
class Forest:
    """Boosted trees as arrays of shape (trees, nodes); a leaf is its own child."""

    feature: Numbers
    threshold: Floats
    left: Numbers
    right: Numbers
    value: Floats
    base: float

    def decide(self, inputs: Floats) -> Floats:
        """The sum of all trees' leaves for each row, in log odds."""
        trees = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(inputs), len(self.feature)), np.int64)
        rows = np.arange(len(inputs))[:, None]
        while True:
            goes_left = inputs[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            following = np.where(goes_left, self.left[trees, node], self.right[trees, node])
            if np.array_equal(following, node):
                break
            node = following
        total: Floats = self.base + self.value[trees, node].sum(axis=1)
        return total


@dataclass(frozen=True)
class Head:
    """One yes-or-no judgement with a calibrated probability."""

    coefficients: Floats
    intercept: float
    forest: Forest
    slope: float  # calibration: probability = sigmoid(slope * blend + offset)
    offset: float
    tree_share: float  # how much of the blend is the forest's

    def blend(self, linear_inputs: Floats, tree_inputs: Floats) -> Floats:
        """Log odds before calibration."""
        line = linear_inputs @ self.coefficients + self.intercept
        mixed: Floats = (1 - self.tree_share) * line + self.tree_share * self.forest.decide(tree_inputs)
        return mixed

    def probability(self, space: Space, features: Floats, vectors: Floats) -> Floats:
        """Calibrated probabilities, one a row."""
        odds = self.blend(space.linear(features, vectors), space.trees(features, vectors))
        return sigmoid(self.slope * odds + self.offset)


def sigmoid(odds: Floats) -> Floats:
    """Log odds to probabilities, without overflow."""
    return (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
