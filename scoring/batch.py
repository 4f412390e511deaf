"""A batch of remarks made ready for the models: readings, features and vectors, each made once."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.embeddings import DIMENSIONS, embed, wordings
from scoring.features import NAMES, measure
from scoring.heads import Floats
from scoring.reading import Nearness, Reading
from scoring.remark import Remark

MAX_EARLIER = 20  # peers compared by meaning; copying is looked for in all of them
MAX_CHARACTERS = 2000  # of any text that is embedded


@dataclass(frozen=True)
class Batch:
    """``told``: what sentences that say something are about; ``said``: how all of the author's own are worded."""

    readings: list[Reading]
    features: Floats
    told: Floats
    said: Floats


def prepare(remarks: Sequence[Remark], cache: MutableMapping[str, Any] | None = None) -> Batch:
    """Read, embed and measure remarks. ``cache``: see ``embeddings.embed``."""
    readings = [Reading(remark) for remark in remarks]
    wanted = [text for reading in readings for text in _texts(reading)]
    said = _distinct([reading.said for reading in readings])
    worded = dict(zip(said, wordings(said, cache), strict=True))
    distinct = _distinct(wanted)
    vectors = dict(zip(distinct, embed(distinct, cache), strict=True))
    for reading in readings:
        reading.near = _nearness(reading, vectors)
    features = [measure(reading) for reading in readings]
    return Batch(
        readings,
        np.stack(features) if features else np.zeros((0, len(NAMES)), np.float32),
        _stacked([told_text(reading) for reading in readings], vectors),
        _stacked([reading.said for reading in readings], worded),
    )


def told_text(reading: Reading) -> str:
    """What quality is judged on: the telling sentences, or all own ones when none tells anything."""
    return reading.told or reading.said


def _texts(reading: Reading) -> list[str]:
    remark = reading.remark
    around = [remark.quote or remark.context, remark.parent, *remark.earlier[-MAX_EARLIER:]]
    return [told_text(reading), *around]


def _distinct(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text[:MAX_CHARACTERS] for text in texts if text))


def _stacked(texts: list[str], vectors: dict[str, Floats]) -> Floats:
    nothing = np.zeros(DIMENSIONS, np.float32)
    rows = [vectors.get(text[:MAX_CHARACTERS], nothing) for text in texts]
    return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)


def _nearness(reading: Reading, vectors: dict[str, Floats]) -> Nearness:
    own = vectors.get(told_text(reading)[:MAX_CHARACTERS])
    remark = reading.remark

    def near(text: str) -> float | None:
        other = vectors.get(text[:MAX_CHARACTERS])
        return None if own is None or other is None else float(own @ other)

    to_peers = [value for text in remark.earlier[-MAX_EARLIER:] if (value := near(text)) is not None]
    return Nearness(near(remark.quote or remark.context), near(remark.parent), max(to_peers, default=None))
