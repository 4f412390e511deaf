"""Fit the shipped models: ``python -m scoring train --data DIR``. Seeded: same data, same files."""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from scoring.datasets import Example, read_all
from scoring.fitting import SEED, Table, fit_model, sources_of
from scoring.remark import MODEL_VERSION
from scoring.shipped import FOLDER, save

MODELS = ("licensed", "full")


def run(options: argparse.Namespace) -> int:
    """Fit and write the models."""
    examples = doubled(read_all(options.data))
    with Vectors(options.cache) as cache:
        table = Table(examples, cache)
    wanted = MODELS[:1] if options.licensed_only else MODELS
    with threadpool_limits(
        1
    ):  # on a shared machine several threads wait for each other longer than they work
        fitted = {name: (fit_model(table, name), _about(name, examples)) for name in wanted}
    save(fitted, options.out or FOLDER)
    return 0


def doubled(examples: Sequence[Example]) -> list[Example]:
    """Examples on a passage count once with it and once without, so that having one means nothing."""
    from dataclasses import replace

    bare = [replace(e, remark=replace(e.remark, quote="")) for e in examples if e.remark.quote]
    return [*examples, *bare]


def _about(name: str, examples: Sequence[Example]) -> dict[str, object]:
    counts = Counter(example.source for example in examples if example.source in sources_of(name))
    return {"version": MODEL_VERSION, "seed": SEED, "fitted_on": dict(sorted(counts.items()))}


class Vectors:
    """Embeddings kept in a file between runs of fitting."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._store: dict[str, Any] = {}

    def __enter__(self) -> dict[str, Any]:
        if self._path and self._path.exists():
            with np.load(self._path, allow_pickle=False) as kept:
                self._store = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        return self._store

    def __exit__(self, *_: object) -> None:
        if self._path and self._store:
            keys, vectors = list(self._store), np.stack(list(self._store.values()))
            np.savez(self._path, keys=np.array(keys), vectors=vectors)
