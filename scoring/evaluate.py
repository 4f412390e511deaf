"""Figures on groups that a fit never saw: ``python -m scoring evaluate --data DIR``.

Every course, thread, video or issue is held out once (five folds of whole groups). Printed beside what a word count and
the rule "contains a question mark" reach; with 95 % bootstrap intervals over rows.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from scoring.asking import asking
from scoring.calibration import Candidate, Rated, adapt, best_method, choose
from scoring.datasets import read_all
from scoring.fitting import LEVEL_OF_GRADE, fit_model
from scoring.flags import ceiling, flags_of
from scoring.heads import Floats
from scoring.measures import Figure, Numbers, best_places, figure, markdown, qwk
from scoring.quality import quality_of, traits_of
from scoring.reading import Reading
from scoring.shipped import ASKING_HEADS, NOTE_HEADS, Model
from scoring.table import Rows, Table, doubled
from scoring.train import MODELS

FOLDS = 5
BANDS = ((1, 8), (9, 15), (16, 30), (31, 10_000))  # words
HELD_OUT = ("reflections", "forum_posts", "urgency", "video_comments", "arguments")
DRAWS = 20  # of thirty comments that a teacher rates
RATINGS = 30
TEACHERS = {  # what nothing, vague, general and specific are to each
    "teacher": (0, 1, 1, 2),
    "strict teacher": (0, 0, 1, 2),
    "lenient teacher": (0, 1, 2, 2),
}
JUDGED = (*NOTE_HEADS, *ASKING_HEADS)  # no labelled set has passages
TABLE_BEGINS, TABLE_ENDS = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True)
class Answers:
    """What the held-out fits said of every row of the table."""

    quality: Floats
    level: Floats
    confusion: Floats
    question: Floats
    certainty: Floats


def run(options: argparse.Namespace) -> int:
    """Evaluate the variants, print the table as Markdown and write it as JSON where asked."""
    examples = read_all(options.data)
    table = Table(doubled(examples), options.cache)
    wanted = (options.model,) if options.model else MODELS[:1] if options.licensed_only else MODELS
    with threadpool_limits(1):  # see train.py
        figures = [each for name in wanted for each in figures_of(name, table)]
    sys.stdout.write(markdown(figures))
    if options.out:
        figures = merged(figures, options.out)
        options.out.write_text(json.dumps([asdict(f) for f in figures], indent=1) + "\n")
    if options.card:
        options.card.write_text(with_table(options.card.read_text("utf-8"), figures), "utf-8")
    return 0


def merged(figures: list[Figure], file: Path) -> list[Figure]:
    """These figures beside those of other variants that the file has already."""
    kept = [Figure(**row) for row in json.loads(file.read_text("utf-8"))] if file.exists() else []
    new = {each.model for each in figures}
    both = [*figures, *(each for each in kept if each.model not in new)]
    return sorted(both, key=lambda each: MODELS.index(each.model))


def with_table(card: str, figures: list[Figure]) -> str:
    """The model card with its table put in anew."""
    before, rest = card.split(TABLE_BEGINS)
    return f"{before}{TABLE_BEGINS}\n{markdown(figures)}{TABLE_ENDS}{rest.split(TABLE_ENDS)[1]}"


def figures_of(name: str, table: Table) -> Iterator[Figure]:
    """Every figure of one variant."""
    answers = held_out(name, table)
    yield from _reflections(name, table, answers)
    yield from _arguments(name, table, answers)
    yield from _yes_no(name, table, answers)
    yield from _urgency(name, table, answers)
    yield from _calibrated(name, table, answers)


def held_out(name: str, table: Table) -> Answers:
    """Answers for every row from a fit that did not see the row's group."""
    out = Answers(*(np.zeros(len(table.examples), np.float32) for _ in range(5)))
    for left_out in _folds(table):
        here = np.flatnonzero(np.isin(table.groups, list(left_out)))
        _answer(fit_model(table, name, left_out, JUDGED), table, here, out)
    return out


def _folds(table: Table) -> list[frozenset[str]]:
    """Groups of every set dealt out in turn, the largest first."""
    folds: list[set[str]] = [set() for _ in range(FOLDS)]
    for source in HELD_OUT:
        sizes = Counter(table.groups[table.sources == source].tolist())
        for turn, (group, _) in enumerate(sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))):
            folds[turn % FOLDS].add(group)
    return [frozenset(fold) for fold in folds]


def _answer(model: Model, table: Table, here: Rows, out: Answers) -> None:
    quality, steps = quality_of(model, table.features[here], table.told[here])
    out.certainty[here] = np.max([1 - steps[0], steps[0] - steps[2], steps[2]], axis=0)
    for place, row in enumerate(here):
        if table.sources[row] == "reflections":
            reading = Reading(table.examples[row].remark)
            quality[place] = min(quality[place], ceiling(reading, flags_of(reading)))
    out.quality[here] = quality
    out.level[here] = (quality >= 0.5).astype(int) + (quality >= 1.5)
    out.confusion[here], out.question[here] = asking(model, table.features[here], table.said[here])


def _reflections(name: str, table: Table, answers: Answers) -> Iterator[Figure]:
    rows = np.flatnonzero(table.sources == "reflections")
    grades = np.array([table.examples[row].grade for row in rows])
    levels, words, courses = LEVEL_OF_GRADE[grades], table.words[rows], table.groups[rows]
    quality, level = answers.quality[rows], answers.level[rows].astype(int)
    four, four_by_length = (
        _cut_elsewhere(quality, grades, courses, 4),
        _cut_elsewhere(words, grades, courses, 4),
    )
    by_length = _cut_elsewhere(words, levels, courses, 3)
    for measure in ("QWK", "macro-F1"):
        yield figure((name, "reflections, four grades", measure), grades, four, four_by_length)
    yield figure((name, "reflections, four grades", "Spearman"), grades, quality, words)
    for measure in ("QWK", "macro-F1"):
        yield figure((name, "reflections, 0/1/2", measure), levels, level, by_length)
    yield figure((name, "reflections, nothing or something", "kappa"), grades > 0, level > 0, by_length > 0)
    yield figure((name, "reflections, nothing or something", "AUC"), grades > 0, quality, words)
    for course in sorted(set(courses.tolist())):
        mine = courses == course
        what = f"course {course[:4]}, four grades"
        yield figure((name, what, "QWK"), grades[mine], four[mine], four_by_length[mine])
    for low, high in BANDS:
        mine = (words >= low) & (words <= high)
        what = f"reflections of {low}–{high} words" if high < 10_000 else f"reflections from {low} words"
        yield figure((name, what, "Spearman"), grades[mine], quality[mine], words[mine])


def _cut_elsewhere(scores: Numbers, grades: Numbers, courses: Numbers, levels: int) -> Numbers:
    """Scores as grades, with the cut points that are best on the other courses."""
    found = np.zeros(len(scores), int)
    for course in set(courses.tolist()):
        mine = courses == course
        found[mine] = np.digitize(scores[mine], best_places(scores[~mine], grades[~mine], levels))
    return found


def _arguments(name: str, table: Table, answers: Answers) -> Iterator[Figure]:
    rows = np.flatnonzero(table.sources == "arguments")
    ranks = np.array([float(table.examples[row].grade or 0) for row in rows])
    yield figure((name, "arguments, by rank", "Spearman"), ranks, answers.quality[rows], table.words[rows])


def _yes_no(name: str, table: Table, answers: Answers) -> Iterator[Figure]:
    asked = [("forum posts: question", "forum_posts", answers.question, "question"),
             ("video comments (silver): confusion", "video_comments", answers.confusion, "confusion"),
             ("course forums: needs help", "urgency", answers.confusion, "confusion")]  # fmt: skip
    for what, source, found, kind in asked:
        here = np.flatnonzero(table.sources == source)
        truth = np.array([getattr(table.examples[row], kind) for row in here])
        marks = np.array([float("?" in table.examples[row].remark.text) for row in here])
        yield figure((name, what, "AUC"), truth, found[here], marks)
        yield figure((name, what, "kappa"), truth, found[here] >= 0.5, marks > 0)


def _urgency(name: str, table: Table, answers: Answers) -> Iterator[Figure]:
    rows = np.flatnonzero(table.sources == "urgency")
    urgency = np.array([float(table.examples[row].extra["urgency"]) for row in rows])
    lost, courses = answers.confusion[rows], table.groups[rows]
    guess, mean = np.zeros(len(rows)), np.zeros(len(rows))
    for course in set(courses.tolist()):
        mine = courses == course
        odds = np.log(np.clip(lost, 1e-4, 1 - 1e-4) / (1 - np.clip(lost, 1e-4, 1 - 1e-4)))
        line = np.polyfit(odds[~mine], urgency[~mine], 2)
        guess[mine], mean[mine] = np.clip(np.polyval(line, odds[mine]), 1, 7), urgency[~mine].mean()
    yield figure((name, "course forums: urgency 1–7", "Spearman"), urgency, lost, table.words[rows])
    yield figure((name, "course forums: urgency 1–7", "RMSE"), urgency, guess, mean)


def _calibrated(name: str, table: Table, answers: Answers) -> Iterator[Figure]:
    """Each course of reflections as a teacher: agreement before (as the simple rule) and after thirty ratings.

    The interval is over draws of the thirty. ``TEACHERS`` are the same people's four grades, drawn together to
    three levels as three teachers would.
    """
    rows = np.flatnonzero(table.sources == "reflections")
    for teacher, levels in TEACHERS.items():
        for course in sorted(set(table.groups[rows].tolist())):
            mine = rows[table.groups[rows] == course]
            rated = [_rated(table, answers, row, levels) for row in mine]
            pairs = [_draw(rated, answers.certainty[mine], seed) for seed in range(DRAWS)]
            before, after = (np.array(values) for values in zip(*pairs, strict=True))
            low, high = np.quantile(after, [0.025, 0.975])
            numbers = (after.mean(), low, high, before.mean())
            what = f"course {course[:4]} as {teacher}, after {RATINGS} ratings"
            yield Figure(name, what, "QWK", len(rated) // 2, *(round(float(number), 3) for number in numbers))


def _rated(table: Table, answers: Answers, row: int, levels: Sequence[int]) -> Rated:
    traits = traits_of(table.features[row], float(answers.question[row]), float(answers.confusion[row]))
    return Rated(float(answers.quality[row]), levels[table.examples[row].grade or 0], traits)


def _draw(rated: list[Rated], certainty: Floats, seed: int) -> tuple[float, float]:
    """QWK on one half of a course before and after adapting to thirty comments chosen from the other."""
    order = np.random.default_rng(seed).permutation(len(rated))
    half, rest = order[::2], [rated[i] for i in order[1::2]]
    candidates = [Candidate(rated[i].quality, float(certainty[i]), rated[i].traits) for i in half]
    seen = [rated[half[place]] for place in choose(candidates, RATINGS)]
    adaptation = adapt(seen, best_method(seen))
    truth = np.array([r.level for r in rest])
    before = [int(r.quality >= 0.5) + int(r.quality >= 1.5) for r in rest]
    after = [adaptation.apply(r.quality, r.traits)[1] for r in rest]
    return qwk(truth, np.array(before)), qwk(truth, np.array(after))
