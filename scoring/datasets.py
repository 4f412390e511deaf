"""The labelled sets that models are fitted and judged on, read into one shape.

Only fitting and evaluation come here. The sets live outside the repository (``--data DIR``); what we wrote
ourselves lies in ``corpus/``.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoring.compose import composed
from scoring.remark import Remark

CORPUS = Path(__file__).parent / "corpus"

# Licence of the texts; the default model is fitted on the first group only.
FREELY_LICENSED = {
    "urgency",
    "video_comments",
    "emotions",
    "arguments",
    "written",
    "notes",
    "composed",
    "contrasts",
}
NO_LICENCE_STATED = {"reflections", "forum_posts"}


@dataclass(frozen=True)
class Example:
    """A labelled remark; ``grade`` 0 to 3 (nothing, vague, general, specific), None where a set is silent."""

    source: str
    group: str  # never shared between fitting and testing
    remark: Remark
    grade: int | None = None
    confusion: int | None = None
    question: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def read_all(data: Path, wanted: Collection[str] = FREELY_LICENSED | NO_LICENCE_STATED) -> list[Example]:
    """Every example of the wanted sets, in a fixed order; a set that is not wanted need not be in the folder."""
    sets = {
        "reflections": _reflections,
        "forum_posts": _forum_posts,
        "urgency": _urgency,
        "video_comments": _video_comments,
        "emotions": _emotions,
        "arguments": _arguments,
    }
    found = [example for name, read in sets.items() if name in wanted for example in read(data)]
    return found + [example for example in written() if example.source in wanted]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _reflections(data: Path) -> Iterator[Example]:
    for row in _rows(data / "reflections.jsonl"):
        lost = int(row["prompt"] == "confusing" and row["level"] > 1)
        yield Example(
            "reflections", row["course"], Remark(row["id"], row["text"]), row["level"] - 1, confusion=lost
        )


def _forum_posts(data: Path) -> Iterator[Example]:
    for row in _rows(data / "forum_posts.jsonl"):
        yield Example("forum_posts", row["thread"], Remark(row["id"], row["text"]), question=row["question"])


def _urgency(data: Path) -> Iterator[Example]:
    for row in _rows(data / "urgency.jsonl"):
        remark = Remark(row["id"], row["text"])
        yield Example(
            "urgency", row["course"], remark, confusion=row["needs_help"], extra={"urgency": row["urgency"]}
        )


def _video_comments(data: Path) -> Iterator[Example]:
    grades = json.loads((CORPUS / "video_comment_grades.json").read_text())
    for row in _rows(data / "video_comments_silver.jsonl"):
        remark = Remark(row["id"], row["text"])
        yield Example(
            "video_comments", row["video"], remark, grades.get(row["id"]), confusion=row["confusion"]
        )


def _emotions(data: Path) -> Iterator[Example]:
    for number, row in enumerate(_rows(data / "emotions.jsonl")):
        if number % 12 == 0:  # a twelfth is enough beside the sets that come from learning
            asks = int(row["confusion"] or row["curiosity"])
            remark = Remark(row["id"], row["text"])
            yield Example(
                "emotions", f"emotions{number % 30}", remark, confusion=row["confusion"], question=asks
            )


def _arguments(data: Path) -> Iterator[Example]:
    """Ranked within an issue: the upper third argues well, the lowest sixth hardly at all."""
    rows = list(_rows(data / "arguments.jsonl"))
    by_issue: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_issue.setdefault(row["issue"], []).append(row)
    for issue, members in by_issue.items():
        for place, row in enumerate(sorted(members, key=lambda row: float(row["rank"]))):
            share = place / len(members)
            grade = 3 if share < 0.34 else 2 if share < 0.84 else 1
            yield Example("arguments", issue, Remark(row["id"], row["text"]), grade)


def written() -> Iterator[Example]:
    """The comments that were written for this project: on passages, and notes after a lecture."""
    yield from _written("written", CORPUS / "annotations.txt")
    yield from _written("notes", CORPUS / "notes.txt")
    for number, each in enumerate(composed()):
        remark = Remark(f"c{number}", each.text, quote=each.passage)
        lost = None if each.grade == 1 and not each.asks else each.lost
        yield Example("composed", f"composed: {each.subject}", remark, each.grade, lost, each.asks)
    yield from _written("contrasts", CORPUS / "contrasts.txt")


def _written(source: str, path: Path) -> Iterator[Example]:
    """A bare name ("Osmosis") stands in notes of both kinds, so it says nothing of confusion there."""
    subject, quote = "", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("= "):
            subject, _, quote = (part.strip() for part in line[2:].partition("|"))
        elif line:
            grade, lost, asks = (int(digit) for digit in line[:3])
            doubtful = source == "notes" and grade == 1
            remark = Remark(f"{source[0]}{number}", line[4:], quote=quote)
            yield Example(source, f"{source}: {subject}", remark, grade, None if doubtful else lost, asks)
