"""From confusions to topics: grouped anew, or, while little has changed, each new one to its nearest topic."""

from collections import defaultdict
from collections.abc import Hashable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.confusion import Judged
from scoring.embeddings import DIMENSIONS, Vectors, embed
from scoring.evidence import Id
from scoring.frames import without_frame
from scoring.identity import Before, continued
from scoring.places import Span, merged, overlaps
from scoring.topics import assign, cluster, rows_for, silhouettes

ENOUGH = 12  # confusions; with fewer a list says more than groups of it
SMALLEST_TOPIC = 2
GROWN = 1.25  # how many times the confusions of the last grouping call for another one
GAP = 0.02  # of the axis: questions that we cannot read and that stand this near share a passage


@dataclass
class Group:
    """One topic: its members, their vectors row by row, and where they stand."""

    id: str
    members: list[Judged]
    vectors: Vectors
    spans: list[Span]
    certainty: float = 0.0


@dataclass(frozen=True)
class Grouping:
    """Topics, what belongs to none, how well apart they lie (mean silhouette), and on how many it rests."""

    topics: list[Group]
    left: list[Judged]
    sure: float
    grouped: int


def span_of(judged: Judged) -> Span | None:
    """Where an annotation stands, if it stands anywhere."""
    a = judged.annotation
    return None if a.start is None or a.end is None else (a.start, a.end)


def group(
    confused: list[Judged], length: float, cache: MutableMapping[str, Any] | None, before: Before
) -> Grouping:
    """Group the confusions of an assignment whose axis has this length; see ``report`` for the rest."""
    if len(confused) < ENOUGH and not before.home:
        return Grouping([], confused, 0.0, 0)
    readable = [j for j in confused if not j.foreign]
    topics, left, sure, grouped = _by_meaning(readable, length, cache, before)
    topics, homeless = _with_foreign(topics, [j for j in confused if j.foreign], length)
    return Grouping(topics, [*left, *homeless], sure, grouped)


def _by_meaning(
    readable: list[Judged], length: float, cache: MutableMapping[str, Any] | None, before: Before
) -> tuple[list[Group], list[Judged], float, int]:
    if len(readable) < SMALLEST_TOPIC:
        return [], readable, 0.0, 0
    vectors = embed([without_frame(j.annotation.text) for j in readable], cache)
    rows = rows_for([j.annotation.text for j in readable], [span_of(j) for j in readable], length, cache)
    names, grouped = _names(readable, rows, before)
    apart = silhouettes(rows, names)
    topics, left = _split(readable, vectors, names, apart, before)
    return topics, left, float(apart.mean()), grouped


def _names(readable: list[Judged], rows: Vectors, before: Before) -> tuple[list[str], int]:
    """For each row the id of its topic, "" for none; and how many there were when they were last grouped."""
    ids, home = [j.annotation.id for j in readable], before.home
    known = {member: topic.id for topic in before.topics for member in topic.members} | home
    if before.grouped and before.grouped <= GROWN * len(ids) and len(ids) <= GROWN * before.grouped:
        names, grouped = assign(rows, [known.get(key, "") for key in ids]), before.grouped
    else:
        names, grouped = _grouped_anew(ids, rows, before), len(ids)
    return [
        "" if key in before.apart else home.get(key) or n for key, n in zip(ids, names, strict=True)
    ], grouped


def _grouped_anew(ids: Sequence[Id], rows: Vectors, before: Before) -> list[str]:
    labels = cluster(rows)
    groups: dict[Hashable, list[Id]] = defaultdict(list)
    for key, label in zip(ids, labels, strict=True):
        groups[int(label)].append(key)
    names = continued(groups, before)
    return [names[int(label)] for label in labels]


def _split(
    readable: list[Judged], vectors: Vectors, names: Sequence[str], apart: Vectors, before: Before
) -> tuple[list[Group], list[Judged]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        rows[name].append(row)
    by_hand = set(before.home.values())
    topics: list[Group] = []
    left = [readable[row] for row in rows.pop("", [])]
    for name, own in rows.items():
        members = [readable[row] for row in own]
        if len(own) < SMALLEST_TOPIC and name not in by_hand:
            left += members
        else:
            topics.append(Group(name, members, vectors[own], _spans(members), float(apart[own].mean())))
    return topics, left


def _spans(members: Sequence[Judged], gap: float = 0.0) -> list[Span]:
    return merged([span for j in members if (span := span_of(j))], gap)


def _with_foreign(
    topics: list[Group], foreign: list[Judged], length: float
) -> tuple[list[Group], list[Judged]]:
    """Questions that we cannot read go by their passage: to the topic there, or to one of their own."""
    homeless = []
    for judged in foreign:
        span = span_of(judged)
        home = next((t for t in topics if span and overlaps(span, t.spans)), None)
        if home:
            home.members.append(judged)
            home.vectors = np.vstack([home.vectors, home.vectors.mean(axis=0, keepdims=True)])
        else:
            homeless.append(judged)
    own = [(place, _at(place, homeless)) for place in _spans(homeless, GAP * length)]
    new = [_of_passage(place, members) for place, members in own if len(members) >= SMALLEST_TOPIC]
    housed = {j.annotation.id for topic in new for j in topic.members}
    return [*topics, *new], [j for j in homeless if j.annotation.id not in housed]


def _at(place: Span, judged: Sequence[Judged]) -> list[Judged]:
    return [j for j in judged if (span := span_of(j)) and overlaps(span, [place])]


def _of_passage(place: Span, members: list[Judged]) -> Group:
    name = min(str(j.annotation.id) for j in members)
    return Group(name, members, np.zeros((len(members), DIMENSIONS), np.float32), [place], 1.0)
