"""How likely a remark asks, and how likely its author is lost, judged as the kind of text it is.

A forum post, a comment under a recording and a remark on a reading ask for help in different ways: a question
under a recording is nearly always confusion, in a forum half of them are talk among peers. So each genre has
heads of its own, fitted on its own sets, and a remark is judged by all of them in the shares in which it reads
like each (a mixture of experts). What stands on a passage is a remark.
"""

import numpy as np
from numpy.typing import NDArray

from scoring.features import NAMES
from scoring.heads import Floats
from scoring.shipped import GENRES, Model

HAS_PASSAGE = NAMES.index("relation.has_passage")
REMARK = GENRES.index("remark")


def asking(fitted: Model, features: Floats, said: Floats) -> tuple[Floats, Floats]:
    """Probabilities of confusion and of a question, one of each a row; ``said``: see ``batch.Batch``."""
    inputs = fitted.asking_space.inputs(features, said)
    shares = _shares(fitted, inputs, features[:, HAS_PASSAGE] > 0)
    confusion, question = (
        np.sum([shares[place] * fitted.heads[f"{kind}_{genre}"].probability(inputs)
                for place, genre in enumerate(GENRES)], axis=0)
        for kind in ("confusion", "question")
    )  # fmt: skip
    return confusion, question


def _shares(fitted: Model, inputs: Floats, on_passage: NDArray[np.bool_]) -> Floats:
    """How much each row reads like each genre, shape (genres, rows); every column adds up to 1."""
    odds = np.stack([fitted.heads[f"genre_{genre}"].odds(inputs) for genre in GENRES])
    raised = np.exp(odds - odds.max(axis=0))
    shares: Floats = raised / raised.sum(axis=0)
    shares[:, on_passage] = 0.0
    shares[REMARK, on_passage] = 1.0
    return shares
