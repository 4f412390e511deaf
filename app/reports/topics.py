"""A teacher's changes by hand, laid over the topics that were found.

A topic is known by its members, not by its place in the list, so a new name stays with it from one
refresh to the next: the edit goes to the topic that shares most with the members it was made for.
"""

from collections.abc import Iterable
from typing import Any

from .models import TopicEdit

ALIKE = 0.3  # share of members (Jaccard) from which a topic is still the one that was edited

Topic = dict[str, Any]


def edited(topics: list[Topic], edits: Iterable[TopicEdit]) -> list[Topic]:
    """The topics with renames and merges applied, in the order in which they were made."""
    found = [dict(topic, key=key_of(topic), renamed=False) for topic in topics]
    for edit in edits:
        if edit.kind == "rename":
            _rename(found, edit)
        else:
            found = _merge(found, edit)
    return found


def key_of(topic: Topic) -> str:
    """The oldest member: what a topic is called in addresses, stable while it grows."""
    return str(min(topic["members"], default=""))


def _rename(topics: list[Topic], edit: TopicEdit) -> None:
    best = max(topics, key=lambda t: _shared(t["members"], edit.members), default=None)
    if best is not None and _shared(best["members"], edit.members) >= ALIKE:
        best["label"], best["renamed"] = edit.label, True


def _merge(topics: list[Topic], edit: TopicEdit) -> list[Topic]:
    """Every topic most of whose members were in the merged one becomes part of it."""
    wanted = set(edit.members)
    parts = [t for t in topics if t["members"] and len(wanted & set(t["members"])) * 2 > len(t["members"])]
    if len(parts) < 2:
        return topics
    first = parts[0]
    for other in parts[1:]:
        _absorb(first, other)
    if edit.label:
        first["label"], first["renamed"] = edit.label, True
    return [topic for topic in topics if topic is first or all(topic is not part for part in parts)]


def _absorb(topic: Topic, other: Topic) -> None:
    weight = topic["students"] + other["students"] or 1
    shares = topic["open_share"] * topic["students"] + other["open_share"] * other["students"]
    topic["open_share"] = round(shares / weight, 4)
    for name in ("members", "passages", "representatives"):
        topic[name] = topic[name] + [item for item in other[name] if item not in topic[name]]
    topic["signals"] = {k: v + other["signals"].get(k, 0) for k, v in topic["signals"].items()}
    topic["students"] = 0  # counted anew from the members, since one student may be in both


def _shared(a: list[str], b: list[str]) -> float:
    union = len(set(a) | set(b))
    return len(set(a) & set(b)) / union if union else 0.0
