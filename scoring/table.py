"""Labelled examples with everything measured: features, vectors, words. What fitting and evaluation share.

Measuring takes minutes, so it is kept in a folder, a file for each thousand examples. A file's name says what was
measured and with which code, so that a change of either measures again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.batch import prepare
from scoring.datasets import Example
from scoring.embeddings import KEEP
from scoring.heads import Floats

AT_ONCE = 1000
PARTS = ("features", "told", "said", "words")

Rows = NDArray[np.int64]


class Table:
    """Examples in one order: ``features`` (rows, features), ``told`` and ``said`` (rows, 384), ``words`` (rows)."""

    def __init__(self, examples: Sequence[Example], folder: Path | None = None) -> None:
        self.examples = list(examples)
        self.groups = np.array([example.group for example in examples])
        self.sources = np.array([example.source for example in examples])
        pieces = [
            _measured(self.examples[at : at + AT_ONCE], folder) for at in range(0, len(examples), AT_ONCE)
        ]
        self.features, self.told, self.said, self.words = (
            np.concatenate([piece[part] for piece in pieces]).astype(np.float32) for part in PARTS
        )

    def vectors(self, kind: str) -> Floats:
        """The vectors that a head reads: quality only sentences that say something, the others all."""
        found: Floats = self.told if kind.startswith(("quality", "note")) else self.said
        return found


def doubled(examples: Sequence[Example]) -> list[Example]:
    """Comments written on a passage count once with it and once without, so that having one means nothing."""
    bare = [
        replace(e, remark=replace(e.remark, quote=""))
        for e in examples
        if e.source in ("written", "contrasts")
    ]
    return [*examples, *bare]


def _measured(examples: Sequence[Example], folder: Path | None) -> dict[str, NDArray[Any]]:
    file = folder / f"{_key(examples)}.npz" if folder else None
    if file and file.exists():
        with np.load(file, allow_pickle=False) as kept:
            return {part: kept[part] for part in PARTS}
    found = _measure(examples)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, allow_pickle=False, **found)
    return found


def _measure(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    assert len(examples) <= KEEP
    batch = prepare([example.remark for example in examples])
    return {
        "features": batch.features,
        "told": batch.told.astype(np.float16),
        "said": batch.said.astype(np.float16),
        "words": np.array([len(reading.wording.words) for reading in batch.readings], np.float32),
    }


def _key(examples: Sequence[Example]) -> str:
    """Names what is measured and the code and word lists it is measured with."""
    here = Path(__file__).parent
    code = [
        here / f"{name}.py"
        for name in ("reading", "own_words", "wording", "lexicon", "phrases", "batch", "embeddings")
    ]
    code += sorted([*(here / "features").glob("*.py"), *(here / "words").iterdir()])
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in code))
    digest.update(repr([example.remark for example in examples]).encode("utf-8", "replace"))
    return digest.hexdigest()[:24]
