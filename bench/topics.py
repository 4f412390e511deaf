"""Topics and causes beside plain methods, on lectures whose notes people have sorted by hand.

``python -m bench.topics DATA [--cache FILE]`` prints the table and writes it to where the report's page “How
this was made” finds it; ``bench/run.py topics`` measures it on the folder that ``FOREWORD_LABELLED_SETS`` names.
It holds `topics.jsonl` and `causes.jsonl` (see docs/report.md), which are not ours to ship. Without them nothing is
measured, and nothing is claimed.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score

from bench.figures import Figure
from bench.server import Server
from scoring import causes as ours_causes
from scoring.lexicon import lemma
from scoring.naming import Namer
from scoring.summary import summary_of
from scoring.topics import assign, cluster, rows_for

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "scoring" / "models" / "topic_figures.json"
ARRIVING = (0.01, 0.05, 0.1)
FOUND = 0.5  # overlap (F1) from which a topic of people's counts as found
EVERYBODYS = re.compile(r"other|nothing|statement|no confusion", re.I)  # a rest has no subject to be named by


@dataclass(frozen=True)
class Lecture:
    """The notes on one lecture and the topic that people gave each."""

    texts: list[str]
    topics: list[int]
    names: list[str]


@dataclass(frozen=True)
class Method:
    """A way to group and to name: texts and a number (or None) to labels; members and all to a name."""

    name: str
    group: Callable[[list[str], int | None], Sequence[int]]
    call: Callable[[list[str], list[str]], str]


def lectures(folder: Path) -> list[Lecture]:
    """The labelled lectures of a folder."""
    rows = [json.loads(line) for line in (folder / "topics.jsonl").read_text("utf-8").splitlines()]
    return [
        Lecture([i["text"] for i in r["items"]], [i["topic"] for i in r["items"]], r["topics"]) for r in rows
    ]


def ours(cache: dict[str, Any]) -> Method:
    """The report's own way."""

    def rows(texts: list[str]) -> np.ndarray:
        return rows_for(texts, [None] * len(texts), 0.0, cache)

    def call(members: list[str], every: list[str]) -> str:
        best = max(members, key=lambda text: min(len(text), 160))
        return f"{Namer.of(every).name(members)} {summary_of(best, '')['text']}"

    return Method("Foreword", lambda texts, number: [int(n) for n in cluster(rows(texts), number)], call)


def plain(name: str, group: Callable[[Any, int], Sequence[int]], usual: int = 5) -> Method:
    """A baseline on word n-grams; without a number it takes the usual one, as ours leans to."""

    def grouped(texts: list[str], number: int | None) -> Sequence[int]:
        return group(_ngrams().fit_transform(texts), min(number or usual, len(texts)))

    def call(members: list[str], every: list[str]) -> str:
        del every
        words = _ngrams()
        weights = np.asarray(words.fit_transform(members).sum(axis=0)).ravel()
        return " ".join(words.get_feature_names_out()[np.argsort(-weights)[:3]])

    return Method(name, grouped, call)


def _ngrams() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), stop_words="english", token_pattern=r"(?u)\b\w+\b")


def _nmf(rows: Any, number: int) -> Sequence[int]:
    return list(NMF(number, init="nndsvda", random_state=0, max_iter=300).fit_transform(rows).argmax(axis=1))


def _kmeans(rows: Any, number: int) -> Sequence[int]:
    return list(KMeans(number, n_init=5, random_state=0).fit_predict(rows))


def measure_topics(method: Method, found: list[Lecture]) -> dict[str, float]:
    """Every figure of one method over the lectures, each lecture counting the same."""
    figures: dict[str, list[float]] = {}
    for lecture in found:
        given = method.group(lecture.texts, len(lecture.names))
        free = method.group(lecture.texts, None)
        figures.setdefault("ari_given", []).append(adjusted_rand_score(lecture.topics, given))
        figures.setdefault("ari_free", []).append(adjusted_rand_score(lecture.topics, free))
        figures.setdefault("top5", []).append(_recall(lecture, free))
        figures.setdefault("label", []).extend(_named(method, lecture, free))
    return {name: mean(values) for name, values in figures.items()}


def _recall(lecture: Lecture, labels: Sequence[int]) -> float:
    """Share of the notes whose topic, as people saw it, is among the five largest groups."""
    first = [label for label, _ in Counter(labels).most_common(5)]
    counts = Counter(lecture.topics)
    return sum(n for topic, n in counts.items() if _overlap(lecture, labels, topic, first)[0] >= FOUND) / len(
        labels
    )


def _overlap(lecture: Lecture, labels: Sequence[int], topic: int, among: Sequence[int]) -> tuple[float, int]:
    """The best F1 between a topic of people's and one of these groups, and which group that is."""
    own = {n for n, t in enumerate(lecture.topics) if t == topic}
    groups = {label: {n for n, given in enumerate(labels) if given == label} for label in among}
    return max((2 * len(own & g) / (len(own) + len(g)), label) for label, g in groups.items())


def _named(method: Method, lecture: Lecture, labels: Sequence[int]) -> Iterator[float]:
    for topic, number in Counter(lecture.topics).items():
        if number < 2 or EVERYBODYS.search(lecture.names[topic]):
            continue
        _, label = _overlap(lecture, labels, topic, sorted(set(labels)))
        members = [text for text, given in zip(lecture.texts, labels, strict=True) if given == label]
        words = {lemma(word) for word in re.findall(r"\w+", method.call(members, lecture.texts).lower())}
        yield float(any(lemma(head) in words for head in _heads(lecture.names[topic])))


def _heads(name: str) -> list[str]:
    """The last word of each way in which people wrote a topic's name."""
    return [words[-1] for part in name.lower().split("/") if (words := re.findall(r"\w+", part))]


def stability(
    method: Method, found: list[Lecture], share: float, *, keeps: bool, cache: dict[str, Any]
) -> float:
    """Adjusted Rand between the groups before and after this share of the notes arrives, on the older notes."""
    values = []
    for lecture in (one for one in found if len(one.texts) >= 20):
        new = max(1, round(share * len(lecture.texts)))
        old = lecture.texts[:-new]
        before = list(method.group(old, None))
        if keeps:
            rows = rows_for(lecture.texts, [None] * len(lecture.texts), 0.0, cache)
            after: Sequence[Any] = assign(rows, [*map(str, before), *[""] * new])
        else:
            after = method.group(lecture.texts, None)
        values.append(adjusted_rand_score(before, after[: len(old)]))
    return mean(values)


def measure_causes(folder: Path, rank: Callable[[list[str], list[str]], list[list[int]]]) -> dict[str, float]:
    """How often a sentence that caused a question is the first, or among the first three."""
    first, three = [], []
    for line in (folder / "causes.jsonl").read_text("utf-8").splitlines():
        lecture = json.loads(line)
        asked = lecture["questions"]
        for question, order in zip(
            asked, rank([q["text"] for q in asked], lecture["sentences"]), strict=True
        ):
            right = set(question["caused_by"])
            first.append(float(bool(right & set(order[:1]))))
            three.append(float(bool(right & set(order[:3]))))
    return {"cause1": mean(first), "cause3": mean(three)}


def by_ngrams(questions: list[str], sentences: list[str]) -> list[list[int]]:
    """The baseline for causes: likeness of word n-grams."""
    words = _ngrams().fit(sentences)
    scores = (words.transform(questions) @ words.transform(sentences).T).toarray()
    return [list(row) for row in np.argsort(-scores, axis=1, kind="stable")[:, :10]]


REACH = {"ari_given": 0.55, "ari_free": 0.52, "label": 0.58, "stable_10": 0.9, "cause3": 0.42}
NAMES = {
    "ari_given": "Adjusted Rand, number of topics given",
    "ari_free": "Adjusted Rand, number of topics not given",
    "top5": "Notes whose topic is among the first five",
    "label": "Topics whose head word is in name or summary",
    "stable_1": "Grouping kept when 1 % arrive",
    "stable_5": "Grouping kept when 5 % arrive",
    "stable_10": "Grouping kept when 10 % arrive",
    "anew_10": "The same, were all grouped anew",
    "cause1": "Cause of a question found first",
    "cause3": "Cause of a question among the first three",
}


def measured(folder: Path, cache: dict[str, Any]) -> dict[str, Any]:
    """The whole table as the page shows it."""
    found = lectures(folder)
    methods = [ours(cache), plain("n-gram NMF", _nmf), plain("n-gram k-means", _kmeans)]
    figures: list[dict[str, float]] = []
    for number, method in enumerate(methods):
        own = measure_topics(method, found)
        for share in ARRIVING:
            own[f"stable_{share:.0%}"[:-1]] = stability(method, found, share, keeps=number == 0, cache=cache)
        own["anew_10"] = stability(method, found, ARRIVING[-1], keeps=False, cache=cache)
        figures.append(own)
    figures[0] |= measure_causes(folder, lambda q, s: ours_causes.causes(q, s, cache))
    figures[1] |= measure_causes(folder, by_ngrams)
    rows = [{"key": key, "figures": [f.get(key) for f in figures]} for key in NAMES]
    date = f"{datetime.now(UTC):%Y-%m-%d}"
    return {"lectures": len(found), "date": date, "methods": [m.name for m in methods], "rows": rows}


def measure(_server: Server) -> Iterator[Figure]:
    """Our column of the table, where the labelled sets are at hand; the reaches are those of docs/report.md."""
    folder = Path(os.environ.get("FOREWORD_LABELLED_SETS", "/nonexistent"))
    if not (folder / "topics.jsonl").is_file():
        sys.stdout.write(
            "topics: FOREWORD_LABELLED_SETS names no folder with topics.jsonl; nothing is measured\n"
        )
        return
    table = measured(folder, {})
    FIGURES.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    for row in table["rows"]:
        ours_first, *others = row["figures"]
        yield Figure(f"topics: {NAMES[row['key']]}", ours_first, "", least=REACH.get(row["key"]))
        for name, value in zip(table["methods"][1:], others, strict=True):
            if value is not None:
                yield Figure(f"topics, {name}: {NAMES[row['key']]}", value, "")


def main() -> None:
    """Measure, print, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--cache", type=Path, nargs="*", default=[], help="npz files with vectors made before"
    )
    options = parser.parse_args()
    cache: dict[str, Any] = {}
    for path in options.cache:
        with np.load(path) as arrays:
            cache |= dict(zip(arrays["keys"].tolist(), arrays["v"], strict=True))
    found = measured(options.data, cache)
    FIGURES.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    sys.stdout.write(" " * 50 + "".join(f"{name:>16}" for name in found["methods"]) + "\n")
    for row in found["rows"]:
        cells = ["–" if f is None else f"{f:.3f}" for f in row["figures"]]
        sys.stdout.write(f"{NAMES[row['key']]:50}" + "".join(f"{cell:>16}" for cell in cells) + "\n")


if __name__ == "__main__":
    main()
