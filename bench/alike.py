"""How well topics about the same are found again in other lectures of a course; it chose `scoring.likeness.ALIKE`.

``python -m bench.alike DATA`` takes a folder with `topics.jsonl` (see docs/report.md). Two topics of different
lectures of a course count as the same when at least half of the content words of their names, as people gave them,
are shared, and as different when none is; people name loosely, so both figures are rough.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from scoring.embeddings import Vectors, embed
from scoring.frames import without_frame
from scoring.lexicon import content_of, words_in
from scoring.likeness import ALIKE, likenesses, middle_of

FEWEST = 3  # notes that a topic must have
TRIED = (0.4, 0.5, ALIKE, 0.7)
SAME = 0.5  # share of the names' words
SAYS_NOTHING = words_in("classroom") | {"relate", "related"}


@dataclass(frozen=True)
class Topic:
    """One topic as people made it: the words of its name, and its middle."""

    course: str
    lecture: str
    words: frozenset[str]
    middle: str


def topics(rows: Sequence[dict[str, Any]]) -> Iterator[Topic]:
    """The topics of the lectures that have notes enough."""
    texts = [[without_frame(item["text"]) for item in row["items"]] for row in rows]
    vectors = iter(embed([text for own in texts for text in own], {}))
    for row in rows:
        own: Vectors = np.stack([next(vectors) for _ in row["items"]])
        for number, name in enumerate(row["topics"]):
            members = [place for place, item in enumerate(row["items"]) if item["topic"] == number]
            words = content_of(name) - SAYS_NOTHING
            if len(members) >= FEWEST and words:
                yield Topic(row["course"], row["lecture"], words, middle_of(own[members]))


def pairs(found: Sequence[Topic]) -> tuple[list[float], list[float]]:
    """The likenesses of pairs that are the same, and of those that are different."""
    same, different = [], []
    for one, other in combinations(found, 2):
        if one.course != other.course or one.lecture == other.lecture:
            continue
        shared = len(one.words & other.words) / len(one.words | other.words)
        if shared >= SAME or not shared:
            (same if shared else different).extend(likenesses(one.middle, [other.middle]))
    return same, different


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    lines = (parser.parse_args().data / "topics.jsonl").read_text("utf-8").splitlines()
    same, different = map(np.array, pairs(list(topics([json.loads(line) for line in lines]))))
    sys.stdout.write(f"{len(same)} pairs of the same, {len(different)} of different topics\n")
    for least in TRIED:
        found, wrong = (same >= least).mean(), (different >= least).mean()
        sys.stdout.write(f"from {least}: {found:.1%} of the same, {wrong:.2%} of the different\n")


if __name__ == "__main__":
    main()
