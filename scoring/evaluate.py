"""Figures on groups that a fit never saw: ``python -m scoring evaluate --data DIR``.

Every course, thread, video or issue is held out once (two folds of whole groups). Printed beside what a
word count and the rule "contains a question mark" reach; with 95 % bootstrap intervals over rows.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score
from threadpoolctl import threadpool_limits

from scoring.datasets import Example, read_all
from scoring.fitting import LEVEL_OF_GRADE, SEED, Table, best_cuts, fit_model
from scoring.flags import ceiling, flags_of
from scoring.heads import Floats
from scoring.quality import quality_of
from scoring.shipped import Model
from scoring.train import MODELS, Vectors, doubled

FOLDS = 2
RESAMPLES = 200
BANDS = ((1, 8), (9, 15), (16, 30), (31, 10_000))  # words

Numbers = NDArray[Any]
Measure = Callable[[Numbers, Numbers], float]


@dataclass(frozen=True)
class Figure:
    """One line of the table: a value with its interval, beside what the simplest rule reaches."""

    model: str
    what: str
    measure: str
    rows: int
    value: float
    low: float
    high: float
    baseline: float | None = None


@dataclass(frozen=True)
class Answers:
    """What the held-out fits said of every row of the table."""

    quality: Floats
    level: Floats
    confusion: Floats
    question: Floats


def run(options: argparse.Namespace) -> int:
    """Evaluate the variants, print the table as Markdown and write it as JSON where asked."""
    examples = read_all(options.data)
    with Vectors(options.cache) as cache:
        table = Table(doubled(examples), cache)
    wanted = MODELS[:1] if options.licensed_only else MODELS
    with threadpool_limits(1):  # see train.py
        figures = [figure for name in wanted for figure in figures_of(name, table, len(examples))]
    sys.stdout.write(markdown(figures))
    if options.out:
        options.out.write_text(json.dumps([asdict(f) for f in figures], indent=1) + "\n")
    return 0


def figures_of(name: str, table: Table, rows: int) -> Iterator[Figure]:
    """Every figure of one variant over the first ``rows`` rows (the rest repeat them without passages)."""
    answers = held_out(name, table, rows)
    yield from _quality_figures(name, table, rows, answers)
    yield from _yes_no_figures(name, table, rows, answers)


def held_out(name: str, table: Table, rows: int) -> Answers:
    """Answers for every row from a fit that did not see the row's group."""
    groups = sorted(set(table.groups[:rows].tolist()))
    order = np.random.default_rng(SEED).permutation(len(groups))
    out = Answers(*(np.zeros(rows, np.float32) for _ in range(4)))
    for fold in range(FOLDS):
        left_out = frozenset(groups[i] for i in order[fold::FOLDS])
        here = np.flatnonzero(np.isin(table.groups[:rows], list(left_out)))
        _answer(fit_model(table, name, left_out), table, here, out)
    return out


def _answer(model: Model, table: Table, here: NDArray[np.int64], out: Answers) -> None:
    features, told, said = table.batch.features[here], table.batch.told[here], table.batch.said[here]
    quality = quality_of(model, features, told)[0]
    for place, row in enumerate(here):
        reading = table.batch.readings[row]
        quality[place] = min(quality[place], ceiling(reading, flags_of(reading)))
    out.quality[here] = quality
    out.level[here] = (quality >= 0.5).astype(int) + (quality >= 1.5)
    out.confusion[here] = model.heads["confusion"].probability(model.space, features, said)
    out.question[here] = model.heads["question"].probability(model.space, features, said)


def _quality_figures(name: str, table: Table, rows: int, answers: Answers) -> Iterator[Figure]:
    examples = table.examples[:rows]
    reflections = _rows_of(examples, "reflections")
    grades = np.array([examples[row].grade or 0 for row in reflections])
    levels, lengths = LEVEL_OF_GRADE[grades], _lengths(table, reflections)
    quality, level = answers.quality[reflections], answers.level[reflections]
    by_length = _best_levels(lengths, levels)
    yield _figure((name, "reflections, 0/1/2", "QWK"), levels, level, _qwk, by_length)
    yield _figure((name, "reflections, 0/1/2", "macro-F1"), levels, level, _macro_f1, by_length)
    yield _figure((name, "reflections, four grades", "Spearman"), grades, quality, _spearman, lengths)
    yield _figure(
        (name, "reflections, nothing or something", "kappa"), grades > 0, level > 0, _kappa, by_length > 0
    )
    yield _figure((name, "reflections, nothing or something", "AUC"), grades > 0, quality, _auc, lengths)
    for course in sorted({examples[row].group for row in reflections}):
        mine = np.array([examples[row].group == course for row in reflections])
        yield _figure(
            (name, f"reflections, course {course[:4]}", "QWK"),
            levels[mine],
            level[mine],
            _qwk,
            by_length[mine],
        )
    words = np.array([len(table.batch.readings[row].wording.words) for row in reflections])
    for low, high in BANDS:
        mine = (words >= low) & (words <= high)
        what = f"reflections of {low}–{high} words" if high < 10_000 else f"reflections from {low} words"
        yield _figure((name, what, "Spearman"), grades[mine], quality[mine], _spearman, lengths[mine])
    arguments = _rows_of(examples, "arguments")
    ranks = np.array([-float(examples[row].grade or 0) for row in arguments])
    yield _figure(
        (name, "arguments, graded by rank", "Spearman"),
        -ranks,
        answers.quality[arguments],
        _spearman,
        _lengths(table, arguments),
    )


def _yes_no_figures(name: str, table: Table, rows: int, answers: Answers) -> Iterator[Figure]:
    examples = table.examples[:rows]
    asked = [("forum posts: question", "forum_posts", answers.question, "question"),
             ("video comments (silver): confusion", "video_comments", answers.confusion, "confusion"),
             ("course forums: needs help", "urgency", answers.confusion, "confusion")]  # fmt: skip
    for what, source, found, kind in asked:
        here = _rows_of(examples, source)
        truth = np.array([getattr(examples[row], kind) for row in here])
        marks = np.array([float("?" in examples[row].remark.text) for row in here])
        yield _figure((name, what, "AUC"), truth, found[here], _auc, marks)
        yield _figure((name, what, "kappa at .5"), truth, found[here] >= 0.5, _kappa, marks > 0)
    here = _rows_of(examples, "urgency")
    urgency = np.array([examples[row].extra["urgency"] for row in here])
    yield _figure(
        (name, "course forums: urgency 1–7", "Spearman"),
        urgency,
        answers.confusion[here],
        _spearman,
        _lengths(table, here),
    )


def _rows_of(examples: list[Example], source: str) -> NDArray[np.int64]:
    return np.flatnonzero([example.source == source for example in examples])


def _lengths(table: Table, rows: NDArray[np.int64]) -> Numbers:
    return np.array([float(len(table.batch.readings[row].wording.words)) for row in rows])


def _best_levels(lengths: Numbers, levels: Numbers) -> Numbers:
    """The levels that a word count gives with its best cut points: what any model must beat."""
    ranks = (
        np.argsort(np.argsort(lengths, kind="stable"), kind="stable").astype(np.float32) / len(lengths) * 2
    )
    low, high = best_cuts(ranks.astype(np.float32), levels, np.ones(len(levels), np.float32))
    return (ranks > low).astype(int) + (ranks > high)


def _figure(
    about: tuple[str, str, str], truth: Numbers, found: Numbers, rate: Measure, simple: Numbers
) -> Figure:
    """A figure with its interval; ``about`` is the model, what is judged, and the measure's name."""
    truth, found = np.asarray(truth), np.asarray(found)
    random, size = np.random.default_rng(SEED), len(truth)
    picks = (random.integers(0, size, size) for _ in range(RESAMPLES))
    values = [rate(truth[pick], found[pick]) for pick in picks]
    low, high = np.nanquantile(values, [0.025, 0.975])
    numbers = (rate(truth, found), float(low), float(high), rate(truth, np.asarray(simple)))
    return Figure(*about, size, *(round(number, 3) for number in numbers))


def _qwk(truth: Numbers, found: Numbers) -> float:
    return float(cohen_kappa_score(truth, found, weights="quadratic"))


def _kappa(truth: Numbers, found: Numbers) -> float:
    return float(cohen_kappa_score(truth, found))


def _macro_f1(truth: Numbers, found: Numbers) -> float:
    return float(f1_score(truth, found, average="macro"))


def _spearman(truth: Numbers, found: Numbers) -> float:
    return float(spearmanr(truth, found).statistic)


def _auc(truth: Numbers, found: Numbers) -> float:
    return float(roc_auc_score(truth, found)) if len(set(truth.tolist())) > 1 else float("nan")


def markdown(figures: list[Figure]) -> str:
    """The table as Markdown."""
    head = "| model | what | measure | rows | value | 95 % interval | simple rule |\n" + "| --- " * 7 + "|\n"
    lines = [
        f"| {f.model} | {f.what} | {f.measure} | {f.rows} | {f.value:.3f} "
        f"| {f.low:.3f}–{f.high:.3f} | {f.baseline:.3f} |\n"
        for f in figures
    ]
    return head + "".join(lines)
