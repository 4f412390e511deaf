"""Fitted heads: calibrated linear judgements over features and embeddings, in plain arrays.

Fitted with scikit-learn (see fitting.py), applied with numpy alone, so that rating neither imports
scikit-learn nor opens a pickle. The arrays hold coefficients, never a text.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[Any]  # whole numbers and floats alike

FURTHEST = 4.0  # standard deviations; what is stranger than this is not stranger still


@dataclass(frozen=True)
class Space:
    """How features and embeddings become the inputs of the heads."""

    mean: Floats
    scale: Floats
    vector_mean: Floats
    vector_scale: Floats  # small: 384 numbers together weigh no more than some standardised features

    def inputs(self, features: Floats, vectors: Floats) -> Floats:
        """Standardised features beside vectors, one row a remark; without words of its own it has none, only 0."""
        standard = np.clip((features - self.mean) / self.scale, -FURTHEST, FURTHEST)
        meant = (
            np.where(vectors.any(axis=1, keepdims=True), vectors - self.vector_mean, 0) / self.vector_scale
        )
        return np.hstack([standard, meant]).astype(np.float32)


@dataclass(frozen=True)
class Head:
    """One yes-or-no judgement with a calibrated probability."""

    coefficients: Floats
    intercept: float
    slope: float = 1.0  # calibration: probability = sigmoid(slope * odds + offset)
    offset: float = 0.0

    def odds(self, inputs: Floats) -> Floats:
        """Log odds before calibration."""
        found: Floats = inputs @ self.coefficients + np.float32(self.intercept)
        return found

    def probability(self, inputs: Floats) -> Floats:
        """Calibrated probabilities, one a row."""
        return sigmoid(self.slope * self.odds(inputs) + self.offset)


def sigmoid(odds: Floats) -> Floats:
    """Log odds to probabilities, without overflow."""
    return (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
