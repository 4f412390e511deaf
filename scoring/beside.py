"""What staff and observers ask, beside the topics of the class: each remark with the topic it is nearest to.

Topics are what students do not understand, so such remarks never make, move or name one.
"""

from collections import defaultdict
from collections.abc import MutableMapping, Sequence
from typing import Any

from scoring.confusion import Judged
from scoring.gathering import Group, span_of
from scoring.places import overlaps
from scoring.topics import assign, rows_for

NONE = ""


def is_asked_by_staff(judged: Judged) -> bool:
    """Whether staff or an observer say that they are lost; what they reply to somebody answers, however it sounds."""
    return judged.annotation.by_staff and judged.annotation.parent is None and judged.is_lost


def beside(
    topics: Sequence[Group], remarks: Sequence[Judged], length: float, cache: MutableMapping[str, Any] | None
) -> dict[str, list[Judged]]:
    """The remarks by the id of their topic, or under ``NONE``; found as a new remark of a student's would be."""
    found: dict[str, list[Judged]] = defaultdict(list)
    read = [j for j in remarks if not j.foreign]
    for name, judged in zip(_nearest(topics, read, length, cache), read, strict=True):
        found[name].append(judged)
    for judged in remarks:
        if judged.foreign:
            span = span_of(judged)
            home = next((topic.id for topic in topics if span and overlaps(span, topic.spans)), NONE)
            found[home].append(judged)
    return found


def _nearest(
    topics: Sequence[Group], remarks: Sequence[Judged], length: float, cache: MutableMapping[str, Any] | None
) -> list[str]:
    housed = [(topic.id, j) for topic in topics for j in topic.members if not j.foreign]
    if not housed or not remarks:
        return [NONE] * len(remarks)
    everything = [*(j for _, j in housed), *remarks]
    texts, places = [j.annotation.text for j in everything], [span_of(j) for j in everything]
    rows = rows_for(texts, places, length, cache)
    return assign(rows, [*(name for name, _ in housed), *[NONE] * len(remarks)])[len(housed) :]
