"""Fit the shipped models: ``python -m scoring train --data DIR``. Seeded: same data, same files."""

import argparse
from collections import Counter
from collections.abc import Sequence

from threadpoolctl import threadpool_limits

from scoring.datasets import Example, read_all
from scoring.fitting import SEED, fit_model, sources_of
from scoring.remark import MODEL_VERSION
from scoring.shipped import FOLDER, save
from scoring.table import Table, doubled

MODELS = ("licensed", "full")


def run(options: argparse.Namespace) -> int:
    """Fit and write the models."""
    wanted = MODELS[:1] if options.licensed_only else MODELS
    allowed = frozenset[str]().union(*(sources_of(name) for name in wanted))
    examples = doubled(read_all(options.data, allowed))
    table = Table(examples, options.cache)
    with threadpool_limits(
        1
    ):  # on a shared machine several threads wait for each other longer than they work
        fitted = {name: (fit_model(table, name), _about(name, examples)) for name in wanted}
    save(fitted, options.out or FOLDER)
    return 0


def _about(name: str, examples: Sequence[Example]) -> dict[str, object]:
    counts = Counter(example.source for example in examples if example.source in sources_of(name))
    return {"version": MODEL_VERSION, "seed": SEED, "fitted_on": dict(sorted(counts.items()))}
